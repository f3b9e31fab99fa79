//! Typewriter scrolling: the line of the caret stays at one height of the window. In the browser only.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::surface::Surface;

/// That height, as a share of the window's: as in style/pages/focus-mode.css.
const HEIGHT: f64 = 0.4;

/// Scrolls so that the caret's line is there.
pub fn hold(surface: Surface) {
    let window_height = window().inner_height().ok().and_then(|height| height.as_f64());
    if let (Some(caret), Some(height)) = (caret(surface), window_height) {
        surface.scroll_by(caret - HEIGHT * height);
    }
}

/// How far down in the window the caret's line is. A text area does not tell: the same text behind it does, up to there.
fn caret(surface: Surface) -> Option<f64> {
    let (text, selected) = surface.read()?;
    let page = surface.page()?;
    let [mirror, place] = ["div", "span"].map(|tag| document().create_element(tag).ok());
    let (mirror, place) = (mirror?, place?.dyn_into::<HtmlElement>().ok()?);
    mirror.set_class_name("scene-editor-text finder-mirror");
    mirror.set_attribute("aria-hidden", "true").ok()?;
    mirror.set_attribute("dir", "auto").ok()?;
    mirror.set_text_content(text.get(..selected.end));
    place.set_text_content(Some("\u{200b}"));
    mirror.append_child(&place).ok()?;
    page.append_child(&mirror).ok()?;
    let down = place.offset_top();
    mirror.remove();
    Some(surface.top()? + f64::from(down - surface.scroll_top()))
}
