//! Saving a scene: over the text it was begun from, or joined with one that was saved meanwhile. Each text that it ever
//! had is a version.

use domain::{Device, Rev, SceneId, ScenePath, SceneSave, SceneTexts, VersionKind};

use crate::{
    Error, Result, Writing, clock, progress, room,
    row::Columns,
    version::{self, NewVersion, texts},
    working_copy,
};

/// What a scene has now.
#[derive(Clone, Copy)]
struct Held {
    rev: Rev,
    characters: u64,
    words: u32,
}

/// Saves texts over those that they were begun from. If others were saved meanwhile, and both can be kept, they are
/// joined: then the texts as they were sent are a revision, too, and the joined ones the revision after it. Answers
/// with the revision of what was sent.
pub(crate) async fn joining(
    db: &mut Writing,
    at: ScenePath,
    save: SceneSave,
    words: u32,
    device: &Device,
) -> Result<Rev> {
    let held = held(db, at).await?;
    if save.base == held.rev {
        let kept = save.kept;
        return put(db, at, held, VersionKind::Saved, (save.into(), words), kept, device).await;
    }
    let refused = Error::Conflict { now: held.rev };
    let Some(base) = version::at(db, at.scene, save.base).await? else { return Err(refused) };
    let kept = save.kept;
    let (theirs, mine) = (now(db, at.scene).await?, SceneTexts::from(save));
    // The same text makes no version: its sender finds it there.
    if mine == theirs {
        return Err(refused);
    }
    let joined = join(base, theirs, mine.clone()).await?.ok_or(refused)?;
    let sent = Rev(held.rev.0 + 1);
    let (kind, rev, saved_at) = (VersionKind::Typed, Some(sent), clock::now());
    let typed = NewVersion { kind, rev, texts: &mine, words, device, saved_at };
    version::add(db, at, typed).await?;
    let words = joined.content.words();
    put(db, at, Held { rev: sent, ..held }, VersionKind::Joined, (joined, words), kept, device).await?;
    Ok(sent)
}

/// Saves texts over those that they were begun from, and over no others.
pub(crate) async fn over(db: &mut Writing, at: ScenePath, save: SceneSave, words: u32, device: &Device) -> Result<Rev> {
    let held = held(db, at).await?;
    if save.base != held.rev {
        return Err(Error::Conflict { now: held.rev });
    }
    let kept = save.kept;
    put(db, at, held, VersionKind::Saved, (save.into(), words), kept, device).await
}

/// Saves texts over what a scene has now, which its writer has just looked at. Its working copy stays as it is.
pub(crate) async fn rewrite(
    db: &mut Writing,
    at: ScenePath,
    texts: &SceneTexts,
    words: u32,
    device: &Device,
) -> Result<Rev> {
    let held = held(db, at).await?;
    write(db, at, held, VersionKind::Saved, (texts, words), device).await
}

/// The number of the version that has what a scene has now.
pub(crate) async fn version_of_now(db: &mut Writing, at: ScenePath) -> Result<u32> {
    let held = held(db, at).await?;
    sqlx::query("select max(number) as number from scene_versions where scene_id = $1 and rev = $2")
        .bind(at.scene.to_string())
        .bind(held.rev.0)
        .fetch_one(db)
        .await?
        .count("number")
}

/// What a scene has now. A text from before there were versions becomes the first.
async fn held(db: &mut Writing, at: ScenePath) -> Result<Held> {
    let row = sqlx::query(
        "select rev, characters, words, updated_at,
                (select count(*) from scene_versions v where v.scene_id = scenes.id and v.rev = scenes.rev) as kept
         from scenes where id = $1",
    )
    .bind(at.scene.to_string())
    .fetch_one(&mut *db)
    .await?;
    let characters = row.count("characters")?.into();
    let held = Held { rev: row.rev("rev")?, characters, words: row.count("words")? };
    if row.number("kept")? == 0 {
        let texts = now(db, at.scene).await?;
        if texts.bytes() > 0 {
            let (device, saved_at) = (&Device::default(), row.millis("updated_at")?);
            let (kind, rev, words) = (VersionKind::Saved, Some(held.rev), held.words);
            let first = NewVersion { kind, rev, texts: &texts, words, device, saved_at };
            version::add(db, at, first).await?;
        }
    }
    Ok(held)
}

/// The texts that a scene has now.
pub(crate) async fn now(db: &mut Writing, scene: SceneId) -> Result<SceneTexts> {
    Ok(saved(db, scene).await?.1)
}

/// The same with their revision.
pub(crate) async fn saved(db: &mut Writing, scene: SceneId) -> Result<(Rev, SceneTexts)> {
    let row = sqlx::query("select rev, title, content, goal, conflict, outcome from scenes where id = $1");
    let row = row.bind(scene.to_string()).fetch_one(db).await?;
    Ok((row.rev("rev")?, texts(&row)?))
}

/// Writes what was saved, and says what becomes of the working copy: saved with it, if it goes on from `kept`.
async fn put(
    db: &mut Writing,
    at: ScenePath,
    held: Held,
    kind: VersionKind,
    (texts, words): (SceneTexts, u32),
    kept: Rev,
    device: &Device,
) -> Result<Rev> {
    let (typed_before, typed) = working_copy::settle(db, at, kept, &texts).await?;
    progress::count(db, at, typed_before.unwrap_or(held.words), typed.unwrap_or(words)).await?;
    write(db, at, held, kind, (&texts, words), device).await
}

/// Writes the scene's row, and keeps the version.
async fn write(
    db: &mut Writing,
    at: ScenePath,
    held: Held,
    kind: VersionKind,
    (texts, words): (&SceneTexts, u32),
    device: &Device,
) -> Result<Rev> {
    room::for_text(db, at.above(), held.characters, texts.content.characters().into()).await?;
    let (rev, saved_at) = (Rev(held.rev.0 + 1), clock::now());
    version::add(db, at, NewVersion { kind, rev: Some(rev), texts, words, device, saved_at }).await?;
    sqlx::query(
        "update scenes set title = $1, content = $2, goal = $3, conflict = $4, outcome = $5, rev = $6, updated_at = $7,
                characters = $8, counted = $6, words = $9
         where id = $10",
    )
    .bind(texts.title.as_str())
    .bind(texts.content.as_str())
    .bind(texts.goal.as_str())
    .bind(texts.conflict.as_str())
    .bind(texts.outcome.as_str())
    .bind(rev.0)
    .bind(saved_at.0)
    .bind(i64::from(texts.content.characters()))
    .bind(i64::from(words))
    .bind(at.scene.to_string())
    .execute(&mut *db)
    .await?;
    Ok(rev)
}

/// Long texts are joined beside the other work of the thread.
pub(crate) async fn join(base: SceneTexts, theirs: SceneTexts, mine: SceneTexts) -> Result<Option<SceneTexts>> {
    if base.bytes() + theirs.bytes() + mine.bytes() < LONG {
        return Ok(base.merge(&theirs, &mine));
    }
    let joined = tokio::task::spawn_blocking(move || base.merge(&theirs, &mine)).await;
    joined.map_err(|died| Error::Internal(died.to_string().into()))
}

/// Comparing texts of more bytes than this would hold up everybody else on the thread.
pub(crate) const LONG: usize = 64 * 1024;
