//! Menus: what a button opens over everything else. The browser opens and closes them by itself, before a script has
//! loaded, too: by the button (`popovertarget`), by Escape, and by a click elsewhere.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Closes a menu because what was wanted of it is done.
pub fn close_menu(id: &str) {
    let menu = document().get_element_by_id(id).and_then(|menu| menu.dyn_into::<HtmlElement>().ok());
    if let Some(menu) = menu {
        menu.hide_popover().ok();
    }
}

/// Whether it is open.
pub fn is_menu_open(id: &str) -> bool {
    document().get_element_by_id(id).is_some_and(|menu| menu.matches(":popover-open").unwrap_or(false))
}
