//! Which tool a key stands for.

use leptos::{ev, prelude::*};

use super::tool::Tool;

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
