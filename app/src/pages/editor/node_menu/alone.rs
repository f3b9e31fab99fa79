//! What can be done to the one scene of a chapter: it has no row of its own in the outline, and the chapter's row leads
//! to it.

use leptos::prelude::*;

use crate::{
    components::Icon,
    pages::editor::{
        desk::Desk,
        moves::{Way, one_place},
        place::{self, Place},
    },
};

/// The scene, where a place is a chapter with no other.
fn alone(desk: Desk, place: Place) -> Option<Place> {
    let Place::Chapter(chapter) = place else { return None };
    desk.tree.with_untracked(|tree| match place::chapter(tree, chapter)?.chapter.scenes.as_slice() {
        [scene] => Some(Place::Scene(scene.scene)),
        _ => None,
    })
}

/// The chapter's own form, and where else its scene can go.
#[component]
pub fn Alone(desk: Desk, place: Place, close: Callback<()>) -> impl IntoView {
    let Some(scene) = alone(desk, place) else { return ().into_any() };
    let item = move |way, label, testid, icon| {
        let to = desk.tree.with_untracked(|tree| one_place(tree, scene, way));
        let put = move |_| {
            close.run(());
            if let Some(to) = to {
                desk.put(to);
            }
        };
        view! {
            <button class="menu-item" type="button" data-testid=testid disabled=to.is_none() on:click=put>
                <Icon name=icon />{label}
            </button>
        }
    };
    view! {
        <a class="menu-item" href=place.href(desk.story) data-testid="chapter-form" on:click=move |_| close.run(())>
            <Icon name="heading" />"Title and synopsis"
        </a>
        {item(Way::Up, "Move its scene up", "move-scene-up", "up")}
        {item(Way::Down, "Move its scene down", "move-scene-down", "down")}
    }
    .into_any()
}
