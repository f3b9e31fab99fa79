//! The rows of an outline: which is shown, which the Tab key leads to, and what keys do on them.

use domain::StoryTree;
use leptos::{ev, prelude::*};

use super::{
    dragging::Dragging,
    folds::Folds,
    screen,
    shape::{Row, Shape, TreeItem},
    steps::{self, Key, Step},
};
use crate::pages::editor::{
    desk::Desk,
    moves::{Way, one_place},
    place::{Place, above},
    renaming::Renaming,
};

/// How long after a letter another one goes on from it, in milliseconds.
const PAUSE: f64 = 700.0;

/// The rows; a handle to them.
#[derive(Clone, Copy)]
pub struct Rows {
    /// Whose outline it is.
    pub desk: Desk,
    /// Which rows there are.
    pub shape: Memo<Shape>,
    /// Which of them are open.
    pub folds: Folds,
    /// Which of them is dragged.
    pub dragging: Dragging,
    /// Whether the keys work: from then on the Tab key leads to one row alone.
    pub is_alive: RwSignal<bool>,
    active: RwSignal<Place>,
    in_hand: Memo<Place>,
    // Thousands of rows ask these, and two hear of a change.
    shown: StoredValue<Selector<Place>>,
    stop: StoredValue<Selector<Place>>,
    growing: StoredValue<Selector<Place>>,
    typed: StoredValue<(String, f64)>,
}

impl Rows {
    /// The rows of a desk's story.
    pub fn new(desk: Desk) -> Self {
        let shape = Memo::new(move |_| desk.tree.with(Shape::of));
        let shown = Memo::new(move |_| shape.with(|shape| shape.row_of(desk.place.get())));
        let in_hand = Memo::new(move |_| desk.tree.with(|tree| chapter_around(tree, desk.place.get())));
        let folds = Folds::new(desk.story, shape, shown.get_untracked());
        let active = RwSignal::new(shown.get_untracked());
        let stop = Memo::new(move |_| folds.follow(|shape, is_open| shape.nearest_visible(active.get(), is_open)));
        let rows = Self {
            desk,
            shape,
            folds,
            dragging: Dragging::new(desk),
            is_alive: RwSignal::new(false),
            active,
            shown: StoredValue::new(Selector::new(move || shown.get())),
            stop: StoredValue::new(Selector::new(move || stop.get())),
            in_hand,
            growing: StoredValue::new(Selector::new(move || in_hand.get())),
            typed: StoredValue::new((String::new(), 0.0)),
        };
        Effect::new(move |before: Option<()>| {
            let shown = shown.get();
            if before.is_none() {
                folds.remember();
                rows.is_alive.set(true);
                screen::tame();
            }
            folds.reveal(shown);
            active.set(shown);
            screen::scroll_to(shown);
        });
        Effect::new(move || {
            if let Some(moved) = desk.moved.get() {
                rows.show_moved(moved);
            }
        });
        rows
    }

    /// What a row says now; what it said, once it is gone.
    pub fn follow(self, place: Place) -> Memo<Row> {
        Memo::new(move |last: Option<&Row>| {
            let now = self.shape.with(|shape| shape.row(place).cloned());
            now.or_else(|| last.cloned()).unwrap_or_else(|| Row::of_nothing(place))
        })
    }

    /// Whether a row is that of the place which is being edited.
    pub fn is_shown(self, place: Place) -> bool {
        self.shown.with_value(|shown| shown.selected(&place))
    }

    /// Whether the Tab key leads to a row.
    pub fn is_stop(self, place: Place) -> bool {
        self.stop.with_value(|stop| stop.selected(&place))
    }

    /// Whether this is the chapter that is being edited, or one of its scenes is.
    pub fn is_in_hand(self, chapter: Place) -> bool {
        self.growing.with_value(|growing| growing.selected(&chapter))
    }

    /// The focus is on a row, or in it.
    pub fn on_focus(self, event: &ev::FocusEvent) {
        if let Some(place) = screen::row_around(event) {
            self.active.set(place);
        }
    }

