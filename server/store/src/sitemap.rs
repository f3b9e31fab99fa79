//! The addresses of everything that readers have, for search engines.
//!
//! No query of the registry: it is long, asked seldom, and by programs. So no tier keeps it, and it is always read
//! from the database.

use domain::{Area, ChapterId, Handle, Millis, Query, Quire, StoryId, Tag, Tags, UserId};
use serde::{Deserialize, Serialize};

use crate::{Load, Reader, Result, Store, row::Columns};

/// A story or a chapter that readers have, or a person who wrote one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// What it is.
    pub what: ListedThing,
    /// When what readers have of it changed last.
    pub changed_at: Millis,
}

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListedThing {
    /// A story.
    Story(StoryId),
    /// A chapter of a story.
    Chapter(StoryId, ChapterId),
    /// An author.
    Author(Handle),
}

/// How much there is to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedCount {
    /// Published stories.
    pub stories: u32,
    /// Published chapters of these.
    pub chapters: u32,
    /// Who wrote these.
    pub authors: u32,
}

/// A page of the list, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SitemapPage {
    /// Of stories.
    Stories(u32),
    /// Of chapters.
    Chapters(u32),
    /// Of authors.
    Authors(u32),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Count {}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Listing {
    of: SitemapPage,
}

impl SitemapPage {
    /// How many are on a page.
    pub const MOST: u32 = 10_000;
}

impl Store {
    /// How much there is to list now.
    pub async fn fetch_listed_count(&self) -> Result<ListedCount> {
        Ok(self.load(&Count {}).await?.value)
    }

    /// What is on this page now.
    pub async fn fetch_sitemap(&self, of: SitemapPage) -> Result<Vec<Listed>> {
        Ok(self.load(&Listing { of }).await?.value.clone())
    }
}

impl Load for Count {
    async fn load(&self, reader: &mut Reader) -> Result<ListedCount> {
        let row = sqlx::query(
            "select (select count(*) from stories where published_at is not null) as stories,
                    (select count(*) from chapters c join stories s on s.id = c.story_id
                     where c.published = 1 and s.published_at is not null) as chapters,
                    (select count(distinct s.author_id) from stories s join users u on u.id = s.author_id
                     where s.published_at is not null and u.left_at is null) as authors",
        )
        .fetch_one(&mut **reader)
        .await?;
        Ok(ListedCount {
            stories: row.count("stories")?,
            chapters: row.count("chapters")?,
            authors: row.count("authors")?,
        })
    }
}

impl Load for Listing {
    async fn load(&self, reader: &mut Reader) -> Result<Vec<Listed>> {
        let (statement, page) = match self.of {
            SitemapPage::Stories(page) => (
                "select s.id as story, coalesce(
                     (select max(c.first_published_at) from chapters c where c.story_id = s.id and c.published = 1),
                     s.published_at) as changed_at
                 from stories s where s.published_at is not null order by s.id limit $1 offset $2",
                page,
            ),
            SitemapPage::Chapters(page) => (
                "select c.story_id as story, c.id as chapter, coalesce(
                     (select max(x.updated_at) from scenes x where x.chapter_id = c.id),
                     c.first_published_at) as changed_at
                 from chapters c join stories s on s.id = c.story_id
                 where c.published = 1 and s.published_at is not null order by c.id limit $1 offset $2",
                page,
            ),
            SitemapPage::Authors(page) => (
                "select coalesce(u.handle, u.id) as handle, a.changed_at
                 from users u join (
                     select s.author_id, max(s.published_at) as changed_at from stories s
                     where s.published_at is not null group by s.author_id
                 ) a on a.author_id = u.id where u.left_at is null order by u.id limit $1 offset $2",
                page,
            ),
        };
        let rows = sqlx::query(statement)
            .bind(i64::from(SitemapPage::MOST))
            .bind(i64::from(page) * i64::from(SitemapPage::MOST))
            .fetch_all(&mut **reader)
            .await?;
        let listed = |row: &sqlx::any::AnyRow| {
            let what = match self.of {
                SitemapPage::Stories(_) => ListedThing::Story(row.parsed("story")?),
                SitemapPage::Chapters(_) => ListedThing::Chapter(row.parsed("story")?, row.parsed("chapter")?),
                SitemapPage::Authors(_) => ListedThing::Author(row.parsed("handle")?),
            };
            Ok(Listed { what, changed_at: row.millis("changed_at")? })
        };
        rows.iter().map(listed).collect()
    }
}

impl Query for Count {
    type Nouns = Quire;
    type Output = ListedCount;
    const NAME: &'static str = "listed-count";
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, _: &ListedCount) -> Tags {
        Tags::of(Tag::Releases, [])
    }
}

impl Query for Listing {
    type Nouns = Quire;
    type Output = Vec<Listed>;
    const NAME: &'static str = "sitemap";
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, _: &Vec<Listed>) -> Tags {
        Tags::of(Tag::Releases, [])
    }
}
