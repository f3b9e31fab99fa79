//! The outline: a story's parts, chapters and scenes as a tree, as the ARIA Authoring Practices describe it.
//!
//! `shape` says which rows there are, `folds` which are open, `steps` where keys lead; `screen` has the elements, `rows`
//! puts them together, and `row` and `next_row` are the display. On a narrow screen the outline is a drawer.

mod dragging;
mod drawer;
mod folds;
mod next_row;
mod row;
mod rows;
mod screen;
mod shape;
mod steps;

use leptos::prelude::*;

use self::{drawer::Drawer, row::node, rows::Rows};
pub use self::{drawer::is_narrow, row::INNER, screen::id as row_id};
use super::desk::Desk;
use crate::components::Icon;

/// What the keys do, for those who can't see it elsewhere.
const KEYS: &str = "Arrow keys lead from row to row, and open and close. Enter opens the text. \
    Shift+F10 has what can be done with a row, F2 renames it, Alt with Up or Down moves it.";

/// The outline beside the editor.
#[component]
pub fn Outline(desk: Desk) -> impl IntoView {
    let rows = Rows::new(desk);
    let drawer = Drawer(NodeRef::new());
    drawer.follow_width();
    let tops = Memo::new(move |_| rows.shape.with(|shape| shape.tops().to_vec()));
    view! {
        <aside class="editor-outline" aria-label="Outline">
            <details class="outline" node_ref=drawer.0 on:click=move |event| drawer.on_click(&event)
                on:keydown=move |event| drawer.on_key(&event) on:toggle=move |_| drawer.on_toggle(rows)
            >
                <summary class="outline-summary">"Outline"</summary>
                <nav class="editor-outline-body" aria-label="Parts, chapters and scenes">
                    <button class="outline-close" type="button" aria-label="Close the outline"><Icon name="close" /></button>
                    <p class="visually-hidden" id="outline-keys">{KEYS}</p>
                    <ol class="outline-list" role="tree" aria-label="Outline" aria-describedby="outline-keys"
                        on:keydown=move |event| rows.on_key(&event) on:focusin=move |event| rows.on_focus(&event)
                        on:click=move |event| rows.on_click(&event)
                        on:pointerdown=move |event| rows.dragging.on_down(&event)
                        on:touchmove=move |event| rows.dragging.on_touch(&event)
                        on:contextmenu=move |event| rows.on_context_menu(&event)
                    >
                        <For each=move || tops.get() key=|place| *place children=move |place| node(rows, place, 1) />
                    </ol>
                    <div class="outline-add">
                        <button class="button" data-size="small" type="button" data-begins data-testid="add-part"
                            on:click=move |_| desk.add_part()><Icon name="add" />"Add part"</button>
                    </div>
                </nav>
            </details>
        </aside>
    }
}
