//! Renaming: the part or chapter whose title is typed, and how it is saved.

use std::time::Duration;

use domain::{ChapterDraft, Heading, PartDraft, StoryTree};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{
    outline, parsed,
    place::{self, Place},
};
use crate::{
    AppError,
    api::studio::{SaveChapter, SavePart},
    cache::{Mutation, use_mutation},
    components::is_focus_free,
};

/// The place that is being renamed, and the title so far. It outlives its field, which is replaced with the outline.
#[derive(Clone, Copy)]
pub struct Renaming {
    /// The title so far.
    pub title: RwSignal<String>,
    place: RwSignal<Option<Place>>,
    save_part: Mutation<SavePart>,
    save_chapter: Mutation<SaveChapter>,
}

impl Renaming {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            title: RwSignal::new(String::new()),
            place: RwSignal::new(None),
            save_part: use_mutation(),
            save_chapter: use_mutation(),
        }
    }

    /// Whether this is being renamed.
    pub fn is_of(self, place: Place) -> bool {
        self.place.get() == Some(place)
    }

    /// Whether this has a title that can be changed in the outline.
    pub const fn can_be(place: Place) -> bool {
        match place {
            Place::Part(_) | Place::Chapter(_) => true,
            Place::Story | Place::Scene(_) => false,
        }
    }

    /// Begins the typing; in the place's own form, if that is open.
    pub fn begin(self, tree: Memo<StoryTree>, open: Place, place: Place) {
        if open == place {
            focus("#heading-title".to_owned());
            return;
        }
        self.title.set(tree.with_untracked(|tree| {
            match place {
                Place::Part(part) => place::part(tree, part).map(|(_, part)| part.title.to_string()),
                Place::Chapter(chapter) => place::chapter(tree, chapter).map(|found| found.chapter.title.to_string()),
                Place::Story | Place::Scene(_) => None,
            }
            .unwrap_or_default()
        }));
        self.place.set(Some(place));
    }

    /// Ends the typing, with or without a save.
    pub fn end(self, place: Place) {
        self.place.try_set(None);
        focus(format!("#{}", outline::row_id(place)));
    }

    /// Saves the title over what else is saved of it.
    pub async fn save(self, tree: Memo<StoryTree>, place: Place) -> Result<(), AppError> {
        let title = parsed(Heading::parse(&self.title.get_untracked()))?;
        match place {
            Place::Part(part) => {
                let draft = tree.with_untracked(|tree| {
                    let (_, found) = place::part(tree, part)?;
                    Some(PartDraft { title, synopsis: found.synopsis.clone(), base: found.rev })
                });
                self.save_part.send(SavePart { part, draft: draft.ok_or(AppError::NotFound)? }).await?;
            }
            Place::Chapter(chapter) => {
                let draft = tree.with_untracked(|tree| {
                    let found = place::chapter(tree, chapter)?.chapter;
                    Some(ChapterDraft { title, synopsis: found.synopsis.clone(), base: found.rev })
                });
                self.save_chapter.send(SaveChapter { chapter, draft: draft.ok_or(AppError::NotFound)? }).await?;
            }
            Place::Story | Place::Scene(_) => {}
        }
        self.end(place);
        Ok(())
    }
}

/// How long after a save the outline may be replaced once more: by what the live line tells of it.
const REPLACED: Duration = Duration::from_millis(500);

/// Gives the focus to something once it is on screen; and once more, if it was replaced and nothing else has it.
pub fn focus(selector: String) {
    let again = selector.clone();
    request_animation_frame(move || focus_now(&selector));
    set_timeout(
        move || {
            if is_focus_free() {
                focus_now(&again);
            }
        },
        REPLACED,
    );
}

fn focus_now(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        found.focus().ok();
    }
}
