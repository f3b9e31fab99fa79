//! Which tool a key stands for.

use leptos::{ev, prelude::*};

use super::tool::Tool;
use crate::pages::editor::sight::Sight;

/// F8 turns to the preview and back; with Shift, focus mode is entered and left, and Escape leaves it. While a scene is
/// open, wherever the focus is.
pub fn on_views(sight: Sight, turn_preview: impl Fn() + Copy + 'static) {
    Effect::new(move || {
        let pressed = window_event_listener(ev::keydown, move |event| {
            let is_alone = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
            match event.key().as_str() {
                "F8" if is_alone && event.shift_key() => sight.toggle_focus(),
                "F8" if is_alone => turn_preview(),
                "Escape" if sight.focus.get_untracked() && is_free(&event) => sight.toggle_focus(),
                _ => return,
            }
            event.prevent_default();
        });
        on_cleanup(move || pressed.remove());
    });
}

/// Whether Escape closes nothing else, and ends no composition of letters.
fn is_free(event: &ev::KeyboardEvent) -> bool {
    let is_asked = document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some());
    !event.default_prevented() && !event.is_composing() && !is_asked
}

/// The tool whose keys were pressed.
pub fn pressed(event: &ev::KeyboardEvent) -> Option<Tool> {
    // On a Mac, Ctrl with a letter moves the caret.
    let (is_held, is_other) =
        if is_mac() { (event.meta_key(), event.ctrl_key()) } else { (event.ctrl_key(), event.meta_key()) };
    let is_alone = is_held && !is_other && !event.alt_key() && !event.shift_key();
    if is_alone { of_key(&event.key(), &event.code()) } else { None }
}

/// Whether commands are given with Cmd here.
pub fn is_mac() -> bool {
    window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

/// By its letter; where letters are not Latin, by its place on the keyboard.
fn of_key(key: &str, code: &str) -> Option<Tool> {
    let letter = if key.is_ascii() { key } else { code.strip_prefix("Key")? };
    Tool::ALL
        .into_iter()
        .find(|tool| tool.letter().is_some_and(|its| letter.eq_ignore_ascii_case(its.encode_utf8(&mut [0; 4]))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_any_script() {
        for (key, code, expected) in [
            ("b", "KeyB", Some(Tool::Bold)),
            ("K", "KeyK", Some(Tool::Link)),
            ("b", "KeyN", Some(Tool::Bold)),
            ("ш", "KeyI", Some(Tool::Italic)),
            ("Enter", "Enter", None),
            ("é", "Digit2", None),
        ] {
            assert_eq!(of_key(key, code), expected, "{key} {code}");
        }
    }
}
