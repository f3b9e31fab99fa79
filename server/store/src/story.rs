//! Stories: novels and comics.

use domain::{
    Begun, Body, Bound, Change, Changed, ChapterId, Heading, Listing, NewStory, NotPublished, Reportable, Rev,
    StoryDraft, StoryFacts, StoryId, StoryPath, Trashed, UserId,
};

use crate::{
    Error, Result, Store, Writing, access, chapter, clock, part, publication, room,
    row::{self, Columns},
    scene, search, trash,
};

impl Store {
    /// Begins a story, with an empty scene in an untitled chapter, so that its author can write at once.
    pub async fn create_story(&self, author: UserId, new: NewStory) -> Result<Changed<Begun>> {
        let mut tx = self.begin().await?;
        access::writer(&mut tx, author).await?;
        room::for_one(&mut tx, Bound::AuthorStories, author).await?;
        let at = insert(&mut tx, author, &new, Listing::Draft).await?;
        let part = part::insert(&mut tx, at, 0, &Heading::default()).await?;
        let chapter = chapter::insert(&mut tx, at.part(part), 0, &Heading::default()).await?;
        let page = at.part(part).chapter(chapter);
        let scene = scene::insert(&mut tx, page, 0, &Heading::default(), &Body::default()).await?;
        tx.commit(Change::StoryCreated(at, Listing::Draft), Begun { story: at.story, scene }).await
    }

    /// Saves what stands on its title page. Refused if they were saved since the draft's base.
    pub async fn save_story(&self, author: UserId, story: StoryId, draft: StoryDraft) -> Result<Changed<Rev>> {
        let mut tx = self.begin().await?;
        let (at, before) = access::story(&mut tx, author, story).await?;
        let rev: Option<i64> = sqlx::query_scalar(
            "update stories set title = $1, blurb = $2, format = $3, genre = $4, rev = rev + 1
             where id = $5 and rev = $6 returning rev",
        )
        .bind(draft.title.as_str())
        .bind(draft.blurb.as_str())
        .bind(draft.format.slug())
        .bind(draft.genre.slug())
        .bind(story.to_string())
        .bind(draft.base.0)
        .fetch_optional(&mut *tx)
        .await?;
        let rev = row::saved(&mut tx, rev, "select rev from stories where id = $1", story.to_string()).await?;
        if let Some(facts) = draft.facts {
            save_facts(&mut tx, story, &facts).await?;
        }
        search::index_story(&mut tx, story).await?;
        let after = Listing::of(before.is_public(), draft.format, draft.genre);
        tx.commit(Change::StorySaved(at, before, after), rev).await
    }

    /// Lets everybody read a story: its published chapters, and these. One that is out, or was, stays where it stands
    /// in its catalogue.
    pub async fn publish_story(&self, author: UserId, story: StoryId, chapters: &[ChapterId]) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let (at, before) = access::story(&mut tx, author, story).await?;
        publication::not_hidden(&mut tx, Reportable::Story(story)).await?;
        let now = clock::tick();
        for &chapter in chapters {
            publication::begin(&mut tx, story, chapter, now).await?;
        }
        if !before.is_public() && !publication::is_any(&mut tx, story).await? {
            return Err(Error::NotPublished(NotPublished::NoChapter));
        }
        let out = sqlx::query(
            "update stories set published_at = coalesce(first_published_at, $1),
                    first_published_at = coalesce(first_published_at, $1)
             where id = $2 returning format, genre, published_at",
        )
        .bind(now.0)
        .bind(story.to_string())
        .fetch_one(&mut *tx)
        .await?;
        tx.commit(Change::StoryPublished(at, out.listing()?), ()).await
    }

    /// Makes a story its author's own business again. Its likes and the posts about it are kept, out of sight.
    pub async fn unpublish_story(&self, author: UserId, story: StoryId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let (at, listing) = access::story(&mut tx, author, story).await?;
        sqlx::query("update stories set published_at = null where id = $1")
            .bind(story.to_string())
            .execute(&mut *tx)
            .await?;
        tx.commit(Change::StoryUnpublished(at, listing), ()).await
    }

    /// Moves a story with all that is in it into the trash. The posts about it stay.
    pub async fn delete_story(&self, author: UserId, story: StoryId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let (at, listing) = access::story(&mut tx, author, story).await?;
        let branch = trash::branch_of_story(&mut tx, story).await?;
        trash::throw_away(&mut tx, at, Trashed::Story(story)).await?;
        tx.commit(Change::StoryDeleted(at, listing, branch), ()).await
    }
}

async fn save_facts(db: &mut Writing, story: StoryId, facts: &StoryFacts) -> Result<()> {
    sqlx::query("update stories set status = $1, language = $2, rating = $3, warnings = $4, tags = $5 where id = $6")
        .bind(facts.status.slug())
        .bind(facts.language.slug())
        .bind(facts.rating.slug())
        .bind(facts.warnings.to_string())
        .bind(facts.tags.to_string())
        .bind(story.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// Writes a new story's row.
pub(crate) async fn insert(db: &mut Writing, author: UserId, new: &NewStory, listing: Listing) -> Result<StoryPath> {
    let story = StoryId::from_bits(clock::new_bits());
    let now = clock::tick().0;
    sqlx::query(
        "insert into stories (id, author_id, title, blurb, format, genre, published_at, first_published_at, rev,
                created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7, 1, $8, $8)",
    )
    .bind(story.to_string())
    .bind(author.to_string())
    .bind(new.title.as_str())
    .bind(new.blurb.as_str())
    .bind(new.format.slug())
    .bind(new.genre.slug())
    .bind(listing.is_public().then_some(now))
    .bind(now)
    .execute(&mut *db)
    .await?;
    search::index_story(db, story).await?;
    Ok(StoryPath { author, story })
}
