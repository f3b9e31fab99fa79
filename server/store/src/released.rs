//! The chapters that readers had first last.

use domain::{Release, Releases};
use sqlx::any::AnyRow;

use crate::{Load, Reader, Result, row::Columns};

/// Chapters that readers have, narrowed down and put in order by what follows.
macro_rules! released {
    ($rest:literal) => {
        concat!(
            "select s.id as story, s.title as story_title, ",
            $crate::row::author!("u"),
            ", c.id as chapter, c.title, c.first_published_at
             from chapters c join stories s on s.id = c.story_id join users u on u.id = s.author_id
             where c.published = 1 and s.published_at is not null ",
            $rest,
            " order by c.first_published_at desc, c.id desc limit $1"
        )
    };
}

impl Load for Releases {
    async fn load(&self, reader: &mut Reader) -> Result<Vec<Release>> {
        if let Some(story) = self.story {
            // One that readers don't have is not found, and not merely empty.
            sqlx::query("select id from stories where id = $1 and published_at is not null")
                .bind(story.to_string())
                .fetch_one(&mut **reader)
                .await?;
        }
        let most = i64::from(Self::MOST);
        let released = match (self.story, self.author) {
            (None, None) => sqlx::query(released!("")).bind(most),
            (Some(story), None) => sqlx::query(released!("and s.id = $2")).bind(most).bind(story.to_string()),
            (None, Some(author)) => {
                sqlx::query(released!("and s.author_id = $2 and u.left_at is null")).bind(most).bind(author.to_string())
            }
            (Some(story), Some(author)) => {
                sqlx::query(released!("and s.id = $2 and s.author_id = $3 and u.left_at is null"))
                    .bind(most)
                    .bind(story.to_string())
                    .bind(author.to_string())
            }
        };
        released.fetch_all(&mut **reader).await?.iter().map(release).collect()
    }
}

fn release(row: &AnyRow) -> Result<Release> {
    Ok(Release {
        story: row.parsed("story")?,
        story_title: row.read("story_title")?,
        author: row.author()?,
        chapter: row.parsed("chapter")?,
        title: row.read("title")?,
        at: row.millis("first_published_at")?,
    })
}
