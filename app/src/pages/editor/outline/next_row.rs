//! The row below all that stands in a place: it adds one more, where that will stand.

use leptos::{attr::custom::custom_attribute, ev, prelude::*};

use super::screen;
use crate::{
    components::Icon,
    pages::editor::{desk::Desk, place::Place},
};

/// Adds a chapter to a part, or a scene to a chapter.
#[component]
pub fn NextRow(desk: Desk, above: Place, level: u8) -> impl IntoView {
    let (label, testid) = match above {
        Place::Part(_) => ("Chapter", "next-chapter-row"),
        Place::Story | Place::Chapter(_) | Place::Scene(_) => ("Scene", "next-scene-row"),
    };
    let add = move |event: ev::MouseEvent| {
        // The second of a double click.
        if event.detail() > 1 {
            return;
        }
        match above {
            Place::Part(part) => desk.add_chapter(part),
            Place::Chapter(chapter) => desk.add_scene(chapter),
            Place::Story | Place::Scene(_) => {}
        }
    };
    // A tree has no other children than its items.
    view! {
        <li role="none">
            <button class="outline-next" type="button" role="treeitem" {..custom_attribute("aria-level", level.to_string())}
                id=screen::next_id(above) tabindex="-1" aria-label=format!("Add a {}", label.to_lowercase()) data-begins
                data-testid=testid on:click=add><Icon name="add" />{label}</button>
        </li>
    }
}
