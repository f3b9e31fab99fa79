//! The window's part in editing: the shortcut that saves, and the question before leaving.

use leptos::{ev, prelude::*};

/// Ctrl+S, or Cmd+S, saves instead of downloading the page.
pub fn save_on_shortcut(save: impl Fn() + Copy + 'static) {
    Effect::new(move || {
        let pressed = window_event_listener(ev::keydown, move |event| {
            if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && event.key().eq_ignore_ascii_case("s") {
                event.prevent_default();
                save();
            }
        });
        on_cleanup(move || pressed.remove());
    });
}

/// Asks before the page is left, when typed text would be lost with it.
pub fn ask_before_leaving(would_lose: impl Fn() -> bool + Copy + 'static) {
    Effect::new(move || {
        let unloading = window_event_listener(ev::beforeunload, move |event| {
            if would_lose() {
                event.prevent_default();
            }
        });
        on_cleanup(move || unloading.remove());
    });
}
