//! A story's title page, with a page of its table of contents.

use std::collections::HashMap;

use domain::{ListedChapter, ListedPart, PartId, StoryFront, StoryPage};

use crate::{Load, Reader, Result, catalogue, row::Columns};

impl Load for StoryPage {
    async fn load(&self, reader: &mut Reader) -> Result<StoryFront> {
        let card = catalogue::one(reader, self.story).await?;
        let mut listed = chapters(self, reader).await?;
        let parts = sqlx::query(
            "select p.id, p.title, (select count(*) from chapters c where c.part_id = p.id) as chapters
             from parts p where p.story_id = $1 order by p.position, p.id",
        )
        .bind(self.story.to_string())
        .fetch_all(&mut **reader)
        .await?;
        let counts = parts.iter().map(|row| row.count("chapters")).collect::<Result<Vec<_>>>()?;
        let chapters: u32 = counts.iter().sum();
        let mut contents = vec![];
        let mut before = 0;
        for (row, count) in parts.iter().zip(counts) {
            let part = row.parsed("id")?;
            let on_this_page = listed.remove(&part);
            // One without chapters stands where the next chapter would, and at the end with the last.
            let stands_here = count == 0 && before.min(chapters.saturating_sub(1)) / Self::CHAPTERS == self.page;
            if on_this_page.is_some() || stands_here {
                let chapters = on_this_page.unwrap_or_default();
                contents.push(ListedPart { part, title: row.read("title")?, chapters });
            }
            before += count;
        }
        let first = sqlx::query(
            "select c.id from chapters c join parts p on p.id = c.part_id
             where c.story_id = $1 order by p.position, p.id, c.position, c.id limit 1",
        )
        .bind(self.story.to_string())
        .fetch_optional(&mut **reader)
        .await?;
        let first = first.map(|row| row.parsed("id")).transpose()?;
        Ok(StoryFront { card, parts: contents, chapters, first })
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
             where c.story_id = $1 order by p.position, p.id, c.position, c.id limit $2 offset $3",
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
