//! A story's title page, with a page of its table of contents.

use std::collections::HashMap;

use domain::{ListedChapter, ListedPart, PartId, StoryFront, StoryPage};

use crate::{Load, Reader, Result, catalogue, row::Columns};

impl Load for StoryPage {
    async fn load(&self, reader: &mut Reader) -> Result<StoryFront> {
        let card = catalogue::one(reader, self.story).await?;
        let mut listed = chapters(self, reader).await?;
        let parts = sqlx::query("select id, title from parts where story_id = $1 order by position, id")
            .bind(self.story.to_string())
            .fetch_all(&mut **reader)
            .await?;
        let mut contents = vec![];
        for row in &parts {
            let part = row.parsed("id")?;
            // One in which readers have nothing yet is its author's alone, its title too.
            if let Some(chapters) = listed.remove(&part) {
                contents.push(ListedPart { part, title: row.read("title")?, chapters });
            }
        }
        let published = sqlx::query(
            "select count(*) as chapters, cast(coalesce(max(first_published_at), 0) as bigint) as updated_at
             from chapters where story_id = $1 and published = 1",
        )
        .bind(self.story.to_string())
        .fetch_one(&mut **reader)
        .await?;
        let first = sqlx::query(
            "select c.id from chapters c join parts p on p.id = c.part_id
             where c.story_id = $1 and c.published = 1 order by p.position, p.id, c.position, c.id limit 1",
        )
        .bind(self.story.to_string())
        .fetch_optional(&mut **reader)
        .await?;
        let first = first.map(|row| row.parsed("id")).transpose()?;
        let updated_at = published.millis("updated_at")?.max(card.published_at);
        Ok(StoryFront { card, updated_at, parts: contents, chapters: published.count("chapters")?, first })
    }
}

/// This page's chapters in order, by their part.
async fn chapters(page: &StoryPage, reader: &mut Reader) -> Result<HashMap<PartId, Vec<ListedChapter>>> {
    let before = i64::from(page.page) * i64::from(StoryPage::CHAPTERS);
    // Words are in an index, which answers without reading the text.
    let rows = sqlx::query(
        "select c.id, c.part_id, c.title,
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
    let mut chapters: HashMap<PartId, Vec<ListedChapter>> = HashMap::new();
    for (number, row) in (before + 1..).zip(rows) {
        chapters.entry(row.parsed("part_id")?).or_default().push(ListedChapter {
            chapter: row.parsed("id")?,
            number: u32::try_from(number).unwrap_or(u32::MAX),
            title: row.read("title")?,
            words: row.count("words")?,
        });
    }
    Ok(chapters)
}
