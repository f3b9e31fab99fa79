//! Restoring: things come back from the trash to where they were, or say where they are instead.

use domain::{
    Bound, Branch, Change, Changed, ChapterId, ChapterPath, Heading, Listing, NotRestored, PartId, ReadersThen,
    Restored, StoryPath, Trashed, UserId,
};
use serde_json::Value;

use super::{
    branch::{branch_of_chapter, branch_of_part, branch_of_story},
    forget,
    stored::{self, POSTS, StoredRow},
    story_of,
};
use crate::{Error, Result, Store, Writing, access, chapter, order, part, room, row::Columns, search};

impl Store {
    /// Takes a thing out of the trash. What readers had is a draft now, except a scene: its chapter decides.
    pub async fn restore_trashed(&self, author: UserId, what: Trashed) -> Result<Changed<Restored>> {
        let mut tx = self.begin().await?;
        let story = story_of(&mut tx, author, what).await?;
        let rows = stored::find(&mut tx, what).await?;
        let at = match what {
            Trashed::Story(_) => {
                access::writer(&mut tx, author).await?;
                room::for_one(&mut tx, Bound::AuthorStories, author).await?;
                StoryPath { author, story }
            }
            Trashed::Part(_) | Trashed::Chapter(_) | Trashed::Scene(_) => {
                access::story(&mut tx, author, story).await.map(|(at, _)| at).map_err(without_story)?
            }
            // What is noted there changes nothing in the story.
            Trashed::Character(_) | Trashed::Setting(_) => {
                access::notebook(&mut *tx, author, story).await.map_err(without_story)?
            }
        };
        let home = Home::find(&mut tx, at, what, &rows).await?;
        room_for(&mut tx, at, home.chapter, &rows).await?;
        put_back(&mut tx, &rows, &home).await?;
        if let Trashed::Story(story) = what {
            search::index_story(&mut tx, story).await?;
        }
        place(&mut tx, what, &rows, &home).await?;
        forget(&mut tx, what).await?;
        let (change, readers) = fact(&mut tx, at, what, &rows, &home).await?;
        tx.commit(change, Restored { what, story, elsewhere: home.elsewhere, readers }).await
    }
}

fn without_story(error: Error) -> Error {
    if matches!(error, Error::NotFound) { Error::NotRestored(NotRestored::StoryIsTrashed) } else { error }
}

/// Where a thing goes back to.
struct Home {
    part: Option<PartId>,
    chapter: Option<ChapterId>,
    /// The title of the part or chapter, if it is another than before.
    elsewhere: Option<Heading>,
}

impl Home {
    /// The part or chapter that it stood in; if that is gone, the story's last one.
    async fn find(db: &mut Writing, at: StoryPath, what: Trashed, rows: &[StoredRow]) -> Result<Self> {
        let nowhere = Self { part: None, chapter: None, elsewhere: None };
        let own = rows.first().ok_or_else(|| Error::corrupt("nothing in the trash"))?;
        match what {
            Trashed::Story(_) | Trashed::Part(_) | Trashed::Character(_) | Trashed::Setting(_) => Ok(nowhere),
            Trashed::Chapter(_) => {
                let before = own.text("part_id").unwrap_or_default();
                if is_there(db, "select count(*) from parts where id = $1 and story_id = $2", before, at).await? {
                    return Ok(Self { part: Some(before.parse().map_err(Error::corrupt)?), ..nowhere });
                }
                let (part, title) = last_part(db, at).await?;
                Ok(Self { part: Some(part), elsewhere: Some(title), ..nowhere })
            }
            Trashed::Scene(_) => {
                let before = own.text("chapter_id").unwrap_or_default();
                if is_there(db, "select count(*) from chapters where id = $1 and story_id = $2", before, at).await? {
                    return Ok(Self { chapter: Some(before.parse().map_err(Error::corrupt)?), ..nowhere });
                }
                let (chapter, title) = last_chapter(db, at).await?;
                Ok(Self { chapter: Some(chapter), elsewhere: Some(title), ..nowhere })
            }
        }
    }
}

async fn is_there(db: &mut Writing, statement: &'static str, id: &str, at: StoryPath) -> Result<bool> {
    let there: i64 = sqlx::query_scalar(statement).bind(id).bind(at.story.to_string()).fetch_one(db).await?;
    Ok(there > 0)
}

/// The story's last part; a new one, if it has none.
async fn last_part(db: &mut Writing, at: StoryPath) -> Result<(PartId, Heading)> {
    match part::last(db, at.story).await? {
        Some(last) => Ok(last),
        None => Ok((part::insert(db, at, 0, &Heading::default()).await?, Heading::default())),
    }
}

/// The story's last chapter; a new one, if it has none.
async fn last_chapter(db: &mut Writing, at: StoryPath) -> Result<(ChapterId, Heading)> {
    let last = sqlx::query(
        "select c.id, c.title from chapters c join parts p on p.id = c.part_id
         where c.story_id = $1 order by p.position desc, p.id desc, c.position desc, c.id desc limit 1",
    )
    .bind(at.story.to_string())
    .fetch_optional(&mut *db)
    .await?;
    if let Some(row) = last {
        return Ok((row.parsed("id")?, row.read("title")?));
    }
    let (above, _) = last_part(db, at).await?;
    let chapter = chapter::insert(db, at.part(above), 0, &Heading::default()).await?;
    Ok((chapter, Heading::default()))
}

