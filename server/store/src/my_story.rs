//! What stories are to one reader: where they go on, what they read, what they follow.

use std::collections::HashMap;

use domain::{BegunStory, Bookmark, Bookmarks, MineOfStory, MyStory, Neighbour, ReadOn, StoryId, UserId};
use sqlx::any::AnyRow;

use crate::{
    Load, Reader, Result,
    row::{Columns, author},
};

/// The chapters of the stories that were begun last.
const CONTENTS: &str = "
    select c.story_id, c.id, c.title,
           row_number() over (partition by c.story_id order by p.position, p.id, c.position, c.id) as number
    from (
        select b.story_id from bookmarks b join stories s on s.id = b.story_id
        where b.user_id = $1 and s.published_at is not null order by b.moved_at desc, b.story_id limit $2
    ) begun join chapters c on c.story_id = begun.story_id join parts p on p.id = c.part_id
    where c.published = 1 order by c.story_id, number";

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
        let contents = contents(reader, CONTENTS, self.reader, Self::MOST).await?;
        let mut begun = Vec::with_capacity(rows.len());
        for row in &rows {
            let story = row.parsed("id")?;
            let read_on = bookmark(row)?.read_on(contents.get(&story).map_or(&[], Vec::as_slice));
            begun.push(BegunStory { story, title: row.read("title")?, author: row.author()?, read_on });
        }
        Ok(begun)
    }
}

impl Load for MyStory {
    async fn load(&self, reader: &mut Reader) -> Result<MineOfStory> {
        let (viewer, story) = (self.viewer.to_string(), self.story.to_string());
        let mine = sqlx::query(
            "select (select count(*) from followed_stories f where f.user_id = $1 and f.story_id = s.id) as story,
                    (select count(*) from followed_authors f where f.user_id = $1 and f.author_id = s.author_id) as author,
                    b.chapter_id, b.number, b.ended
             from stories s left join bookmarks b on b.user_id = $1 and b.story_id = s.id
             where s.id = $2 and s.published_at is not null",
        )
        .bind(&viewer)
        .bind(&story)
        .fetch_one(&mut **reader)
        .await?;
        let read_on = match mine.maybe_text("chapter_id")? {
            Some(_) => read_on(reader, self.story, &mine).await?,
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
        let (follows, follows_author) = (mine.number("story")? > 0, mine.number("author")? > 0);
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
        "select c.id, c.title, row_number() over (order by p.position, p.id, c.position, c.id) as number
         from chapters c join parts p on p.id = c.part_id
         where c.story_id = $1 and c.published = 1 order by number",
    )
    .bind(story.to_string())
    .fetch_all(&mut **reader)
    .await?;
    let chapters: Vec<_> = rows.iter().map(neighbour).collect::<Result<_>>()?;
    Ok(mark.read_on(&chapters))
}

/// The chapters of several stories, as readers have them now. One statement for all.
pub(crate) async fn contents(
    reader: &mut Reader,
    statement: &'static str,
    viewer: UserId,
    most: u32,
) -> Result<HashMap<StoryId, Vec<Neighbour>>> {
    let rows = sqlx::query(statement).bind(viewer.to_string()).bind(i64::from(most)).fetch_all(&mut **reader).await?;
    let mut contents: HashMap<StoryId, Vec<Neighbour>> = HashMap::new();
    for row in &rows {
        contents.entry(row.parsed("story_id")?).or_default().push(neighbour(row)?);
    }
    Ok(contents)
}

pub(crate) fn neighbour(row: &AnyRow) -> Result<Neighbour> {
    Ok(Neighbour { chapter: row.parsed("id")?, number: row.count("number")?, title: row.read("title")? })
}
