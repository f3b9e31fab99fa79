//! Working copies: what authors typed into scenes and have not saved. They are their author's alone, and go on from the
//! scene's last revision: each save settles what becomes of them.

use domain::{
    Change, Changed, Device, Keep, Millis, NOTED_EVERY, Rev, SceneId, ScenePath, SceneTexts, UserId, VersionKind,
    WorkingCopy,
};
use sqlx::{Any, Executor};

use crate::{
    Error, Result, Store, Writing, access, clock, progress,
    row::Columns,
    scene_save::{join, now, saved},
    version::{self, NewVersion, texts},
};

/// What is kept of a scene.
struct Held {
    rev: Rev,
    begun_at: Millis,
    /// How many words its text has.
    words: u32,
    working: Option<WorkingCopy>,
}

impl Store {
    /// Keeps what was typed into a scene. Refused if it doesn't know what was saved or kept last. What is kept already is
    /// not written again, and what is as it was saved needs no working copy.
    pub async fn keep_working_copy(&self, author: UserId, scene: SceneId, keep: Keep) -> Result<Changed<Rev>> {
        let words = keep.texts.content.words();
        let mut tx = self.begin().await?;
        let at = access::typed_scene(&mut tx, author, scene).await?;
        let held = held(&mut *tx, scene).await?;
        let (saved, saved_texts) = saved(&mut tx, scene).await?;
        let (rev, texts) = held
            .as_ref()
            .map_or((Rev(0), None), |held| (held.rev, held.working.as_ref().map(|working| &working.texts)));
        if texts == Some(&keep.texts) {
            return tx.commit(Change::WorkingCopyKept(at), rev).await;
        }
        if keep.base != saved || keep.kept != rev {
            return Err(Error::Conflict { now: saved });
        }
        let typed = held.as_ref().filter(|_| texts.is_some()).map(|held| held.words);
        progress::count(&mut tx, at, typed.unwrap_or_else(|| saved_texts.content.words()), words).await?;
        if keep.texts == saved_texts {
            let rev = if texts.is_some() { close(&mut tx, scene, rev).await? } else { rev };
            return tx.commit(Change::WorkingCopyLeft(at), rev).await;
        }
        let (was_open, now) = (texts.is_some(), clock::now());
        let begun_at = held.filter(|_| was_open).map_or(now, |held| held.begun_at);
        if is_long_ago(&mut tx, scene, begun_at, now).await? {
            let (kind, rev, texts, device) = (VersionKind::Kept, None, &keep.texts, &self.device);
            version::add(&mut tx, at, NewVersion { kind, rev, texts, words, device, saved_at: now }).await?;
        }
        let rev = Rev(rev.0 + 1);
        write(&mut tx, at, rev, (&keep.texts, words), (&self.device, begun_at, now)).await?;
        let change = if was_open { Change::WorkingCopyKept(at) } else { Change::WorkingCopyBegun(at) };
        tx.commit(change, rev).await
    }

    /// Goes back to what is saved of a scene. What was typed is a version from then on. Refused if `kept` is not what was
    /// kept last.
    pub async fn leave_working_copy(&self, author: UserId, scene: SceneId, kept: Rev) -> Result<Changed<Rev>> {
        let mut tx = self.begin().await?;
        let at = access::typed_scene(&mut tx, author, scene).await?;
        let held = held(&mut *tx, scene).await?.ok_or(Error::NotFound)?;
        if held.rev != kept {
            return Err(Error::Conflict { now: held.rev });
        }
        let rev = match &held.working {
            Some(working) => {
                let (_, saved) = saved(&mut tx, scene).await?;
                progress::count(&mut tx, at, held.words, saved.content.words()).await?;
                set_aside(&mut tx, at, working, held.words).await?;
                close(&mut tx, scene, held.rev).await?
            }
            None => held.rev,
        };
        tx.commit(Change::WorkingCopyLeft(at), rev).await
    }
}

/// The revision of a scene's working copy, and what is in it.
pub(crate) async fn of(db: impl Executor<'_, Database = Any>, scene: SceneId) -> Result<(Rev, Option<WorkingCopy>)> {
    Ok(held(db, scene).await?.map_or((Rev(0), None), |held| (held.rev, held.working)))
}