/// Refuses what there is no room for any more.
async fn room_for(db: &mut Writing, at: StoryPath, chapter: Option<ChapterId>, rows: &[StoredRow]) -> Result<()> {
    let of = |table: &str| rows.iter().filter(|row| row.table == table).count() as u64;
    let is_story = of("stories") > 0;
    // A story brings its own room, and what was in it had room there.
    if is_story {
        return Ok(());
    }
    let characters: i64 =
        rows.iter().filter(|row| row.table == "scenes").filter_map(|row| row.number("characters")).sum();
    let characters = u64::try_from(characters).unwrap_or_default();
    for (bound, more) in [
        (Bound::StoryParts, of("parts")),
        (Bound::StoryChapters, of("chapters")),
        (Bound::StoryScenes, of("scenes")),
        (Bound::StoryCharacters, characters),
        (Bound::Cast, of("characters")),
        (Bound::Settings, of("settings")),
    ] {
        room::for_many(db, bound, at.story, more).await?;
    }
    if let Some(chapter) = chapter {
        room::for_many(db, Bound::ChapterScenes, chapter, 1).await?;
        room::for_many(db, Bound::ChapterCharacters, chapter, characters).await?;
    }
    Ok(())
}

/// Puts the rows back, as drafts, with the thing itself in its home.
async fn put_back(db: &mut Writing, rows: &[StoredRow], home: &Home) -> Result<()> {
    for (number, row) in rows.iter().enumerate() {
        if row.table == POSTS {
            let (Some(post), Some(story)) = (row.text("id"), rows[0].text("id")) else { continue };
            // One that was deleted meanwhile, or is about another story now, stays as it is.
            sqlx::query("update posts set about_story = $1 where id = $2 and about_story is null")
                .bind(story)
                .bind(post)
                .execute(&mut *db)
                .await?;
            continue;
        }
        let mut row = row.clone();
        match row.table {
            "stories" => {
                row.content.remove("published_at");
            }
            "chapters" => {
                row.content.insert("published".to_owned(), Value::from(0));
                for column in ["release_at", "release_local", "release_zone"] {
                    row.content.remove(column);
                }
            }
            _ => {}
        }
        if number == 0 {
            let homes = [
                ("part_id", home.part.map(|id| id.to_string())),
                ("chapter_id", home.chapter.map(|id| id.to_string())),
            ];
            for (column, home) in homes {
                if let Some(home) = home {
                    row.content.insert(column.to_owned(), Value::from(home));
                }
            }
        }
        stored::put_back(db, &row).await?;
    }
    Ok(())
}

/// Gives the thing its old place among its siblings, or the last one elsewhere.
async fn place(db: &mut Writing, what: Trashed, rows: &[StoredRow], home: &Home) -> Result<()> {
    let own = &rows[0];
    let (siblings, parent) = match what {
        Trashed::Story(_) | Trashed::Character(_) | Trashed::Setting(_) => return Ok(()),
        Trashed::Part(_) => (order::PARTS, own.text("story_id").unwrap_or_default().to_owned()),
        Trashed::Chapter(_) => (order::CHAPTERS, home.part.map(|id| id.to_string()).unwrap_or_default()),
        Trashed::Scene(_) => (order::SCENES, home.chapter.map(|id| id.to_string()).unwrap_or_default()),
    };
    let before = own.number("position").and_then(|place| u32::try_from(place).ok());
    let place = if home.elsewhere.is_some() { u32::MAX } else { before.unwrap_or(u32::MAX) };
    order::place(db, siblings, &parent, &what.id(), place).await
}

/// What became true, and what readers have of it.
async fn fact(
    db: &mut Writing,
    at: StoryPath,
    what: Trashed,
    rows: &[StoredRow],
    home: &Home,
) -> Result<(Change, ReadersThen)> {
    let had_chapter = rows.iter().any(|row| row.table == "chapters" && row.number("published") == Some(1));
    let drafts = if had_chapter { ReadersThen::NoLonger } else { ReadersThen::Never };
    Ok(match what {
        Trashed::Story(story) => {
            let was_out = rows[0].number("published_at").is_some();
            let readers = if was_out { ReadersThen::NoLonger } else { ReadersThen::Never };
            (Change::StoryRestored(at, branch_of_story(db, story).await?), readers)
        }
        Trashed::Part(part) => (Change::PartRestored(at.part(part), branch_of_part(db, part).await?), drafts),
        Trashed::Chapter(chapter) => {
            let part = home.part.ok_or_else(|| Error::corrupt("a chapter without a part"))?;
            let branch: Branch = branch_of_chapter(db, chapter).await?;
            (Change::ChapterRestored(at.part(part).chapter(chapter), branch), drafts)
        }
        Trashed::Scene(scene) => {
            let above = home.chapter.ok_or_else(|| Error::corrupt("a scene without a chapter"))?;
            let (above, listing): (ChapterPath, Listing) = access::chapter(db, at.author, above).await?;
            let readers = if listing.is_public() { ReadersThen::Again } else { ReadersThen::Never };
            (Change::SceneRestored(above.scene(scene), listing), readers)
        }
        Trashed::Character(member) => {
            (Change::CastMemberRestored(at, domain::CastKind::Character, member), ReadersThen::Never)
        }
        Trashed::Setting(member) => {
            (Change::CastMemberRestored(at, domain::CastKind::Setting, member), ReadersThen::Never)
        }
    })
}
