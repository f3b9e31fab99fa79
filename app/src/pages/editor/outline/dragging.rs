//! Dragging a row to another place, with a mouse or with a finger that rests on it first.

use std::time::Duration;

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use web_sys::Element;

use super::screen;
use crate::pages::editor::{
    desk::Desk,
    moves::{Half, Mark, Move, dropped},
    place::Place,
};

/// How far a mouse goes before it drags.
const FAR: f64 = 6.0;

/// How long a finger rests before it drags: less than until a browser shows a menu for the link.
const REST: Duration = Duration::from_millis(350);

/// How long after a button came up its click comes.
const CLICK: Duration = Duration::from_millis(50);

/// The attributes of rows that the style follows: the dragged row, and where it goes.
const DRAGGED: &str = "data-dragged";
const DROP: &str = "data-drop";

/// A row that is being dragged, or may be soon.
#[derive(Clone, Copy)]
struct Grip {
    what: Place,
    start: (f64, f64),
    is_mouse: bool,
    is_dragged: bool,
    to: Option<Move>,
}

/// The dragging of rows; a handle to it.
#[derive(Clone, Copy)]
pub struct Dragging {
    desk: Desk,
    grip: StoredValue<Option<Grip>>,
    rest: StoredValue<Option<TimeoutHandle>>,
    /// A click that ends it opens nothing.
    was_dragged: StoredValue<bool>,
}

impl Dragging {
    /// Nothing yet.
    pub fn new(desk: Desk) -> Self {
        let dragging = Self {
            desk,
            grip: StoredValue::new(None),
            rest: StoredValue::new(None),
            was_dragged: StoredValue::new(false),
        };
        // A mouse may leave the outline, and be let go anywhere.
        Effect::new(move || {
            let moves = window_event_listener(ev::pointermove, move |event| dragging.on_move(&event));
            let up = window_event_listener(ev::pointerup, move |_| dragging.on_up());
            let cancelled = window_event_listener(ev::pointercancel, move |_| dragging.cancel());
            on_cleanup(move || {
                moves.remove();
                up.remove();
                cancelled.remove();
            });
        });
        dragging
    }

    /// A button or a finger is down.
    pub fn on_down(self, event: &ev::PointerEvent) {
        self.cancel();
        self.was_dragged.set_value(false);
        let Some(what) = screen::row_at(event).filter(|what| *what != Place::Story) else { return };
        if event.button() != 0 || !event.is_primary() || screen::folded_by(event).is_some() {
            return;
        }
        let is_mouse = event.pointer_type() == "mouse";
        let start = (f64::from(event.client_x()), f64::from(event.client_y()));
        self.grip.set_value(Some(Grip { what, start, is_mouse, is_dragged: false, to: None }));
        if !is_mouse {
            let rested = set_timeout_with_handle(move || self.begin(), REST);
            self.rest.set_value(rested.ok());
        }
    }

    fn on_move(self, event: &ev::PointerEvent) {
        let Some(grip) = self.grip.get_value() else { return };
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        if grip.is_mouse && event.buttons() == 0 {
            // It was let go outside the window.
            self.cancel();
            return;
        }
        if !grip.is_dragged {
            let is_far = (x - grip.start.0).hypot(y - grip.start.1) > FAR;
            match (is_far, grip.is_mouse) {
                (true, true) => self.begin(),
                // A finger that goes on at once scrolls.
                (true, false) => self.cancel(),
                (false, _) => {}
            }
            return;
        }
        screen::scroll_at_edges(grip.what, y);
        unmark(DROP);
        let goal = screen::row_under(x, y).and_then(|(on, row)| {
            let half = if y < middle(&row) { Half::Upper } else { Half::Lower };
            let (to, mark) = self.desk.tree.with_untracked(|tree| dropped(tree, grip.what, on, half))?;
            row.set_attribute(DROP, name(mark)).ok();
            Some(to)
        });
        self.grip.set_value(Some(Grip { to: goal, ..grip }));
    }

    fn on_up(self) {
        let grip = self.grip.get_value();
        self.cancel();
        if let Some(Grip { is_dragged: true, to: Some(to), .. }) = grip {
            self.desk.put(to);
        }
        set_timeout(
            move || {
                self.was_dragged.try_set_value(false);
            },
            CLICK,
        );
    }

    /// While it is dragged, a finger does not scroll.
    pub fn on_touch(self, event: &ev::TouchEvent) {
        if self.is_under_way() {
            event.prevent_default();
        }
    }

    /// The click that ends it opens nothing.
    pub fn ends(self, event: &ev::MouseEvent) -> bool {
        let ends = self.was_dragged.get_value();
        self.was_dragged.set_value(false);
        if ends {
            event.prevent_default();
            event.stop_propagation();
        }
        ends
    }

    /// Whether something is dragged.
    pub fn is_under_way(self) -> bool {
        self.grip.get_value().is_some_and(|grip| grip.is_dragged)
    }

    /// All stays where it is.
    pub fn cancel(self) {
        if let Some(timer) = self.rest.get_value() {
            timer.clear();
        }
        self.rest.set_value(None);
        if self.is_under_way() {
            unmark(DRAGGED);
            unmark(DROP);
        }
        self.grip.set_value(None);
    }

    fn begin(self) {
        let Some(grip) = self.grip.try_get_value().flatten() else { return };
        screen::mark(grip.what, DRAGGED);
        self.was_dragged.set_value(true);
        self.grip.set_value(Some(Grip { is_dragged: true, ..grip }));
    }
}

const fn name(mark: Mark) -> &'static str {
    match mark {
        Mark::Before => "before",
        Mark::After => "after",
        Mark::Into => "into",
    }
}

fn middle(row: &Element) -> f64 {
    let edges = row.get_bounding_client_rect();
    f64::midpoint(edges.top(), edges.bottom())
}

fn unmark(attribute: &str) {
    if let Some(row) = document().query_selector(&format!(".outline-row[{attribute}]")).ok().flatten() {
        row.remove_attribute(attribute).ok();
    }
}