/// These texts are about to be saved. A working copy that they go on from, or that says the same, is saved with them. One
/// that they don't know is joined with them, and stays; where that can't be, it becomes a version. Says how many words it
/// had, and has, while there is one.
pub(crate) async fn settle(
    db: &mut Writing,
    at: ScenePath,
    kept: Rev,
    saved: &SceneTexts,
) -> Result<(Option<u32>, Option<u32>)> {
    let Some(Held { rev, begun_at, words, working: Some(working) }) = held(&mut *db, at.scene).await? else {
        return Ok((None, None));
    };
    if rev == kept || working.texts == *saved {
        close(db, at.scene, rev).await?;
        return Ok((Some(words), None));
    }
    let before = now(db, at.scene).await?;
    match join(before, working.texts.clone(), saved.clone()).await? {
        Some(joined) if joined != *saved => {
            let stays = joined.content.words();
            write(db, at, Rev(rev.0 + 1), (&joined, stays), (&working.device, begun_at, working.kept_at)).await?;
            return Ok((Some(words), Some(stays)));
        }
        Some(_) => {}
        None => set_aside(db, at, &working, words).await?,
    }
    close(db, at.scene, rev).await?;
    Ok((Some(words), None))
}

/// Puts texts into a scene's working copy, or ends it, where its writer holds the story's row.
pub(crate) async fn rewrite(
    db: &mut Writing,
    at: ScenePath,
    new: Option<(&SceneTexts, u32)>,
    device: &Device,
) -> Result<Rev> {
    let held = held(&mut *db, at.scene).await?.ok_or(Error::NotFound)?;
    let Some(new) = new else { return close(db, at.scene, held.rev).await };
    let (rev, now) = (Rev(held.rev.0 + 1), clock::now());
    let begun_at = if held.working.is_some() { held.begun_at } else { now };
    write(db, at, rev, new, (device, begun_at, now)).await?;
    Ok(rev)
}

async fn held(db: impl Executor<'_, Database = Any>, scene: SceneId) -> Result<Option<Held>> {
    let row = sqlx::query(
        "select rev, is_open, title, content, words, goal, conflict, outcome, device, begun_at, kept_at
         from working_copies where scene_id = $1",
    )
    .bind(scene.to_string())
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let working = if row.number("is_open")? == 1 {
        Some(WorkingCopy { texts: texts(&row)?, device: row.read("device")?, kept_at: row.millis("kept_at")? })
    } else {
        None
    };
    Ok(Some(Held { rev: row.rev("rev")?, begun_at: row.millis("begun_at")?, words: row.count("words")?, working }))
}

async fn write(
    db: &mut Writing,
    at: ScenePath,
    rev: Rev,
    (texts, words): (&SceneTexts, u32),
    (device, begun_at, kept_at): (&Device, Millis, Millis),
) -> Result<()> {
    sqlx::query(
        "insert into working_copies (scene_id, story_id, rev, is_open, title, content, words, goal, conflict, outcome,
                device, begun_at, kept_at)
         values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (scene_id) do update set rev = excluded.rev, is_open = 1, title = excluded.title,
                content = excluded.content, words = excluded.words, goal = excluded.goal, conflict = excluded.conflict,
                outcome = excluded.outcome, device = excluded.device, begun_at = excluded.begun_at,
                kept_at = excluded.kept_at",
    )
    .bind(at.scene.to_string())
    .bind(at.story.to_string())
    .bind(rev.0)
    .bind(texts.title.as_str())
    .bind(texts.content.as_str())
    .bind(i64::from(words))
    .bind(texts.goal.as_str())
    .bind(texts.conflict.as_str())
    .bind(texts.outcome.as_str())
    .bind(device.as_str())
    .bind(begun_at.0)
    .bind(kept_at.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Empties it. Its revision goes on, so that no page takes it for one that it knew.
async fn close(db: &mut Writing, scene: SceneId, rev: Rev) -> Result<Rev> {
    let rev = Rev(rev.0 + 1);
    sqlx::query(
        "update working_copies set rev = $1, is_open = 0, title = '', content = '', words = 0, goal = '', conflict = '', outcome = ''
         where scene_id = $2",
    )
    .bind(rev.0)
    .bind(scene.to_string())
    .execute(db)
    .await?;
    Ok(rev)
}

async fn set_aside(db: &mut Writing, at: ScenePath, working: &WorkingCopy, words: u32) -> Result<()> {
    let WorkingCopy { texts, device, .. } = working;
    let (kind, saved_at) = (VersionKind::SetAside, clock::now());
    version::add(db, at, NewVersion { kind, rev: None, texts, words, device, saved_at }).await
}

/// Whether the history has gone without a text for so long that it gets one.
async fn is_long_ago(db: &mut Writing, scene: SceneId, begun_at: Millis, now: Millis) -> Result<bool> {
    let last: Option<i64> = sqlx::query_scalar("select max(saved_at) from scene_versions where scene_id = $1")
        .bind(scene.to_string())
        .fetch_one(db)
        .await?;
    Ok(last.map_or(begun_at.0, |last| last.max(begun_at.0)) + NOTED_EVERY <= now.0)
}
