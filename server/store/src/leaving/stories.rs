//! The stories of a person who leaves: what readers have of them may stay; drafts, notes and versions never do.

use domain::{Body, Departure, Legacy, Listing, PostId, StoryId, UserId};

use crate::{
    Error, Result, Writing,
    row::{self, Columns},
};

/// What of a story that stays is its author's alone.
const DESK: [&str; 8] = [
    "delete from scene_versions where story_id = $1",
    "delete from working_copies where story_id = $1",
    "delete from characters where story_id = $1",
    "delete from settings where story_id = $1",
    "delete from chapters where story_id = $1 and published = 0",
    "delete from parts where story_id = $1 and not exists (select 1 from chapters c where c.part_id = parts.id)",
    "update parts set synopsis = '' where story_id = $1",
    "update chapters set synopsis = '' where story_id = $1",
];

/// Deletes what is in the person's trash, with all versions of it.
pub(super) async fn empty_trash(db: &mut Writing, author: UserId) -> Result<()> {
    for statement in [
        "delete from scene_versions where story_id in (select story_id from trash where author_id = $1)",
        "delete from trash_rows where exists (
             select 1 from trash t where t.kind = trash_rows.kind and t.id = trash_rows.id and t.author_id = $1
         )",
        "delete from trash where author_id = $1",
    ] {
        sqlx::query(statement).bind(author.to_string()).execute(&mut *db).await?;
    }
    Ok(())
}

/// Deletes the person's stories, or of those that are out what no reader has.
pub(super) async fn part_with(
    db: &mut Writing,
    author: UserId,
    legacy: Legacy,
    departure: &mut Departure,
) -> Result<()> {
    // What managers hid was unpublished, and has no author who could publish it again.
    sqlx::query("delete from hidden where author_id = $1 and kind in ('story', 'chapter')")
        .bind(author.to_string())
        .execute(&mut *db)
        .await?;
    // Their rows are held until the commit.
    let rows = sqlx::query(
        "update stories set updated_at = updated_at where author_id = $1
         returning id, format, genre, published_at,
                   (select count(*) from chapters c where c.story_id = stories.id and c.published = 1) as chapters",
    )
    .bind(author.to_string())
    .fetch_all(&mut *db)
    .await?;
    for row in &rows {
        let (story, listing): (StoryId, Listing) = (row.parsed("id")?, row.listing()?);
        let is_read = listing.is_public() && row.count("chapters")? > 0;
        if legacy == Legacy::Keep && is_read {
            clear_desk(db, story).await?;
            departure.kept.push((story, listing));
        } else {
            delete(db, story, departure).await?;
            departure.gone.push((story, listing));
        }
    }
    Ok(())
}

async fn delete(db: &mut Writing, story: StoryId, departure: &mut Departure) -> Result<()> {
    let about: Vec<PostId> = row::ids(db, "select id from posts where about_story = $1", story.to_string()).await?;
    departure.about.extend(about);
    for statement in ["delete from scene_versions where story_id = $1", "delete from stories where id = $1"] {
        sqlx::query(statement).bind(story.to_string()).execute(&mut *db).await?;
    }
    Ok(())
}

/// Takes away what no reader has of a story.
async fn clear_desk(db: &mut Writing, story: StoryId) -> Result<()> {
    for statement in DESK {
        sqlx::query(statement).bind(story.to_string()).execute(&mut *db).await?;
    }
    let scenes = sqlx::query("select id, content from scenes where story_id = $1")
        .bind(story.to_string())
        .fetch_all(&mut *db)
        .await?;
    for scene in &scenes {
        let content: Body = scene.read("content")?;
        let shown = content.for_readers();
        sqlx::query(
            "update scenes set title = '', content = $1, characters = $2, goal = '', conflict = '', outcome = ''
             where id = $3",
        )
        .bind(&*shown)
        .bind(i64::try_from(shown.chars().count()).map_err(Error::corrupt)?)
        .bind(scene.text("id")?)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
