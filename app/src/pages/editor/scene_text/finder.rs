//! The finder: what is looked for in the text, and which match is at hand.

use std::ops::Range;

use leptos::prelude::*;

use super::{edit::Edit, found, surface::Surface};
use crate::pages::editor::wanted::Wanted;

/// Finding and replacing in a text; a handle to it.
#[derive(Clone, Copy)]
pub struct Finder {
    surface: Surface,
    /// Whether its bar is shown.
    pub is_open: RwSignal<bool>,
    /// What is looked for.
    pub wanted: RwSignal<Wanted>,
    /// What takes its place.
    pub with: RwSignal<String>,
    /// The match at hand is the first from here.
    place: RwSignal<usize>,
    /// Where it stands; nowhere, while the bar is closed.
    pub found: Memo<Vec<Range<usize>>>,
    /// Which of them is at hand.
    pub current: Memo<Option<usize>>,
}

impl Finder {
    /// Closed.
    pub fn new(surface: Surface, text: Signal<String>) -> Self {
        let (is_open, wanted, place) = (RwSignal::new(false), RwSignal::new(Wanted::default()), RwSignal::new(0));
        let found = Memo::new(move |_| {
            let needle = is_open.get().then(|| wanted.with(Wanted::needle)).and_then(Result::ok);
            needle.map(|needle| text.with(|text| needle.places(text))).unwrap_or_default()
        });
        let current =
            Memo::new(move |_| found.with(|found| (!found.is_empty()).then(|| found::nearest(found, place.get()))));
        Self { surface, is_open, wanted, with: RwSignal::new(String::new()), place, found, current }
    }

    /// Opens, and looks for what is selected, from there on.
    pub fn open(self) {
        if let Some((text, selected)) = self.surface.read() {
            self.place.set(selected.start);
            let words = text.get(selected).unwrap_or_default();
            if !words.is_empty() && !words.contains('\n') {
                self.wanted.update(|wanted| words.clone_into(&mut wanted.words));
            }
        }
        self.is_open.set(true);
    }

    /// Closes, and goes to the match in the text.
    pub fn close(self) {
        let at = self.at_hand();
        self.is_open.set(false);
        if let Some((text, selected)) = self.surface.read() {
            self.surface.select(&text, &at.unwrap_or(selected));
        }
    }

    /// Goes to the next match; from the last to the first.
    pub fn next(self) {
        self.go(|current, count| if current + 1 == count { 0 } else { current + 1 });
    }

    /// Goes to the match before.
    pub fn previous(self) {
        self.go(|current, count| current.checked_sub(1).unwrap_or(count - 1));
    }

    /// Replaces the match at hand, and goes to the next one.
    pub fn replace(self) {
        if let Some(at) = self.at_hand() {
            let with = self.with.get_untracked();
            let end = at.start + with.len();
            self.apply(|_| Edit { replaced: at, text: with, selected: end..end });
            self.place.set(end);
        }
    }

    /// Replaces all, in one step that one undo takes back.
    pub fn replace_all(self) {
        let all = self.found.get_untracked();
        if !all.is_empty() {
            self.apply(|text| self.with.with_untracked(|with| found::replaced(text, &all, with)));
        }
    }

    fn apply(self, edit: impl FnOnce(&str) -> Edit) {
        if let Some((text, _)) = self.surface.read() {
            Surface::lend_focus(|| self.surface.apply(&text, &edit(&text)));
        }
    }

    fn at_hand(self) -> Option<Range<usize>> {
        let current = self.current.get_untracked()?;
        self.found.with_untracked(|found| found.get(current).cloned())
    }

    fn go(self, to: impl FnOnce(usize, usize) -> usize) {
        if let Some(current) = self.current.get_untracked() {
            let start = self.found.with_untracked(|found| found.get(to(current, found.len())).map(|one| one.start));
            self.place.set(start.unwrap_or_default());
        }
    }
}
