//! Chapters of a part, and the pages they are read on.

use domain::{
    Body, Bound, Change, Changed, ChapterDraft, ChapterId, ChapterText, Heading, Listing, Neighbour, PartId, PartPath,
    Prose, ReadingPage, Rev, Trashed, UserId,
};

use crate::{
    Error, Load, Reader, Result, Store, Writing, access, clock, order, room,
    row::{self, Columns, author},
    scene, trash,
};

impl Load for ReadingPage {
    async fn load(&self, reader: &mut Reader) -> Result<ChapterText> {
        // The chapter between those before and after it, wherever these stand, and beside each the whole's own.
        let around = sqlx::query(concat!(
            "with numbered (id, title, number) as (
                 select c.id, c.title, row_number() over (order by p.position, p.id, c.position, c.id)
                 from chapters c join parts p on p.id = c.part_id where c.story_id = $1 and c.published = 1
             ), here (number) as (select number from numbered where id = $2)
             select n.id, n.title, n.number, (select count(*) from numbered) as chapters,
                    s.title as story_title, s.format, s.language, p.title as part_title,
                    c.first_published_at, ",
            author!("u"),
            " from numbered n join here on n.number between here.number - 1 and here.number + 1
                  join chapters c on c.id = $2 join parts p on p.id = c.part_id
                  join stories s on s.id = c.story_id join users u on u.id = s.author_id
             where s.id = $1 and s.published_at is not null order by n.number",
        ))
        .bind(self.story.to_string())
        .bind(self.chapter.to_string())
        .fetch_all(&mut **reader)
        .await?;
        let mut chapters = Vec::with_capacity(around.len());
        for row in &around {
            let (chapter, number) = (row.parsed("id")?, row.count("number")?);
            chapters.push(Neighbour { chapter, number, title: row.read("title")? });
        }
        let place = chapters.iter().position(|one| one.chapter == self.chapter).ok_or(Error::NotFound)?;
        let here = &around[place];
        let scenes = sqlx::query("select content from scenes where chapter_id = $1 order by position, id")
            .bind(self.chapter.to_string())
            .fetch_all(&mut **reader)
            .await?;
        let scenes: Vec<Body> = scenes.iter().map(|row| row.read("content")).collect::<Result<_>>()?;
        Ok(ChapterText {
            story_title: here.read("story_title")?,
            format: here.parsed("format")?,
            language: here.parsed("language")?,
            author: here.author()?,
            part_title: here.read("part_title")?,
            title: here.read("title")?,
            number: chapters[place].number,
            of: here.count("chapters")?,
            published_at: here.millis("first_published_at")?,
            scenes: prose(scenes).await?,
            previous: place.checked_sub(1).map(|before| chapters[before].clone()),
            next: chapters.get(place + 1).cloned(),
        })
    }
}

/// What takes longer than this to make, in bytes of text, would hold up everybody else on the thread.
const LONG: usize = 64 * 1024;

/// The scenes as they are read. One that is not written yet is no scene to its reader.
async fn prose(scenes: Vec<Body>) -> Result<Vec<Prose>> {
    let bytes: usize = scenes.iter().map(|scene| scene.as_str().len()).sum();
    let make = move || Prose::of(&scenes);
    if bytes <= LONG {
        return Ok(make());
    }
    tokio::task::spawn_blocking(make).await.map_err(|died| Error::Internal(died.to_string().into()))
}

impl Store {
    /// Adds a chapter at a part's end, with an empty scene, so that its author can write at once. It is a draft.
    pub async fn add_chapter(&self, author: UserId, part: PartId, title: Heading) -> Result<Changed<ChapterId>> {
        let mut tx = self.begin().await?;
        let (above, _) = access::part(&mut tx, author, part).await?;
        room::for_one(&mut tx, Bound::StoryChapters, above.story).await?;
        room::for_one(&mut tx, Bound::StoryScenes, above.story).await?;
        let place = order::next(&mut tx, order::CHAPTERS, &part.to_string()).await?;
        let at = above.chapter(insert(&mut tx, above, place, &title).await?);
        scene::insert(&mut tx, at, 0, &Heading::default(), &Body::default()).await?;
        tx.commit(Change::ChapterAdded(at, Listing::Draft), at.chapter).await
    }

    /// Saves a chapter's title and synopsis. Refused if they were saved since the draft's base.
    pub async fn save_chapter(&self, author: UserId, chapter: ChapterId, draft: ChapterDraft) -> Result<Changed<Rev>> {
        let mut tx = self.begin().await?;
        let (at, listing) = access::chapter(&mut tx, author, chapter).await?;
        let rev: Option<i64> = sqlx::query_scalar(
            "update chapters set title = $1, synopsis = $2, rev = rev + 1 where id = $3 and rev = $4 returning rev",
        )
        .bind(draft.title.as_str())
        .bind(draft.synopsis.as_str())
        .bind(chapter.to_string())
        .bind(draft.base.0)
        .fetch_optional(&mut *tx)
        .await?;
        let rev = row::saved(&mut tx, rev, "select rev from chapters where id = $1", chapter.to_string()).await?;
        tx.commit(Change::ChapterSaved(at, listing), rev).await
    }

    /// Puts a chapter at a place (from 0) in a part of the same story, its own or another.
    pub async fn move_chapter(
        &self,
        author: UserId,
        chapter: ChapterId,
        to: PartId,
        place: u32,
    ) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let (from, listing) = access::chapter(&mut tx, author, chapter).await?;
        let (above, _) = access::part(&mut tx, author, to).await?;
        if above.story != from.story {
            return Err(Error::NotFound);
        }
        sqlx::query("update chapters set part_id = $1 where id = $2")
            .bind(to.to_string())
            .bind(chapter.to_string())
            .execute(&mut *tx)
            .await?;
        order::place(&mut tx, order::CHAPTERS, &to.to_string(), &chapter.to_string(), place).await?;
        tx.commit(Change::ChapterMoved(above.chapter(chapter), from.above(), listing), ()).await
    }

    /// Moves a chapter with its scenes into the trash.
    pub async fn delete_chapter(&self, author: UserId, chapter: ChapterId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let (at, listing) = access::chapter(&mut tx, author, chapter).await?;
        let branch = trash::branch_of_chapter(&mut tx, chapter).await?;
        trash::throw_away(&mut tx, at.above().above(), Trashed::Chapter(chapter)).await?;
        tx.commit(Change::ChapterDeleted(at, listing, branch), ()).await
    }
}

/// Writes the row of a new chapter, which is a draft.
pub(crate) async fn insert(db: &mut Writing, above: PartPath, place: i64, title: &Heading) -> Result<ChapterId> {
    let chapter = ChapterId::from_bits(clock::new_bits());
    sqlx::query(
        "insert into chapters (id, story_id, part_id, position, title, synopsis, rev)
         values ($1, $2, $3, $4, $5, '', 1)",
    )
    .bind(chapter.to_string())
    .bind(above.story.to_string())
    .bind(above.part.to_string())
    .bind(place)
    .bind(title.as_str())
    .execute(db)
    .await?;
    Ok(chapter)
}
