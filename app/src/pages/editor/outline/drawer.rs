//! The drawer: on a narrow screen the outline lies over the text, and goes when something of it was picked.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{rows::Rows, screen};

/// The outline's `details`; a handle to it.
#[derive(Clone, Copy)]
pub struct Drawer(pub NodeRef<html::Details>);

impl Drawer {
    /// Closed at first on a narrow screen. Beside the text it is open: its style would show it without, but programs
    /// that read the page would not find it.
    pub fn follow_width(self) {
        Effect::new(move || {
            let Some(details) = self.0.get() else { return };
            let was_narrow = StoredValue::new(is_narrow());
            details.set_open(!was_narrow.get_value());
            let resized = window_event_listener(ev::resize, move |_| {
                let now = is_narrow();
                if was_narrow.get_value() != now {
                    was_narrow.set_value(now);
                    details.set_open(!now);
                }
            });
            on_cleanup(move || resized.remove());
        });
    }

    /// Closes when a row was picked, and when its button or the veil beside it was pressed.
    pub fn on_click(self, event: &ev::MouseEvent) {
        let Some(at) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let is_on = |selector| at.closest(selector).ok().flatten().is_some();
        if !self.is_out() {
            return;
        }
        if is_on(".outline-link, a.menu-item, [data-begins]") {
            self.close();
            screen::show_text();
        } else if at.tag_name() == "DETAILS" || is_on(".outline-close") {
            self.leave();
        }
    }

    /// Escape closes it.
    pub fn on_key(self, event: &ev::KeyboardEvent) {
        if event.key() == "Escape" && self.is_out() {
            self.leave();
        }
    }

    /// Opened, it has the focus.
    pub fn on_toggle(self, rows: Rows) {
        if self.is_out() {
            rows.enter();
        }
    }

    /// Whether it lies over the text.
    fn is_out(self) -> bool {
        is_narrow() && self.0.get_untracked().is_some_and(|details| details.open())
    }

    fn leave(self) {
        self.close();
        let button = self.0.get_untracked().and_then(|details| details.first_element_child());
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            button.focus().ok();
        }
    }

    fn close(self) {
        if let Some(details) = self.0.get_untracked() {
            details.set_open(false);
        }
    }
}

/// Whether the outline is a drawer here: as in style/pages/editor.css.
pub fn is_narrow() -> bool {
    window().match_media("(width < 64rem)").ok().flatten().is_some_and(|query| query.matches())
}
