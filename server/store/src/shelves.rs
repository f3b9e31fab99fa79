//! What everybody finds: the front page, the shelves, and a story's title page.

use std::collections::HashMap;

use domain::{
    ChapterId, FrontPage, Home, ListedChapter, ListedPart, PartId, ShelfPage, StoryCard, StoryFront, StoryId, StoryPage,
};
use sqlx::{AnyConnection, any::AnyRow};

use crate::{Load, Reader, Result, post, row::Columns};

/// Published stories as lists show them, narrowed down and put in order by what follows.
macro_rules! cards {
    ($rest:literal) => {
        concat!(
            "select s.id, s.title, s.author_id, u.name as author_name, s.blurb, s.format, s.genre, s.published_at,
                    (select cast(coalesce(sum(x.words), 0) as bigint) from scenes x where x.story_id = s.id) as words,
                    (select count(*) from story_likes l where l.story_id = s.id) as likes
             from stories s join users u on u.id = s.author_id
             where s.published_at is not null ",
            $rest
        )
    };
}

impl Load for Home {
    async fn load(&self, reader: &mut Reader) -> Result<FrontPage> {
        let stories =
            sqlx::query(cards!("order by s.published_at desc, s.id limit 12")).fetch_all(&mut **reader).await?;
        Ok(FrontPage {
            stories: stories.iter().map(card).collect::<Result<_>>()?,
            posts: post::newest(&mut **reader, 5).await?,
        })
    }
}

impl Load for ShelfPage {
    async fn load(&self, reader: &mut Reader) -> Result<Vec<StoryCard>> {
        let shelf = match self.genre {
            Some(genre) => {
                sqlx::query(cards!("and s.format = $1 and s.genre = $2 order by s.published_at desc, s.id limit 100"))
                    .bind(self.format.slug())
                    .bind(genre.slug())
            }
            None => sqlx::query(cards!("and s.format = $1 order by s.published_at desc, s.id limit 100"))
                .bind(self.format.slug()),
        };
        shelf.fetch_all(&mut **reader).await?.iter().map(card).collect()
    }
}

impl Load for StoryPage {
    async fn load(&self, reader: &mut Reader) -> Result<StoryFront> {
        let front = sqlx::query(cards!("and s.id = $1")).bind(self.story.to_string()).fetch_one(&mut **reader).await?;
        Ok(StoryFront { card: card(&front)?, parts: contents(reader, self.story).await? })
    }
}

/// The published stories that most people like, the newest among equals.
pub(crate) async fn popular(reader: &mut Reader, most: i64) -> Result<Vec<StoryId>> {
    let rows = sqlx::query(
        "select s.id, (select count(*) from story_likes l where l.story_id = s.id) as likes
         from stories s where s.published_at is not null order by likes desc, s.published_at desc, s.id limit $1",
    )
    .bind(most)
    .fetch_all(&mut **reader)
    .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

fn card(row: &AnyRow) -> Result<StoryCard> {
    Ok(StoryCard {
        story: row.parsed("id")?,
        title: row.read("title")?,
        author: row.author()?,
        blurb: row.read("blurb")?,
        format: row.parsed("format")?,
        genre: row.parsed("genre")?,
        words: row.count("words")?,
        likes: row.count("likes")?,
        published_at: row.millis("published_at")?,
    })
}

/// The table of contents.
async fn contents(db: &mut AnyConnection, story: StoryId) -> Result<Vec<ListedPart>> {
    let parts = sqlx::query("select id, title from parts where story_id = $1 order by position, id")
        .bind(story.to_string())
        .fetch_all(&mut *db)
        .await?;
    let mut chapters = chapters(db, story).await?;
    let mut number = 0;
    let mut contents = vec![];
    for row in parts {
        let part: PartId = row.parsed("id")?;
        let mut listed = chapters.remove(&part).unwrap_or_default();
        for chapter in &mut listed {
            number += 1;
            chapter.number = number;
        }
        contents.push(ListedPart { part, title: row.read("title")?, chapters: listed });
    }
    Ok(contents)
}

/// Each part's chapters in order, not numbered yet.
async fn chapters(db: &mut AnyConnection, story: StoryId) -> Result<HashMap<PartId, Vec<ListedChapter>>> {
    let words = words(db, story).await?;
    let rows = sqlx::query("select id, part_id, title from chapters where story_id = $1 order by position, id")
        .bind(story.to_string())
        .fetch_all(db)
        .await?;
    let mut chapters: HashMap<PartId, Vec<ListedChapter>> = HashMap::new();
    for row in rows {
        let chapter = row.parsed("id")?;
        chapters.entry(row.parsed("part_id")?).or_default().push(ListedChapter {
            chapter,
            number: 0,
            title: row.read("title")?,
            words: words.get(&chapter).copied().unwrap_or_default(),
        });
    }
    Ok(chapters)
}

/// How many words each chapter has: asked apart, because an index answers it without reading the text.
async fn words(db: &mut AnyConnection, story: StoryId) -> Result<HashMap<ChapterId, u32>> {
    let rows = sqlx::query(
        "select chapter_id, cast(sum(words) as bigint) as words from scenes where story_id = $1 group by chapter_id",
    )
    .bind(story.to_string())
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Ok((row.parsed("chapter_id")?, row.count("words")?))).collect()
}
