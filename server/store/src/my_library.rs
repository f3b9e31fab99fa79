//! A reader's library: what they read and follow, and what they have not read.

use std::collections::HashMap;

use domain::{LibraryStory, MyLibrary, Neighbour, Person, ReadAndFollowed, StoryId};

use crate::{
    Load, Reader, Result, my_story,
    row::{Columns, author},
};

/// The stories in a reader's library, each with when its reader touched it last. A followed author's are there since
/// they are out. So a new chapter puts none of them in another place.
macro_rules! of_library {
    ($($rest:tt)*) => {
        concat!(
            "with touched (story_id, at) as (
                 select story_id, moved_at from bookmarks where user_id = $1
                 union all select story_id, since from followed_stories where user_id = $1
                 union all select s.id, s.published_at from stories s join followed_authors f on f.author_id = s.author_id
                           where f.user_id = $1
             ), shelf (story_id, at) as (
                 select t.story_id, max(t.at) from touched t join stories s on s.id = t.story_id
                 where s.published_at is not null group by t.story_id
                 order by max(t.at) desc, t.story_id limit $2
             ) ",
            $($rest)*
        )
    };
}

/// The chapters that were not read, with how many there are of each story: one statement, so that no count differs
/// from its list.
const UNREAD: &str = of_library!(
    ", numbered (id, story_id, title, number) as (
         select c.id, c.story_id, c.title,
                row_number() over (partition by c.story_id order by p.position, p.id, c.position, c.id)
         from shelf h join chapters c on c.story_id = h.story_id join parts p on p.id = c.part_id
         where c.published = 1
     ), unread (id, story_id, title, number, place, unread) as (
         select n.id, n.story_id, n.title, n.number,
                row_number() over (partition by n.story_id order by n.number),
                count(*) over (partition by n.story_id)
         from numbered n where not exists (
             select 1 from chapters_read r where r.user_id = $1 and r.story_id = n.story_id and r.chapter_id = n.id
         )
     )
     select id, story_id, title, number, unread from unread where place <= $3 order by story_id, number"
);

const STORIES: &str = of_library!(
    "select s.id, s.title, ",
    author!("u"),
    ", b.chapter_id, b.number, b.ended,
            (select count(*) from followed_stories f where f.user_id = $1 and f.story_id = s.id) as follows
     from shelf h join stories s on s.id = h.story_id join users u on u.id = s.author_id
          left join bookmarks b on b.user_id = $1 and b.story_id = s.id
     order by h.at desc, s.id"
);

/// The chapters of those stories that have the reader's bookmark, as readers have them now: where the reader goes on is
/// found among them. One statement for all stories.
const CONTENTS: &str = of_library!(
    "select c.story_id, c.id, c.title,
            row_number() over (partition by c.story_id order by p.position, p.id, c.position, c.id) as number
     from shelf h join bookmarks b on b.user_id = $1 and b.story_id = h.story_id
          join chapters c on c.story_id = h.story_id join parts p on p.id = c.part_id
     where c.published = 1 order by c.story_id, number"
);

impl Load for MyLibrary {
    async fn load(&self, reader: &mut Reader) -> Result<ReadAndFollowed> {
        let mut unread = unread(self, reader).await?;
        let contents = my_story::contents(reader, CONTENTS, self.viewer, Self::MOST).await?;
        let rows = sqlx::query(STORIES)
            .bind(self.viewer.to_string())
            // One more than are shown tells whether there are more.
            .bind(i64::from(Self::MOST) + 1)
            .fetch_all(&mut **reader)
            .await?;
        let most = usize::try_from(Self::MOST).unwrap_or(usize::MAX);
        let mut stories = Vec::with_capacity(rows.len());
        for row in rows.iter().take(most) {
            let story = row.parsed("id")?;
            let (unread, next) = unread.remove(&story).unwrap_or_default();
            let read_on = match (row.maybe_text("chapter_id")?, contents.get(&story)) {
                (Some(_), Some(chapters)) => my_story::bookmark(row)?.read_on(chapters),
                (Some(_) | None, Some(_) | None) => None,
            };
            let (title, author, follows) = (row.read("title")?, row.author()?, row.number("follows")? > 0);
            stories.push(LibraryStory { story, title, author, follows, read_on, unread, next });
        }
        let authors = sqlx::query(concat!(
            "select ",
            author!("u"),
            " from followed_authors f join users u on u.id = f.author_id where f.user_id = $1
             order by f.since desc, u.id",
        ))
        .bind(self.viewer.to_string())
        .fetch_all(&mut **reader)
        .await?;
        let authors: Vec<Person> = authors.iter().map(Columns::author).collect::<Result<_>>()?;
        Ok(ReadAndFollowed { stories, authors, more: rows.len() > most })
    }
}

/// How many chapters of a story were not read, and the first of them.
type Unread = (u32, Vec<Neighbour>);

async fn unread(library: &MyLibrary, reader: &mut Reader) -> Result<HashMap<StoryId, Unread>> {
    let rows = sqlx::query(UNREAD)
        .bind(library.viewer.to_string())
        .bind(i64::from(MyLibrary::MOST))
        .bind(i64::from(MyLibrary::NEXT))
        .fetch_all(&mut **reader)
        .await?;
    let mut unread: HashMap<StoryId, Unread> = HashMap::new();
    for row in &rows {
        let (count, next) = unread.entry(row.parsed("story_id")?).or_default();
        *count = row.count("unread")?;
        next.push(my_story::neighbour(row)?);
    }
    Ok(unread)
}
