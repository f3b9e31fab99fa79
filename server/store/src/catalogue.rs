//! What everybody finds: the front page and the catalogues.

use domain::{CataloguePage, FrontPage, Home, ListedStories, StoryCard, StoryId, UserId};
use sqlx::any::AnyRow;

use crate::{Load, Reader, Result, post, row::Columns};

/// How many stories are on a page of a catalogue.
const PAGE: u32 = 100;

/// Published stories as lists show them, narrowed down and put in order by what follows.
macro_rules! cards {
    ($rest:literal) => {
        concat!(
            "select s.id, s.title, ",
            $crate::row::author!("u"),
            ", s.blurb, s.format, s.genre, s.status, s.language, s.rating, s.warnings, s.tags, s.published_at,
                    (select cast(coalesce(sum(x.words), 0) as bigint) from scenes x
                     where x.story_id = s.id and x.chapter_id in (
                         select c.id from chapters c where c.story_id = s.id and c.published = 1
                     )) as words,
                    (select count(*) from story_likes l where l.story_id = s.id) as likes
             from stories s join users u on u.id = s.author_id
             where s.published_at is not null ",
            $rest
        )
    };
}

pub(crate) use cards;

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

impl Load for CataloguePage {
    async fn load(&self, reader: &mut Reader) -> Result<ListedStories> {
        let catalogue = match self.genre {
            Some(genre) => sqlx::query(cards!(
                "and s.format = $3 and s.genre = $4 order by s.published_at desc, s.id limit $1 offset $2"
            ))
            .bind(i64::from(PAGE) + 1)
            .bind(i64::from(self.page) * i64::from(PAGE))
            .bind(self.format.slug())
            .bind(genre.slug()),
            None => sqlx::query(cards!("and s.format = $3 order by s.published_at desc, s.id limit $1 offset $2"))
                .bind(i64::from(PAGE) + 1)
                .bind(i64::from(self.page) * i64::from(PAGE))
                .bind(self.format.slug()),
        };
        let (stories, more) = page_of(&catalogue.fetch_all(&mut **reader).await?, PAGE)?;
        Ok(ListedStories { stories, more })
    }
}

/// A page of an author's published stories, the newest first, and whether there are older ones.
pub(crate) async fn by(reader: &mut Reader, author: UserId, page: u32, most: u32) -> Result<(Vec<StoryCard>, bool)> {
    let rows = sqlx::query(cards!("and s.author_id = $3 order by s.published_at desc, s.id limit $1 offset $2"))
        .bind(i64::from(most) + 1)
        .bind(i64::from(page) * i64::from(most))
        .bind(author.to_string())
        .fetch_all(&mut **reader)
        .await?;
    page_of(&rows, most)
}

/// The stories of a page. One row more than it holds tells whether there are older ones.
fn page_of(rows: &[AnyRow], most: u32) -> Result<(Vec<StoryCard>, bool)> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    Ok((rows.iter().take(most).map(card).collect::<Result<_>>()?, rows.len() > most))
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

/// A published story.
pub(crate) async fn one(reader: &mut Reader, story: StoryId) -> Result<StoryCard> {
    card(&sqlx::query(cards!("and s.id = $1")).bind(story.to_string()).fetch_one(&mut **reader).await?)
}

pub(crate) fn card(row: &AnyRow) -> Result<StoryCard> {
    Ok(StoryCard {
        story: row.parsed("id")?,
        title: row.read("title")?,
        author: row.author()?,
        blurb: row.read("blurb")?,
        format: row.parsed("format")?,
        genre: row.parsed("genre")?,
        facts: row.story_facts()?,
        words: row.count("words")?,
        likes: row.count("likes")?,
        published_at: row.millis("published_at")?,
    })
}