    /// A key was pressed on a row.
    pub fn on_key(self, event: &ev::KeyboardEvent) {
        let at = match screen::item_at(event) {
            Some(TreeItem::Row(at)) => at,
            Some(TreeItem::Next(above)) => return self.on_key_below(event, above),
            None => return,
        };
        let is_shift = event.shift_key();
        let is_done = match (event.key().as_str(), event.alt_key(), event.ctrl_key() || event.meta_key()) {
            ("ArrowUp", true, false) => self.put(at, Way::Up),
            ("ArrowDown", true, false) => self.put(at, Way::Down),
            ("F2", false, false) if Renaming::can_be(at) => {
                self.desk.rename(at);
                true
            }
            ("F10", false, false) if is_shift => screen::open_menu(at),
            ("ContextMenu", false, false) => screen::open_menu(at),
            ("Escape", ..) if self.dragging.is_under_way() => {
                self.dragging.cancel();
                true
            }
            ("Enter", false, false) => screen::follow_link(event, at),
            (key, false, false) => match Key::of(key, screen::is_right_to_left(at)) {
                Some(_) if is_shift => false,
                Some(key) => self.step(TreeItem::Row(at), key),
                None => self.find(at, key, event.time_stamp()),
            },
            _ => false,
        };
        if is_done {
            event.prevent_default();
        }
    }

    /// A key was pressed on the row that adds to a place.
    fn on_key_below(self, event: &ev::KeyboardEvent, above: Place) {
        let is_plain = !(event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key());
        let key = Key::of(&event.key(), screen::is_right_to_left(above)).filter(|_| is_plain);
        if key.is_some_and(|key| self.step(TreeItem::Next(above), key)) {
            event.prevent_default();
        }
    }

    /// Something was pressed: the sign beside a name folds the rows below.
    pub fn on_click(self, event: &ev::MouseEvent) {
        if self.dragging.ends(event) {
            return;
        }
        if let Some(place) = screen::folded_by(event) {
            self.folds.fold(place, !self.folds.ask(|_, is_open| is_open(place)));
        }
    }

    /// The browser's own menu is for links: not while a finger rests to drag, nor where a key opens ours.
    pub fn on_context_menu(self, event: &ev::MouseEvent) {
        if self.dragging.is_under_way() || screen::is_row(event) {
            event.prevent_default();
        }
    }

    /// Puts the focus on the row of the place that is being edited.
    pub fn enter(self) {
        self.go(untrack(|| self.shape.with(|shape| shape.row_of(self.desk.place.get()))));
    }

    /// Puts the focus on a row.
    pub fn go(self, place: Place) {
        self.active.set(place);
        screen::focus(place);
    }

    fn step(self, at: TreeItem, key: Key) -> bool {
        let in_hand = self.in_hand.get_untracked();
        match self.folds.ask(|shape, is_open| steps::step(shape, is_open, in_hand, at, key)) {
            Some(Step::Go(TreeItem::Row(place))) => self.go(place),
            Some(Step::Go(TreeItem::Next(above))) => screen::focus_next(above),
            Some(Step::Fold(place, open)) => self.folds.fold(place, open),
            // At an end, the page must not scroll.
            None => {}
        }
        true
    }

    fn find(self, at: Place, key: &str, now: f64) -> bool {
        let mut letters = key.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
        let (before, last) = self.typed.get_value();
        let mut typed = if now - last < PAUSE { before } else { String::new() };
        if letter == ' ' && typed.is_empty() {
            return false;
        }
        typed.push(letter);
        let found = self.folds.ask(|shape, is_open| {
            let titles = shape.visible(is_open).filter_map(|place| {
                let title = shape.row(place)?.title.clone();
                Some((place, title))
            });
            steps::find(&titles.collect::<Vec<_>>(), at, &typed)
        });
        self.typed.set_value((typed, now));
        if let Some(place) = found {
            self.go(place);
        }
        true
    }

    fn put(self, place: Place, way: Way) -> bool {
        if let Some(to) = self.desk.tree.with_untracked(|tree| one_place(tree, place, way)) {
            self.desk.put(to);
        }
        true
    }

    /// What was moved is in sight, and has the focus.
    fn show_moved(self, moved: Place) {
        let row = self.shape.with_untracked(|shape| shape.row_of(moved));
        self.folds.reveal(row);
        self.active.set(row);
        screen::focus_soon(row);
    }
}

/// The chapter that a place is, or stands in; else the story.
fn chapter_around(tree: &StoryTree, place: Place) -> Place {
    match place {
        Place::Chapter(_) => place,
        Place::Scene(_) => above(tree, place).unwrap_or(Place::Story),
        Place::Story | Place::Part(_) => Place::Story,
    }
}
