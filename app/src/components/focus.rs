//! Where the keyboard goes on after something was sent.

use std::time::Duration;

use leptos::{html, prelude::*};
use web_sys::{HtmlElement, wasm_bindgen::JsCast};

/// How long after a link was followed the page has gone to its top: what goes to a place on it waits for that.
pub const ARRIVED: Duration = Duration::from_millis(150);

/// For how many frames an element is waited for.
const PATIENCE: u32 = 60;

/// Moves the focus to the element with this id, as soon as it is there.
pub fn focus_soon(id: String) {
    wait_for(id, PATIENCE);
}

/// Where something is hidden for a moment, the focus comes back to it: a person who was about to type goes on.
pub fn keep_through(hidden: Memo<bool>, around: NodeRef<html::Div>) {
    Effect::new(move |had: Option<Option<HtmlElement>>| {
        if hidden.get() {
            let focused = document().active_element()?.dyn_into::<HtmlElement>().ok()?;
            return around.get_untracked().filter(|around| around.contains(Some(&focused))).map(|_| focused);
        }
        let had = had.flatten()?;
        // The style that hid it goes first.
        request_animation_frame(move || {
            if is_focus_free() {
                had.focus().ok();
            }
        });
        None
    });
}

/// Whether nothing has the focus that one could type in or press.
pub fn is_focus_free() -> bool {
    document().active_element().is_none_or(|at| matches!(at.tag_name().as_str(), "BODY" | "MAIN"))
}

fn wait_for(id: String, frames: u32) {
    request_animation_frame(move || match document().get_element_by_id(&id) {
        Some(there) => {
            if let Some(there) = there.dyn_ref::<HtmlElement>() {
                there.focus().ok();
            }
        }
        None if frames > 0 => wait_for(id, frames - 1),
        None => {}
    });
}
