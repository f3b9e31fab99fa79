//! The items of an open menu as keys go through them. In the browser only.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Where the menu was opened by a key on its row, the focus goes into it.
pub fn enter(menu: &str) {
    let is_on_row = document()
        .active_element()
        .is_some_and(|active| active.matches(".outline-row, .outline-link").unwrap_or(false));
    if is_on_row && let Some(first) = items(menu).first() {
        first.focus().ok();
    }
}

/// Goes to another item. Whether the key does so.
pub fn on_key(menu: &str, key: &str) -> bool {
    let items = items(menu);
    let active = document().active_element();
    let at = items.iter().position(|item| active.as_ref() == Some(item.as_ref()));
    let Some(to) = next(key, at, items.len()) else { return false };
    items.get(to).is_some_and(|item| item.focus().is_ok())
}

/// The item that a key goes to: around the ends, and from the button to the first or the last.
fn next(key: &str, at: Option<usize>, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowDown" => Some(at.map_or(0, |at| if at == last { 0 } else { at + 1 })),
        "ArrowUp" => Some(at.and_then(|at| at.checked_sub(1)).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

fn items(menu: &str) -> Vec<HtmlElement> {
    let Some(menu) = document().get_element_by_id(menu) else { return Vec::new() };
    let Ok(found) = menu.query_selector_all(".menu-item:not([disabled])") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_around_the_items() {
        for (key, at, count, expected) in [
            ("ArrowDown", None, 3, Some(0)),
            ("ArrowDown", Some(2), 3, Some(0)),
            ("ArrowUp", None, 3, Some(2)),
            ("ArrowUp", Some(0), 3, Some(2)),
            ("ArrowUp", Some(2), 3, Some(1)),
            ("End", Some(0), 3, Some(2)),
            ("ArrowDown", None, 0, None),
            ("a", Some(0), 3, None),
        ] {
            assert_eq!(next(key, at, count), expected, "{key} {at:?}");
        }
    }
}
