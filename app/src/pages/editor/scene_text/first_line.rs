//! The first line: an empty page has the cursor, and can be written on at once.

use leptos::prelude::*;

use super::surface::Surface;
use crate::components::{ARRIVED, is_focus_free};

/// Puts the cursor on a page that is empty: if its author has just added it, or if nothing else has the focus.
pub fn enter(surface: Surface, text: Signal<String>, begun: bool) {
    Effect::new(move |entered: Option<bool>| {
        if entered == Some(true) || surface.0.get().is_none() {
            return entered.unwrap_or_default();
        }
        let enter = move || {
            let is_empty = text.try_with_untracked(String::is_empty) == Some(true);
            if is_empty && (begun || is_focus_free()) {
                surface.select("", &(0..0));
            }
        };
        set_timeout(enter, ARRIVED);
        true
    });
}
