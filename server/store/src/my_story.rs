//! What stories are to one reader: where they go on, what they read, what they follow.

use domain::{BegunStory, Bookmark, Bookmarks, MineOfStory, MyStory, Neighbour, ReadOn, StoryId};
use sqlx::any::AnyRow;

use crate::{
    Load, Reader, Result, access,
    row::{Columns, author},
};

impl Load for Bookmarks {
    async fn load(&self, reader: &mut Reader) -> Result<Vec<BegunStory>> {
        let rows = sqlx::query(concat!(
            "select b.chapter_id, b.number, b.ended, s.id, s.title, ",
            author!("u"),
            " from bookmarks b join stories s on s.id = b.story_id join users u on u.id = s.author_id
             where b.user_id = $1 and s.published_at is not null
             order by b.moved_at desc, b.story_id limit $2",
        ))
        .bind(self.reader.to_string())
        .bind(i64::from(Self::MOST))
        .fetch_all(&mut **reader)
        .await?;
        let mut begun = Vec::with_capacity(rows.len());
        for row in &rows {
            let story = row.parsed("id")?;
            let read_on = read_on(reader, story, row).await?;
            begun.push(BegunStory { story, title: row.read("title")?, author: row.author()?, read_on });
        }
        Ok(begun)
    }
}

impl Load for MyStory {
    async fn load(&self, reader: &mut Reader) -> Result<MineOfStory> {
        access::published(&mut **reader, self.story).await?;
        let (viewer, story) = (self.viewer.to_string(), self.story.to_string());
        let follows = sqlx::query(
            "select (select count(*) from followed_stories f where f.user_id = $1 and f.story_id = s.id) as story,
                    (select count(*) from followed_authors f where f.user_id = $1 and f.author_id = s.author_id) as author
             from stories s where s.id = $2",
        )
        .bind(&viewer)
        .bind(&story)
        .fetch_one(&mut **reader)
        .await?;
        let mark = sqlx::query("select chapter_id, number, ended from bookmarks where user_id = $1 and story_id = $2")
            .bind(&viewer)
            .bind(&story)
            .fetch_optional(&mut **reader)
            .await?;
        let read_on = match mark {
            Some(row) => read_on(reader, self.story, &row).await?,
            None => None,
        };
        let read = sqlx::query(
            "select c.id from chapters_read r join chapters c on c.id = r.chapter_id
             where r.user_id = $1 and r.story_id = $2 and c.published = 1",
        )
        .bind(viewer)
        .bind(story)
        .fetch_all(&mut **reader)
        .await?;
        let mut read: Vec<_> = read.iter().map(|row| row.parsed("id")).collect::<Result<_>>()?;
        // Here and not in SQL: a database may have its own opinion on which letter stands first.
        read.sort_unstable();
        let (follows, follows_author) = (follows.number("story")? > 0, follows.number("author")? > 0);
        Ok(MineOfStory { follows, follows_author, read_on, read })
    }
}

/// The bookmark in this row.
pub(crate) fn bookmark(row: &AnyRow) -> Result<Bookmark> {
    Ok(Bookmark { chapter: row.parsed("chapter_id")?, number: row.count("number")?, ended: row.number("ended")? == 1 })
}

/// Where the reader of this bookmark goes on, in the chapters that readers have now.
async fn read_on(reader: &mut Reader, story: StoryId, mark: &AnyRow) -> Result<Option<ReadOn>> {
    let mark = bookmark(mark)?;
    let rows = sqlx::query(
        "select c.id, c.title from chapters c join parts p on p.id = c.part_id
         where c.story_id = $1 and c.published = 1 order by p.position, p.id, c.position, c.id",
    )
    .bind(story.to_string())
    .fetch_all(&mut **reader)
    .await?;
    let named =
        |(number, row): (u32, &AnyRow)| Ok(Neighbour { chapter: row.parsed("id")?, number, title: row.read("title")? });
    let chapters: Vec<_> = (1..).zip(&rows).map(named).collect::<Result<_>>()?;
    Ok(mark.read_on(&chapters))
}
