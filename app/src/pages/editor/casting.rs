//! What an author can do to a story's cast.

use std::sync::Arc;

use domain::{CastDraft, CastId, CastKind, CastMember, Name, Note, Rev, StoryId, Trashed};
use leptos::{prelude::*, task::spawn_local};

use super::{ask::Question, desk::Desk, parsed};
use crate::{
    AppError,
    api::studio::{AddCastMember, DeleteCastMember, RestoreTrashed, SaveCastMember},
    cache::{Browser, Mutation, use_mutation},
    components::{Toasts, offer_undo_saying, use_toasts},
};

/// What can be done to a story's cast.
#[derive(Clone, Copy)]
pub struct Casting {
    story: StoryId,
    question: RwSignal<Option<Question>>,
    add: Mutation<AddCastMember>,
    save: Mutation<SaveCastMember>,
    delete: Mutation<DeleteCastMember>,
    toasts: Toasts,
    browser: StoredValue<Browser>,
}

impl Casting {
    /// From this desk.
    pub fn new(desk: Desk) -> Self {
        Self {
            story: desk.story,
            question: desk.question,
            add: use_mutation(),
            save: use_mutation(),
            delete: use_mutation(),
            toasts: use_toasts(),
            browser: StoredValue::new(Browser::current()),
        }
    }

    /// The place where the draft of a new one is kept.
    pub fn place_of_new(self, kind: CastKind) -> String {
        format!("new-{kind}-{}", self.story)
    }

    /// Adds a character, or a setting.
    pub async fn add(self, kind: CastKind, name: String, description: String) -> Result<(), AppError> {
        let (story, name, description) = (self.story, parsed(Name::parse(&name))?, parsed(Note::parse(&description))?);
        self.add.send(AddCastMember { story, kind, name, description }).await.map(|_| ())
    }

    /// Saves what the notebook says.
    pub async fn save(
        self,
        kind: CastKind,
        member: CastId,
        name: String,
        description: String,
        base: Rev,
    ) -> Result<Rev, AppError> {
        let (name, description) = (parsed(Name::parse(&name))?, parsed(Note::parse(&description))?);
        self.save.send(SaveCastMember { kind, member, draft: CastDraft { name, description, base } }).await
    }

    /// Deletes a character, or a setting, when the author is sure.
    pub fn delete(self, CastMember { kind, member, name, .. }: &CastMember, error: RwSignal<Option<AppError>>) {
        let (kind, member) = (*kind, *member);
        let browser = self.browser.get_value();
        let done = Arc::new(move || {
            let browser = browser.clone();
            spawn_local(async move {
                let done = self.delete.send(DeleteCastMember { kind, member }).await;
                if done.is_ok() {
                    let text = format!("The {kind} is in the trash.");
                    let what = Trashed::cast_member(kind, member);
                    offer_undo_saying(self.toasts, browser, &text, RestoreTrashed { what }, ToString::to_string);
                }
                error.try_set(done.err());
            });
        });
        self.question.set(Some(Question {
            title: format!("Delete “{name}”?"),
            text: "Your notes on them go with it. You can have them back from the trash for 30 days.".to_owned(),
            button: "Delete".to_owned(),
            done,
        }));
    }
}
