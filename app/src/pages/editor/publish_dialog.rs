//! The question before a story is published: which of its chapters go out, and what is not saved in them.

use domain::{ChapterId, ChapterState, SceneId, Schedule, StoryTree, TreeChapter, UserId};
use leptos::prelude::*;

use super::{place, release, scene};
use crate::components::count::counted;

/// A chapter that may go out with its story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedChapter {
    /// The chapter.
    pub chapter: ChapterId,
    title: String,
    words: u32,
    state: ChapterState,
    /// Its scenes with text that is not saved.
    pub unsaved: Vec<SceneId>,
}

/// What of a chapter stands in the way of its publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offer {
    /// It is chosen already.
    GoesOut,
    /// It can be chosen.
    Choice,
    /// There is nothing in it to read.
    Empty,
}

impl OfferedChapter {
    fn offer(&self) -> Offer {
        if self.state.is_published() {
            Offer::GoesOut
        } else if self.words > 0 || !self.unsaved.is_empty() {
            Offer::Choice
        } else {
            Offer::Empty
        }
    }

    /// Whether it goes out unless its author says otherwise.
    pub fn is_chosen_first(&self) -> bool {
        self.offer() == Offer::Choice && self.state == ChapterState::Draft
    }

    fn facts(&self) -> String {
        let words = counted(self.words, "word", "words");
        let unsaved = if self.unsaved.is_empty() { "" } else { ", with text that isn’t saved yet" };
        match self.offer() {
            Offer::GoesOut => format!("{words}{unsaved}, published before"),
            Offer::Choice => match &self.state {
                ChapterState::Draft | ChapterState::Published => format!("{words}{unsaved}"),
                ChapterState::Scheduled(Schedule { local, zone, .. }) => {
                    format!("{words}{unsaved}, scheduled for {} ({})", local.human(), zone.human())
                }
            },
            Offer::Empty => "empty: it stays a draft".to_owned(),
        }
    }
}

/// The chapters of a story, in order.
pub fn offered(tree: &StoryTree, is_left: impl Fn(SceneId) -> bool) -> Vec<OfferedChapter> {
    let offer = |number: usize, chapter: &TreeChapter| OfferedChapter {
        chapter: chapter.chapter,
        title: place::label(&chapter.title, "Chapter", number),
        words: place::words(chapter),
        state: chapter.state.clone(),
        unsaved: release::unsaved(chapter, &is_left),
    };
    place::chapters(tree).map(|found| offer(found.number, found.chapter)).collect()
}

/// The same, as this browser knows it.
pub fn offered_here(tree: &StoryTree, viewer: UserId) -> Vec<OfferedChapter> {
    let any = scene::is_any_left(viewer);
    offered(tree, |scene| any && scene::is_left(viewer, scene))
}

/// The list from which chapters are chosen.
#[component]
pub fn ChapterChoice(offered: RwSignal<Vec<OfferedChapter>>, chosen: RwSignal<Vec<ChapterId>>) -> impl IntoView {
    let row = move |one: OfferedChapter| {
        let (id, offer) = (one.chapter, one.offer());
        let is_chosen = move || offer == Offer::GoesOut || chosen.with(|chosen| chosen.contains(&id));
        let choose = move |event| {
            let checked = event_target_checked(&event);
            chosen.update(|chosen| {
                chosen.retain(|other| *other != id);
                if checked {
                    chosen.push(id);
                }
            });
        };
        view! {
            <li>
                <label class="chapter-choice-row" data-testid="chapter-choice">
                    <input type="checkbox" disabled=offer != Offer::Choice prop:checked=is_chosen on:change=choose />
                    <span class="chapter-choice-title">{one.title.clone()}</span>
                    <span class="chapter-choice-facts">{one.facts()}</span>
                </label>
            </li>
        }
    };
    view! {
        <fieldset class="chapter-choice">
            <legend class="field-label">"Chapters that go out with it"</legend>
            <ul class="chapter-choice-list">{move || offered.get().into_iter().map(row).collect_view()}</ul>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use domain::Millis;

    use super::*;
    use crate::pages::editor::fixture::story;

    #[track_caller]
    fn check(words: u32, state: ChapterState, left: bool, expected: (Offer, &str)) {
        let mut tree = story(&[&[0]]);
        let chapter = &mut tree.parts[0].chapters[0];
        chapter.scenes[0].words = words;
        chapter.state = state;
        let offered = offered(&tree, |_| left);
        assert_eq!((offered[0].offer(), offered[0].facts().as_str()), expected);
    }

    #[test]
    fn what_is_said_of_a_chapter_before_it_goes_out() {
        use ChapterState::{Draft, Published};
        check(1_204, Draft, false, (Offer::Choice, "1,204 words"));
        check(1_204, Draft, true, (Offer::Choice, "1,204 words, with text that isn’t saved yet"));
        check(0, Draft, false, (Offer::Empty, "empty: it stays a draft"));
        check(0, Draft, true, (Offer::Choice, "no words, with text that isn’t saved yet"));
        check(1, Published, false, (Offer::GoesOut, "1 word, published before"));
        let local = "2026-12-01T09:30".parse().expect("a time");
        let zone = "America/New_York".to_owned().try_into().expect("a zone");
        let scheduled = ChapterState::Scheduled(Schedule { at: Millis(0), local, zone });
        let said = "2 words, scheduled for 1 December 2026, 09:30 (America/New York)";
        check(2, scheduled, false, (Offer::Choice, said));
    }
}
