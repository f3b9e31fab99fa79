//! Replacing what was found: one write, one word about it, and one Undo.

use domain::{ChosenScenes, FoundInStory, Needle, Replacement, StoryId, Unreplaced};
use leptos::{prelude::*, task::spawn_local};

use super::{StoryFinder, choice::LeftOut};
use crate::{
    AppError,
    api::studio::{ReplaceInStory, UndoReplace},
    cache::{Browser, Mutation, use_mutation},
    components::{Toasts, count::counted, offer_undo_saying, use_toasts},
};

/// Refused because a text is another one by now.
const CHANGED: &str =
    "The text was changed in the meantime, so nothing was replaced. The list is new: please look at it again.";

/// What replaces; a handle to it.
#[derive(Clone, Copy)]
pub struct Replacing {
    finder: StoryFinder,
    story: StoryId,
    replace: Mutation<ReplaceInStory>,
    toasts: Toasts,
    browser: StoredValue<Browser>,
    /// What went wrong last.
    pub trouble: RwSignal<Option<String>>,
}

impl Replacing {
    /// Of a story.
    pub fn new(finder: StoryFinder, story: StoryId) -> Self {
        Self {
            finder,
            story,
            replace: use_mutation(),
            toasts: use_toasts(),
            browser: StoredValue::new(Browser::current()),
            trouble: RwSignal::new(None),
        }
    }

    /// Whether it is under way.
    pub fn is_under_way(self) -> bool {
        self.replace.is_under_way()
    }

    /// Replaces what was found, but for what is left out.
    pub fn run(self, needle: Needle, found: &FoundInStory) {
        let scenes = self.finder.left_out.with_untracked(|left| left.scenes(found));
        let with = self.finder.with.with_untracked(|with| Replacement::parse(with));
        let (with, scenes) = match (with, ChosenScenes::try_from(scenes)) {
            (Ok(with), Ok(scenes)) => (with, scenes),
            (Err(error), _) => return self.trouble.set(Some(error.to_string())),
            (_, Err(error)) => return self.trouble.set(Some(error.to_string())),
        };
        let (story, browser) = (self.story, self.browser.get_value());
        spawn_local(async move {
            let trouble = match self.replace.send(ReplaceInStory { story, needle, with, scenes }).await {
                Ok(replaced) => {
                    let scenes = u32::try_from(replaced.scenes.len()).unwrap_or(u32::MAX);
                    let text = format!("Replaced {}.", in_scenes(replaced.places, scenes));
                    offer_undo_saying(
                        self.toasts,
                        browser,
                        &text,
                        UndoReplace { story, scenes: replaced.scenes },
                        |done| undone(*done),
                    );
                    self.finder.left_out.try_set(LeftOut::default());
                    None
                }
                Err(AppError::Conflict(_) | AppError::NotFound) => Some(CHANGED.to_owned()),
                Err(error) => Some(error.to_string()),
            };
            self.trouble.try_set(trouble);
        });
    }
}

/// As in “37 in 9 scenes”.
pub fn in_scenes(matches: u32, scenes: u32) -> String {
    format!("{} in {}", domain::grouped(matches), counted(scenes, "scene", "scenes"))
}

/// What is said of an Undo.
fn undone(done: Unreplaced) -> String {
    let left = match done.left {
        0 => String::new(),
        1 => " 1 scene was changed since, and stays as it is.".to_owned(),
        left => format!(" {left} scenes were changed since, and stay as they are."),
    };
    if done.scenes == 0 {
        format!("Nothing was undone.{left}")
    } else {
        format!("Undone in {}.{left}", counted(done.scenes, "scene", "scenes"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said() {
        assert_eq!(in_scenes(1_037, 1), "1,037 in 1 scene");
        for (scenes, left, expected) in [
            (9, 0, "Undone in 9 scenes."),
            (1, 1, "Undone in 1 scene. 1 scene was changed since, and stays as it is."),
            (0, 2, "Nothing was undone. 2 scenes were changed since, and stay as they are."),
        ] {
            assert_eq!(undone(Unreplaced { scenes, left }), expected);
        }
    }
}
