//! Folds: which rows are open. Remembered in this browser, story by story.

use std::collections::HashMap;

use domain::StoryId;
use leptos::prelude::*;

use super::shape::Shape;
use crate::{cache::Storage, pages::editor::place::Place};

/// Which rows of an outline are open; a handle to it.
#[derive(Clone, Copy)]
pub struct Folds {
    story: StoryId,
    shape: Memo<Shape>,
    /// Those that are not as they are at first.
    turned: RwSignal<HashMap<Place, bool>>,
}

impl Folds {
    /// All as at first, with this row in sight.
    pub fn new(story: StoryId, shape: Memo<Shape>, shown: Place) -> Self {
        let folds = Self { story, shape, turned: RwSignal::new(HashMap::new()) };
        folds.turn_open(shown);
        folds
    }

    /// Whether a row is open.
    pub fn is_open(self, place: Place) -> bool {
        let is_large = self.shape.with(|shape| shape.is_large);
        self.turned.with(|turned| is_open(turned, is_large, place))
    }

    /// Asks the shape which rows are open, without following either.
    pub fn ask<T>(self, ask: impl FnOnce(&Shape, &dyn Fn(Place) -> bool) -> T) -> T {
        untrack(|| self.follow(ask))
    }

    /// Asks the shape which rows are open, again whenever that changes.
    pub fn follow<T>(self, ask: impl FnOnce(&Shape, &dyn Fn(Place) -> bool) -> T) -> T {
        self.shape.with(|shape| self.turned.with(|turned| ask(shape, &|place| is_open(turned, shape.is_large, place))))
    }

    /// Opens a row, or closes it.
    pub fn fold(self, place: Place, open: bool) {
        self.turn(place, open);
        self.keep();
    }

    /// Opens all that a row stands in.
    pub fn reveal(self, place: Place) {
        if self.turn_open(place) {
            self.keep();
        }
    }

    /// Takes what this browser remembers. Rows that are gone are forgotten.
    pub fn remember(self) {
        let kept = Storage::get(&self.key()).unwrap_or_default();
        let places = kept.split(' ').filter_map(|name| match name.strip_prefix('-') {
            Some(name) => Place::named(name).map(|place| (place, false)),
            None => Place::named(name).map(|place| (place, true)),
        });
        let turned = self
            .shape
            .with_untracked(|shape| places.filter(|(place, _)| shape.row(*place).is_some()).collect::<HashMap<_, _>>());
        if !turned.is_empty() {
            self.turned.update(|now| now.extend(turned));
        }
    }

    fn turn_open(self, place: Place) -> bool {
        let closed = self.ask(|shape, is_open| {
            let above = std::iter::successors(shape.above(place), |&above| shape.above(above));
            above.filter(|&above| !is_open(above)).collect::<Vec<_>>()
        });
        for &above in &closed {
            self.turn(above, true);
        }
        !closed.is_empty()
    }

    fn turn(self, place: Place, open: bool) {
        let is_large = self.shape.with_untracked(|shape| shape.is_large);
        self.turned.update(|turned| {
            turned.remove(&place);
            if is_open(turned, is_large, place) != open {
                turned.insert(place, open);
            }
        });
    }

    fn keep(self) {
        let turned = self.turned.get_untracked();
        if turned.is_empty() {
            Storage::unset(&self.key());
            return;
        }
        let names = turned.iter().map(|(place, open)| format!("{}{}", if *open { "" } else { "-" }, place.name()));
        Storage::set(&self.key(), &names.collect::<Vec<_>>().join(" "));
    }

    fn key(self) -> String {
        format!("quire-outline-{}", self.story)
    }
}

/// At first all are open, but for the chapters of a large story.
fn is_open(turned: &HashMap<Place, bool>, is_large: bool, place: Place) -> bool {
    turned.get(&place).copied().unwrap_or(match place {
        Place::Chapter(_) => !is_large,
        Place::Story | Place::Part(_) | Place::Scene(_) => true,
    })
}
