//! The outline on screen: rows as elements. In the browser only.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use super::shape::TreeItem;
use crate::{
    components::ARRIVED,
    pages::editor::{place::Place, renaming},
};

/// How the ids of rows begin.
const PREFIX: &str = "row-";
/// The same, of those that add to a place.
const NEXT: &str = "next-";

/// How far a row that is scrolled to stays from the edge.
const MARGIN: f64 = 48.0;

/// For how many frames a row is brought into sight, and for how many it must have stayed there.
const MOST_FRAMES: u32 = 60;
const STILL_FRAMES: u32 = 4;

/// How far a move of the pointer scrolls there.
const NUDGE: i32 = 12;

/// The id of a row.
pub fn id(place: Place) -> String {
    format!("{PREFIX}{}", place.name())
}

/// The id of the row that adds to a place.
pub fn next_id(above: Place) -> String {
    format!("{NEXT}{}", above.name())
}

/// The row in which something happened.
pub fn row_around(event: &Event) -> Option<Place> {
    place_of(&target(event)?.closest(".outline-row").ok()??)
}

/// The row on which something happened, unless it was in its menu or in the field for its title.
pub fn row_at(event: &Event) -> Option<Place> {
    let is_inside = target(event)?.closest(".menu, form").ok()?.is_some();
    if is_inside { None } else { row_around(event) }
}

/// The same, or the row that adds to a place.
pub fn item_at(event: &Event) -> Option<TreeItem> {
    let next = target(event)?.id().strip_prefix(NEXT).and_then(Place::named);
    next.map(TreeItem::Next).or_else(|| row_at(event).map(TreeItem::Row))
}

/// Whether something happened on a row itself, and not on its link or its menu.
pub fn is_row(event: &Event) -> bool {
    target(event).is_some_and(|target| target.class_list().contains("outline-row"))
}

/// The row whose sign for folding was pressed.
pub fn folded_by(event: &Event) -> Option<Place> {
    let sign = target(event)?.closest(".outline-fold").ok()??;
    place_of(&sign.closest(".outline-row[aria-expanded]").ok()??)
}

/// The row at a point of the window.
pub fn row_under(x: f64, y: f64) -> Option<(Place, Element)> {
    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    let row = document().element_from_point(x as f32, y as f32)?.closest(".outline-row").ok()??;
    Some((place_of(&row)?, row))
}

/// Gives a row an attribute without a value.
pub fn mark(place: Place, attribute: &str) {
    if let Some(row) = row(place) {
        row.set_attribute(attribute, "").ok();
    }
}

/// Scrolls the outline of a row on, where a pointer is near its upper or lower edge.
pub fn scroll_at_edges(place: Place, y: f64) {
    let Some(pane) = row(place).and_then(|row| pane_of(&row)) else { return };
    let (top, bottom) = edges(&pane);
    if y < top + MARGIN {
        pane.set_scroll_top(pane.scroll_top() - NUDGE);
    } else if y > bottom - MARGIN {
        pane.set_scroll_top(pane.scroll_top() + NUDGE);
    }
}

/// Whether lines run from right to left here.
pub fn is_right_to_left(place: Place) -> bool {
    row(place).is_some_and(|row| row.closest("[dir=rtl]").ok().flatten().is_some())
}

/// Gives a row the focus.
pub fn focus(place: Place) {
    if let Some(row) = row(place) {
        row.focus().ok();
    }
}

/// Gives the focus to the row that adds to a place.
pub fn focus_next(above: Place) {
    let row = document().get_element_by_id(&next_id(above)).and_then(|row| row.dyn_into::<HtmlElement>().ok());
    if let Some(row) = row {
        row.focus().ok();
    }
}

/// Gives a row the focus once it is on screen.
pub fn focus_soon(place: Place) {
    renaming::focus(format!("#{}", id(place)));
}

/// Follows the link of a row. On the link itself, the browser does.
pub fn follow_link(event: &Event, place: Place) -> bool {
    if target(event).is_some_and(|at| at.tag_name() == "A") {
        return false;
    }
    within(place, ".outline-link").map(|link| link.click()).is_some()
}

/// Opens the menu of a row.
pub fn open_menu(place: Place) -> bool {
    within(place, ".menu-button").map(|button| button.click()).is_some()
}

/// From now on the Tab key leads to rows, not to their links and menus.
pub fn tame() {
    let inner = document().query_selector_all("[role=tree] :is(.outline-link, .menu-button)");
    let Ok(inner) = inner else { return };
    for element in (0..inner.length()).filter_map(|at| inner.item(at)).filter_map(|at| at.dyn_into::<Element>().ok()) {
        element.set_attribute("tabindex", "-1").ok();
    }
}

/// Brings a row into sight, if the outline scrolls by itself. The page stays.
pub fn scroll_to(place: Place) {
    settle(place, MOST_FRAMES, STILL_FRAMES);
}

/// Again and again, until it stays: rows out of sight have no height of their own before they are near.
fn settle(place: Place, frames: u32, still: u32) {
    request_animation_frame(move || {
        let still = if scroll_now(place) { STILL_FRAMES } else { still - 1 };
        if frames > 0 && still > 0 {
            settle(place, frames - 1, still);
        }
    });
}

/// Brings the text into sight, once the page has gone to its top as a new page does.
pub fn show_text() {
    set_timeout(
        || {
            if let Some(text) = document().query_selector(".editor-main").ok().flatten() {
                text.scroll_into_view();
            }
        },
        ARRIVED,
    );
}

fn scroll_now(place: Place) -> bool {
    row(place).is_some_and(|row| bring_into_sight(&row))
}

/// Scrolls the outline, if it scrolls by itself, to show something of it. Whether it had to.
fn bring_into_sight(element: &Element) -> bool {
    let Some(pane) = pane_of(element) else { return false };
    let before = pane.scroll_top();
    let (rect, (top, bottom)) = (element.get_bounding_client_rect(), edges(&pane));
    let (above, below) = (top + MARGIN - rect.top(), rect.bottom() - bottom + MARGIN);
    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    if below > 0.0 {
        pane.set_scroll_top(pane.scroll_top() + below as i32);
    } else if above > 0.0 {
        pane.set_scroll_top(pane.scroll_top() - above as i32);
    }
    pane.scroll_top() != before
}

/// What scrolls the outline, if anything but the page does.
fn pane_of(element: &Element) -> Option<Element> {
    let panes = [".editor-outline-body", ".editor-outline"].map(|pane| element.closest(pane).ok().flatten());
    panes.into_iter().flatten().find(|pane| pane.scroll_height() > pane.client_height())
}

/// The upper and the lower edge of its visible part.
fn edges(pane: &Element) -> (f64, f64) {
    let edge = pane.get_bounding_client_rect();
    let window = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(f64::MAX);
    (edge.top(), edge.bottom().min(window))
}

fn within(place: Place, selector: &str) -> Option<HtmlElement> {
    row(place)?.query_selector(selector).ok()??.dyn_into().ok()
}

fn row(place: Place) -> Option<HtmlElement> {
    document().get_element_by_id(&id(place))?.dyn_into().ok()
}

fn place_of(row: &Element) -> Option<Place> {
    Place::named(row.id().strip_prefix(PREFIX)?)
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
