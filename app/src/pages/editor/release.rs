//! Publishing a chapter and taking it back: what a desk can do about it.

use std::sync::Arc;

use domain::{ChapterId, SceneId, TreeChapter, TreeScene};
use leptos::{prelude::*, task::spawn_local};

use super::{ask::Question, publish_form::save_all};
use crate::{
    AppError,
    api::studio::{PublishChapter, SaveScene, UnpublishChapter},
    cache::{Browser, Mutation, use_mutation},
    components::{Toasts, offer_undo, use_toasts},
};

/// What publishes chapters; a handle to it.
#[derive(Clone, Copy)]
pub struct Release {
    publish: Mutation<PublishChapter>,
    unpublish: Mutation<UnpublishChapter>,
    save: Mutation<SaveScene>,
    toasts: Toasts,
    browser: StoredValue<Browser>,
    error: RwSignal<Option<AppError>>,
}

impl Release {
    /// Tells in `error` what goes wrong.
    pub fn new(error: RwSignal<Option<AppError>>) -> Self {
        Self {
            publish: use_mutation(),
            unpublish: use_mutation(),
            save: use_mutation(),
            toasts: use_toasts(),
            browser: StoredValue::new(Browser::current()),
            error,
        }
    }

    /// Lets readers have a chapter. Asks first, if these scenes of it have text that is not saved.
    pub fn publish(self, chapter: ChapterId, unsaved: Vec<SceneId>, question: RwSignal<Option<Question>>) {
        if unsaved.is_empty() {
            self.save_and_publish(chapter, vec![]);
            return;
        }
        question.set(Some(Question {
            title: "Save before publishing?".to_owned(),
            text: "This chapter has text that isn’t saved yet. Readers would not see it.".to_owned(),
            button: "Save and publish".to_owned(),
            done: Arc::new(move || self.save_and_publish(chapter, unsaved.clone())),
        }));
    }

    /// Takes a chapter back. In a story that is not out there is no Undo: its chapters are published with it.
    pub fn unpublish(self, chapter: ChapterId, story_is_out: bool) {
        let browser = self.browser.get_value();
        spawn_local(async move {
            let done = self.unpublish.send(UnpublishChapter { chapter }).await;
            if done.is_ok() && story_is_out {
                let text = "Unpublished. Only you can read this chapter now.";
                offer_undo(self.toasts, browser, text, PublishChapter { chapter });
            }
            self.error.try_set(done.err());
        });
    }

    fn save_and_publish(self, chapter: ChapterId, unsaved: Vec<SceneId>) {
        let browser = self.browser.get_value();
        spawn_local(async move {
            let done = match save_all(unsaved, self.save).await {
                Ok(()) => self.publish.send(PublishChapter { chapter }).await,
                Err(error) => Err(error),
            };
            if done.is_ok() {
                let text = "Published. Everyone can read this chapter now.";
                offer_undo(self.toasts, browser, text, UnpublishChapter { chapter });
            }
            self.error.try_set(done.err());
        });
    }
}

/// A chapter's scenes with text that is not saved: kept on the server, or left in this browser.
pub fn unsaved(chapter: &TreeChapter, is_left: impl Fn(SceneId) -> bool) -> Vec<SceneId> {
    let unsaved = |scene: &&TreeScene| scene.unsaved || is_left(scene.scene);
    chapter.scenes.iter().filter(unsaved).map(|scene| scene.scene).collect()
}
