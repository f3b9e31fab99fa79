//! Replacing words through a whole story, and taking that back: all in one commit, or nothing.
//!
//! It is its author's act, like a save: each text that had the words gets a version, and readers have it at once. A
//! working copy stays one, with the words replaced in it: what was typed and not saved is no reader's.

mod texts;
mod undo;

use domain::{
    Change, Changed, ChosenScene, ChosenScenes, Needle, Replaced, ReplacedIn, ReplacedScene, Replacement, StoryId,
    StoryPath, UserId, VersionKind,
};

use self::texts::{Before, New, Rewritten, rewritten};
use crate::{
    Error, Result, Store, Writing, access, clock, scene_save,
    version::{self, NewVersion},
    working_copy,
};

impl Store {
    /// Puts other words in the place of those that are found in these scenes. Refused if one of them was changed since
    /// its author saw it.
    pub async fn replace_in_story(
        &self,
        author: UserId,
        story: StoryId,
        needle: Needle,
        with: Replacement,
        scenes: ChosenScenes,
    ) -> Result<Changed<Replaced>> {
        let mut tx = self.begin().await?;
        let (at, listing) = access::story(&mut tx, author, story).await?;
        let mut chosen = vec![];
        for scene in scenes.iter() {
            chosen.push((scene.left_out.clone(), seen(&mut tx, at, scene).await?));
        }
        let work = move || chosen.into_iter().map(|(left, before)| rewritten(&needle, &with, &left, before)).collect();
        let rewritten: Result<Vec<Rewritten>> = beside(work).await?;
        let mut replaced = Replaced { places: 0, scenes: vec![] };
        let mut changed = vec![];
        for scene in rewritten?.into_iter().filter(|scene| scene.places > 0) {
            let is_saved = scene.saved.is_some();
            let listing = listing.of_part(scene.before.is_published && is_saved);
            changed.push(ReplacedScene { at: scene.before.at, listing, is_saved });
            replaced.places = replaced.places.saturating_add(scene.places);
            replaced.scenes.push(self.write_replaced(&mut tx, scene).await?);
        }
        tx.commit(Change::WordsReplaced(at, changed), replaced).await
    }

    /// Writes what became of a scene, and says which versions have what it was.
    async fn write_replaced(&self, tx: &mut Writing, scene: Rewritten) -> Result<ReplacedIn> {
        let Rewritten { before, saved, typed, .. } = scene;
        let at = before.at;
        let mut done = ReplacedIn { scene: at.scene, rev: before.rev, kept: before.kept, saved: None, typed: None };
        if let Some(New { texts, words }) = &saved {
            done.saved = Some(scene_save::version_of_now(tx, at).await?);
            done.rev = scene_save::rewrite(tx, at, texts, *words, &self.device).await?;
        }
        if let (Some(working), Some(New { texts, words })) = (&before.working, &typed) {
            let (kind, saved_at) = (VersionKind::Kept, clock::now());
            let old = NewVersion {
                kind,
                rev: None,
                texts: &working.texts,
                words: before.typed_words,
                device: &working.device,
                saved_at,
            };
            version::add(tx, at, old).await?;
            done.typed = Some(version::last(tx, at.scene).await?);
            let is_saved = saved.as_ref().map_or(&before.texts, |saved| &saved.texts) == texts;
            done.kept = working_copy::rewrite(tx, at, (!is_saved).then_some((texts, *words)), &working.device).await?;
        }
        Ok(done)
    }
}

/// A chosen scene as it is, if that is how its author saw it.
async fn seen(tx: &mut Writing, story: StoryPath, chosen: &ChosenScene) -> Result<Before> {
    let before = texts::read(tx, story, chosen.scene).await?;
    if before.rev == chosen.base && before.kept == chosen.kept {
        Ok(before)
    } else {
        Err(Error::Conflict { now: before.rev })
    }
}

/// Looks through long texts beside the other work of the thread.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|died| Error::Internal(died.to_string().into()))
}
