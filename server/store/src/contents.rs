//! A story's title page, with a page of its table of contents.

use domain::{ListedChapter, ListedPart, StoryFront, StoryPage};

use crate::{Load, Reader, Result, catalogue, row::Columns};

impl Load for StoryPage {
    async fn load(&self, reader: &mut Reader) -> Result<StoryFront> {
        let card = catalogue::one(reader, self.story).await?;
        let parts = parts(self, reader).await?;
        let whole = sqlx::query(
            "select count(*) as chapters, cast(coalesce(max(first_published_at), 0) as bigint) as updated_at, (
                 select c.id from chapters c join parts p on p.id = c.part_id
                 where c.story_id = $1 and c.published = 1 order by p.position, p.id, c.position, c.id limit 1
             ) as first from chapters where story_id = $1 and published = 1",
        )
        .bind(self.story.to_string())
        .fetch_one(&mut **reader)
        .await?;
        let updated_at = whole.millis("updated_at")?.max(card.published_at);
        let (chapters, first) = (whole.count("chapters")?, whole.maybe_parsed("first")?);
        Ok(StoryFront { card, updated_at, parts, chapters, first })
    }
}

/// This page's chapters in order, by their part. A part in which readers have nothing yet is its author's alone, its title
/// too.
async fn parts(page: &StoryPage, reader: &mut Reader) -> Result<Vec<ListedPart>> {
    let before = i64::from(page.page) * i64::from(StoryPage::CHAPTERS);
    // Words are in an index, which answers without reading the text.
    let rows = sqlx::query(
        "select c.id, c.part_id, p.title as part_title, c.title, c.first_published_at,
                    (select cast(coalesce(sum(x.words), 0) as bigint) from scenes x
                     where x.story_id = c.story_id and x.chapter_id = c.id) as words
             from chapters c join parts p on p.id = c.part_id
             where c.story_id = $1 and c.published = 1 order by p.position, p.id, c.position, c.id limit $2 offset $3",
    )
    .bind(page.story.to_string())
    .bind(i64::from(StoryPage::CHAPTERS))
    .bind(before)
    .fetch_all(&mut **reader)
    .await?;
    let mut parts: Vec<ListedPart> = vec![];
    for (number, row) in (before + 1..).zip(rows) {
        let part = row.parsed("part_id")?;
        if parts.last().is_none_or(|last| last.part != part) {
            parts.push(ListedPart { part, title: row.read("part_title")?, chapters: vec![] });
        }
        let chapter = ListedChapter {
            chapter: row.parsed("id")?,
            number: u32::try_from(number).unwrap_or(u32::MAX),
            title: row.read("title")?,
            words: row.count("words")?,
            published_at: row.millis("first_published_at")?,
        };
        if let Some(part) = parts.last_mut() {
            part.chapters.push(chapter);
        }
    }
    Ok(parts)
}
