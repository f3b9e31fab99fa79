//! The surface: the text area as the tools see it. In the browser only.

use std::ops::Range;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDocument, HtmlElement, HtmlTextAreaElement};

use super::edit::Edit;

/// How far the page and the text in the area were scrolled.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    page: f64,
    text: i32,
}

/// The text area of a scene; a handle to it.
#[derive(Clone, Copy)]
pub struct Surface(pub NodeRef<html::Textarea>);

impl Surface {
    /// What stands in it, and what of that is selected.
    pub fn read(self) -> Option<(String, Range<usize>)> {
        let area = self.area()?;
        let text = area.value();
        let place = |unit: Result<Option<u32>, _>| bytes(&text, unit.ok().flatten().unwrap_or_default());
        let selected = place(area.selection_start())..place(area.selection_end());
        Some((text, selected))
    }

    /// Whether an event happened in it.
    pub fn is_target(self, event: &Event) -> bool {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
        target.is_some() && target == self.area()
    }

    /// Whether one types in it.
    pub fn has_focus(self) -> bool {
        self.area().is_some_and(|area| document().active_element().is_some_and(|active| active == **area))
    }

    /// Edits the text as typing does: what listens to that hears of it, and the browser's own undo takes it back.
    pub fn apply(self, text: &str, edit: &Edit) {
        let Some(area) = self.area() else { return };
        if !edit.is_none() {
            self.select(text, &edit.replaced);
            if !typed(&edit.text) {
                // A browser that does not type for a script: it is not undone there, but nothing else is missing.
                let Range { start, end } = units_of(text, &edit.replaced);
                area.set_range_text_with_start_and_end(&edit.text, start, end).ok();
                if let Ok(input) = Event::new("input") {
                    area.dispatch_event(&input).ok();
                }
            }
        }
        self.select(&area.value(), &edit.selected);
    }

    /// Goes to a place of the text.
    pub fn select(self, text: &str, selected: &Range<usize>) {
        if let Some(area) = self.area() {
            let Range { start, end } = units_of(text, selected);
            // First the place: with the focus it comes into view.
            area.set_selection_range(start, end).ok();
            area.focus().ok();
        }
    }

    /// Where one is in it.
    pub fn place(self) -> Option<Place> {
        Some(Place { page: window().scroll_y().ok()?, text: self.area()?.scroll_top() })
    }

    /// Whether the preview is in its place.
    pub fn is_hidden(self) -> bool {
        self.area().is_some_and(|area| area.offset_parent().is_none())
    }

    /// It came back, and one goes on where one left it; or the preview took its place, and the focus.
    pub fn turned(self, left: Option<Place>) {
        if self.is_hidden() {
            let preview = document().get_element_by_id("scene-preview");
            if let Some(preview) = preview.and_then(|preview| preview.dyn_into::<HtmlElement>().ok()) {
                preview.focus().ok();
            }
        } else if let (Some(area), Some(Place { page, text })) = (self.area(), left) {
            area.focus().ok();
            area.set_scroll_top(text);
            window().scroll_to_with_x_and_y(0.0, page);
        }
    }

    /// Goes on typing in it.
    pub fn take_focus(self) {
        if let Some(area) = self.area() {
            area.focus().ok();
        }
    }

    /// Where its upper edge is in the window.
    pub fn top(self) -> Option<f64> {
        let area = self.area()?;
        Some(area.get_bounding_client_rect().top() + f64::from(area.client_top()))
    }

    /// What it lies on.
    pub fn page(self) -> Option<Element> {
        self.area()?.parent_element()
    }

    /// Scrolls the text: in the area, where it is higher than that, else the page.
    pub fn scroll_by(self, down: f64) {
        let Some(area) = self.area() else { return };
        if area.scroll_height() > area.client_height() + 1 {
            #[expect(clippy::cast_possible_truncation, reason = "pixels")]
            area.set_scroll_top(area.scroll_top() + down as i32);
        } else {
            window().scroll_by_with_x_and_y(0.0, down);
        }
    }

    /// Does something that needs the focus, which goes back to where it was.
    pub fn lend_focus(work: impl FnOnce()) {
        let before = document().active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok());
        work();
        if let Some(before) = before {
            before.focus().ok();
        }
    }

    /// How far its text is scrolled in it.
    pub fn scroll_top(self) -> i32 {
        self.area().map(|area| area.scroll_top()).unwrap_or_default()
    }

    /// Where the text is higher than the area, brings what is so far down into its middle.
    pub fn scroll_to(self, top: i32) {
        if let Some(area) = self.area()
            && area.scroll_height() > area.client_height()
        {
            area.set_scroll_top((top - area.client_height() / 2).max(0));
        }
    }

    fn area(self) -> Option<HtmlTextAreaElement> {
        self.0.try_get_untracked().flatten()
    }
}

/// Whether the browser typed a text where the selection is.
fn typed(text: &str) -> bool {
    let Ok(document) = document().dyn_into::<HtmlDocument>() else { return false };
    let command = if text.is_empty() { "delete" } else { "insertText" };
    document.exec_command_with_show_ui_and_value(command, false, text).unwrap_or(false)
}

/// Browsers count a text in units of UTF-16.
fn units_of(text: &str, range: &Range<usize>) -> Range<u32> {
    let units = |end: usize| {
        let before = text.get(..end).unwrap_or(text);
        u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
    };
    units(range.start)..units(range.end)
}

/// The byte at which this unit of UTF-16 begins.
fn bytes(text: &str, units: u32) -> usize {
    let mut left = usize::try_from(units).unwrap_or(usize::MAX);
    for (at, c) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(c.len_utf16());
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_bytes_and_in_units() {
        let text = "é🦉x";
        for (place, units) in [(0, 0), (2, 1), (6, 3), (7, 4)] {
            assert_eq!((bytes(text, units), units_of(text, &(0..place)).end), (place, units));
        }
    }
}
