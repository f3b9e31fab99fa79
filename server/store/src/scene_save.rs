//! Saving a scene: over the text it was begun from, or joined with one that was saved meanwhile. Each text that it ever
//! had is a version.

use domain::{Device, Rev, SceneId, ScenePath, SceneSave, SceneTexts, VersionKind};

use crate::{
    Error, Result, Writing, clock, room,
    row::Columns,
    version::{self, texts},
};

/// What a scene has now.
struct Held {
    rev: Rev,
    characters: u64,
    texts: SceneTexts,
}

/// Saves texts over those that they were begun from. If others were saved meanwhile, and both can be kept, they are
/// joined: then the texts as they were sent are a revision, too, and the joined ones the revision after it. Answers
/// with the revision of what was sent.
pub(crate) async fn joining(db: &mut Writing, at: ScenePath, save: SceneSave, device: &Device) -> Result<Rev> {
    let held = held(db, at).await?;
    if save.base == held.rev {
        return put(db, at, &held, VersionKind::Saved, save.into(), device).await;
    }
    let refused = Error::Conflict { now: held.rev };
    let Some(base) = version::at(db, at.scene, save.base).await? else { return Err(refused) };
    let mine = SceneTexts::from(save);
    // The same text makes no version: its sender finds it there.
    if mine == held.texts {
        return Err(refused);
    }
    let joined = join(base, held.texts.clone(), mine.clone()).await?.ok_or(refused)?;
    let sent = Rev(held.rev.0 + 1);
    version::add(db, at, VersionKind::Typed, Some(sent), &mine, device, clock::now()).await?;
    let held = Held { rev: sent, ..held };
    put(db, at, &held, VersionKind::Joined, joined, device).await?;
    Ok(sent)
}

/// Saves texts over those that they were begun from, and over no others.
pub(crate) async fn over(db: &mut Writing, at: ScenePath, save: SceneSave, device: &Device) -> Result<Rev> {
    let held = held(db, at).await?;
    if save.base != held.rev {
        return Err(Error::Conflict { now: held.rev });
    }
    put(db, at, &held, VersionKind::Saved, save.into(), device).await
}

/// What a scene has now. A text from before there were versions becomes the first.
async fn held(db: &mut Writing, at: ScenePath) -> Result<Held> {
    let row = sqlx::query(
        "select title, content, goal, conflict, outcome, rev, characters, updated_at from scenes where id = $1",
    )
    .bind(at.scene.to_string())
    .fetch_one(&mut *db)
    .await?;
    let held = Held { rev: row.rev("rev")?, characters: row.count("characters")?.into(), texts: texts(&row)? };
    let is_blank = held.texts.bytes() == 0;
    if !is_blank && !is_kept(db, at.scene, held.rev).await? {
        let (unknown, then) = (Device::default(), row.millis("updated_at")?);
        version::add(db, at, VersionKind::Saved, Some(held.rev), &held.texts, &unknown, then).await?;
    }
    Ok(held)
}

/// Whether a revision is among the versions.
async fn is_kept(db: &mut Writing, scene: SceneId, rev: Rev) -> Result<bool> {
    let kept: i64 = sqlx::query_scalar("select count(*) from scene_versions where scene_id = $1 and rev = $2")
        .bind(scene.to_string())
        .bind(rev.0)
        .fetch_one(db)
        .await?;
    Ok(kept > 0)
}

/// Writes the scene's row, and keeps the version.
async fn put(
    db: &mut Writing,
    at: ScenePath,
    held: &Held,
    kind: VersionKind,
    texts: SceneTexts,
    device: &Device,
) -> Result<Rev> {
    room::for_text(db, at.above(), held.characters, texts.content.characters().into()).await?;
    let (rev, now) = (Rev(held.rev.0 + 1), clock::now());
    sqlx::query(
        "update scenes set title = $1, content = $2, words = $3, goal = $4, conflict = $5, outcome = $6, rev = $7,
                updated_at = $8, characters = $9, counted = $7
         where id = $10",
    )
    .bind(texts.title.as_str())
    .bind(texts.content.as_str())
    .bind(i64::from(texts.content.words()))
    .bind(texts.goal.as_str())
    .bind(texts.conflict.as_str())
    .bind(texts.outcome.as_str())
    .bind(rev.0)
    .bind(now.0)
    .bind(i64::from(texts.content.characters()))
    .bind(at.scene.to_string())
    .execute(&mut *db)
    .await?;
    version::add(db, at, kind, Some(rev), &texts, device, now).await?;
    Ok(rev)
}

/// Long texts are joined beside the other work of the thread.
async fn join(base: SceneTexts, theirs: SceneTexts, mine: SceneTexts) -> Result<Option<SceneTexts>> {
    if base.bytes() + theirs.bytes() + mine.bytes() < LONG {
        return Ok(base.merge(&theirs, &mine));
    }
    let joined = tokio::task::spawn_blocking(move || base.merge(&theirs, &mine)).await;
    joined.map_err(|died| Error::Internal(died.to_string().into()))
}

/// Comparing texts of more bytes than this would hold up everybody else on the thread.
pub(crate) const LONG: usize = 64 * 1024;
