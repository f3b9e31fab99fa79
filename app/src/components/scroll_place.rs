//! Back to a page that this document showed before stands where it stood.
//!
//! The browser would go there itself, but before the page's answers are on screen, while it is still too short.

use std::collections::HashMap;

use leptos::{ev, prelude::*};

/// For how many frames a place is held once it is reached, and how many are waited for it: answers that arrive late
/// move it.
const HELD: u32 = 20;
const WAITED_FOR: u32 = 180;

/// The places of this document's pages, by their addresses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    left: StoredValue<HashMap<String, f64>>,
    /// Where the page is going to stand, until it does or its reader moves it.
    returning: StoredValue<Option<f64>>,
    /// Whether the page goes to a place of its own just now, which is no way back.
    leading: StoredValue<bool>,
}

/// Notes where pages are left, and goes there again on the way back, and forth.
pub(super) fn keep_places() {
    let places = Places {
        left: StoredValue::new(HashMap::new()),
        returning: StoredValue::new(None),
        leading: StoredValue::new(false),
    };
    provide_context(places);
    Effect::new(move || {
        window_event_listener(ev::scroll, move |_| places.note());
        window_event_listener(ev::popstate, move |_| places.go_back());
        window_event_listener(ev::wheel, move |_| places.stay());
        window_event_listener(ev::touchstart, move |_| places.stay());
        window_event_listener(ev::pointerdown, move |_| places.stay());
        window_event_listener(ev::keydown, move |_| places.stay());
    });
}

impl Places {
    /// Has the browser go to what stands after `#`. It says so as it does on the way back.
    pub(super) fn lead(self, hash: &str) {
        self.stay();
        self.leading.set_value(true);
        window().location().replace(hash).ok();
        request_animation_frame(move || self.leading.set_value(false));
    }

    fn note(self) {
        if self.returning.get_value().is_none() {
            self.left.update_value(|left| {
                left.insert(address(), place());
            });
        }
    }

    fn go_back(self) {
        if self.leading.get_value() {
            return;
        }
        let place = self.left.with_value(|left| left.get(&address()).copied());
        self.returning.set_value(Some(place.unwrap_or_default()));
        self.hold(0);
    }

    fn stay(self) {
        self.returning.set_value(None);
    }

    fn hold(self, frame: u32) {
        request_animation_frame(move || {
            let Some(goal) = self.returning.get_value() else { return };
            let is_there = (place() - goal).abs() <= 1.0;
            if !is_there {
                window().scroll_to_with_x_and_y(0.0, goal);
            }
            if frame >= WAITED_FOR || (is_there && frame >= HELD) {
                self.stay();
            } else {
                self.hold(frame + 1);
            }
        });
    }
}

fn place() -> f64 {
    window().scroll_y().unwrap_or_default()
}

/// With what stands after `#`: each note of a chapter is a place of its own.
fn address() -> String {
    window().location().href().unwrap_or_default()
}
