//! The mirror: the same text behind the text area, with a mark where the matches are. A text area shows no selection
//! while another field has the focus.

use std::ops::Range;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{finder::Finder, surface::Surface};

/// The most matches that are marked; the one at hand always is.
const MOST_MARKS: usize = 2_000;

/// The marks, and the one at hand in view.
#[component]
pub fn Mirror(finder: Finder, surface: Surface, text: Signal<String>, mirror: NodeRef<html::Div>) -> impl IntoView {
    Effect::new(move || {
        // In this order, as in the bar: whichever of them changes is told.
        finder.found.track();
        let is_any = finder.current.get().is_some();
        // Not while the author types: the text must not move below their fingers.
        if is_any && !surface.has_focus() {
            request_animation_frame(move || show(mirror, surface));
        }
    });
    view! {
        <div class="scene-editor-text finder-mirror" aria-hidden="true" dir="auto" node_ref=mirror>
            {move || text.with(|text| finder.found.with(|found| marked(text, found, finder.current.get())))}
        </div>
    }
}

fn marked(text: &str, found: &[Range<usize>], current: Option<usize>) -> Vec<AnyView> {
    let mut at = 0;
    let mut pieces = Vec::new();
    let piece = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
    for (number, range) in found.iter().enumerate() {
        let is_current = current == Some(number);
        if number < MOST_MARKS || is_current {
            pieces.push(piece(at..range.start).into_any());
            let mark = piece(range.clone());
            pieces.push(
                view! { <mark class="finder-mark" data-current=is_current.then_some("")>{mark}</mark> }.into_any(),
            );
            at = range.end;
        }
    }
    pieces.push(piece(at..text.len()).into_any());
    pieces
}

/// Brings the match at hand into view: in the text area, where that scrolls, and in the page.
fn show(mirror: NodeRef<html::Div>, surface: Surface) {
    let Some(mirror) = mirror.try_get_untracked().flatten() else { return };
    let mark = mirror.query_selector("[data-current]").ok().flatten();
    let Some(mark) = mark.and_then(|mark| mark.dyn_into::<HtmlElement>().ok()) else { return };
    surface.scroll_to(mark.offset_top());
    let (rect, height) =
        (mark.get_bounding_client_rect(), window().inner_height().ok().and_then(|height| height.as_f64()));
    // Already in the middle half of the window, it stays.
    if let Some(height) = height.filter(|height| rect.top() < height / 4.0 || rect.bottom() > height * 3.0 / 4.0) {
        window().scroll_by_with_x_and_y(0.0, rect.top() - height / 2.0);
    }
    mirror.set_scroll_top(surface.scroll_top());
}
