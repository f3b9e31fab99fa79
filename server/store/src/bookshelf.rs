//! An author's stories in a list: in the studio, and from the publisher's side.

use domain::{Bookshelf, Millis, OwnStory, Publication, Publications};
use sqlx::any::AnyRow;

use crate::{Load, Reader, Result, row::Columns};

impl Load for Bookshelf {
    async fn load(&self, reader: &mut Reader) -> Result<Vec<OwnStory>> {
        let rows = sqlx::query(
            "select s.id, s.title, s.blurb, s.format, s.genre, s.published_at, s.updated_at,
                    (select cast(coalesce(sum(x.words), 0) as bigint) from scenes x where x.story_id = s.id) as words
             from stories s where s.author_id = $1 order by s.updated_at desc, s.id",
        )
        .bind(self.viewer.to_string())
        .fetch_all(&mut **reader)
        .await?;
        rows.iter().map(own_story).collect()
    }
}

impl Load for Publications {
    async fn load(&self, reader: &mut Reader) -> Result<Vec<Publication>> {
        // What is out comes first, the newest first; coalesce, because databases sort nulls as they like.
        let rows = sqlx::query(
            "select s.id, s.title, s.published_at,
                    (select count(*) from chapters c where c.story_id = s.id) as chapters,
                    (select count(*) from chapters c where c.story_id = s.id and c.published = 1) as published_chapters,
                    (select cast(coalesce(sum(x.words), 0) as bigint) from scenes x where x.story_id = s.id) as words,
                    (select count(*) from story_likes l where l.story_id = s.id) as likes
             from stories s where s.author_id = $1 order by coalesce(s.published_at, 0) desc, s.created_at desc, s.id",
        )
        .bind(self.viewer.to_string())
        .fetch_all(&mut **reader)
        .await?;
        rows.iter().map(publication).collect()
    }
}

fn own_story(row: &AnyRow) -> Result<OwnStory> {
    Ok(OwnStory {
        story: row.parsed("id")?,
        title: row.read("title")?,
        blurb: row.read("blurb")?,
        format: row.parsed("format")?,
        genre: row.parsed("genre")?,
        published: row.maybe_number("published_at")?.is_some(),
        words: row.count("words")?,
        updated_at: row.millis("updated_at")?,
    })
}

fn publication(row: &AnyRow) -> Result<Publication> {
    Ok(Publication {
        story: row.parsed("id")?,
        title: row.read("title")?,
        published_at: row.maybe_number("published_at")?.map(Millis),
        chapters: row.count("chapters")?,
        published_chapters: row.count("published_chapters")?,
        words: row.count("words")?,
        likes: row.count("likes")?,
    })
}
