//! Parts of a story: chapters stand in one, always.

use domain::{Bound, Change, Changed, Heading, Listing, PartDraft, PartId, Rev, StoryId, StoryPath, Trashed, UserId};

use crate::{
    Result, Store, Writing, access, clock, order, room,
    row::{self, Columns},
    trash,
};

impl Store {
    /// Adds an empty part at a story's end. Readers are not told of it before they have a chapter in it.
    pub async fn add_part(&self, author: UserId, story: StoryId, title: Heading) -> Result<Changed<PartId>> {
        let mut tx = self.begin().await?;
        let (above, _) = access::story(&mut tx, author, story).await?;
        room::for_one(&mut tx, Bound::StoryParts, story).await?;
        let place = order::next(&mut tx, order::PARTS, &story.to_string()).await?;
        let part = insert(&mut tx, above, place, &title).await?;
        tx.commit(Change::PartAdded(above.part(part), Listing::Draft), part).await
    }

    /// Saves a part's title and synopsis. Refused if they were saved since the draft's base.
    pub async fn save_part(&self, author: UserId, part: PartId, draft: PartDraft) -> Result<Changed<Rev>> {
        let mut tx = self.begin().await?;
        let (at, listing) = access::part(&mut tx, author, part).await?;
        let rev: Option<i64> = sqlx::query_scalar(
            "update parts set title = $1, synopsis = $2, rev = rev + 1 where id = $3 and rev = $4 returning rev",
        )
        .bind(draft.title.as_str())
        .bind(draft.synopsis.as_str())
        .bind(part.to_string())
        .bind(draft.base.0)
        .fetch_optional(&mut *tx)
        .await?;
        let rev = row::saved(&mut tx, rev, "select rev from parts where id = $1", part.to_string()).await?;
        tx.commit(Change::PartSaved(at, listing), rev).await
    }

    /// Puts a part at a place (from 0) in its story.
    pub async fn move_part(&self, author: UserId, part: PartId, place: u32) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let (at, listing) = access::part(&mut tx, author, part).await?;
        order::place(&mut tx, order::PARTS, &at.story.to_string(), &part.to_string(), place).await?;
        tx.commit(Change::PartMoved(at, listing), ()).await
    }

    /// Moves a part with all that is in it into the trash.
    pub async fn delete_part(&self, author: UserId, part: PartId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let (at, listing) = access::part(&mut tx, author, part).await?;
        let branch = trash::branch_of_part(&mut tx, part).await?;
        trash::throw_away(&mut tx, at.above(), Trashed::Part(part)).await?;
        tx.commit(Change::PartDeleted(at, listing, branch), ()).await
    }
}

/// The story's last part with its title, if it has any.
pub(crate) async fn last(db: &mut Writing, story: StoryId) -> Result<Option<(PartId, Heading)>> {
    let row = sqlx::query("select id, title from parts where story_id = $1 order by position desc, id desc limit 1")
        .bind(story.to_string())
        .fetch_optional(db)
        .await?;
    row.map(|row| Ok((row.parsed("id")?, row.read("title")?))).transpose()
}

/// Writes a new part's row.
pub(crate) async fn insert(db: &mut Writing, above: StoryPath, place: i64, title: &Heading) -> Result<PartId> {
    let part = PartId::from_bits(clock::new_bits());
    sqlx::query("insert into parts (id, story_id, position, title, synopsis, rev) values ($1, $2, $3, $4, '', 1)")
        .bind(part.to_string())
        .bind(above.story.to_string())
        .bind(place)
        .bind(title.as_str())
        .execute(db)
        .await?;
    Ok(part)
}
