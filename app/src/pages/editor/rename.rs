//! The field for a new title of a part or chapter, where it stands in the outline.

use domain::Heading;
use leptos::{ev, html, prelude::*};

use super::{desk::Desk, place::Place};

/// The link of a place; while it is renamed, the field for its title.
pub fn link_or_field(
    desk: Desk,
    place: Place,
    label: Signal<String>,
    link: impl Fn() -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let is_renamed = Memo::new(move |_| desk.renaming.is_of(place));
    move || {
        if is_renamed.get() { view! { <Field desk place label=label.get_untracked() /> }.into_any() } else { link() }
    }
}

#[component]
fn Field(desk: Desk, place: Place, label: String) -> impl IntoView {
    let (renaming, input) = (desk.renaming, NodeRef::<html::Input>::new());
    Effect::new(move || {
        if let Some(input) = input.get() {
            input.focus().ok();
            input.select();
        }
    });
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        desk.run(renaming.save(desk.tree, place));
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            renaming.end(place);
        }
    };
    view! {
        <form class="outline-rename" on:submit=save on:keydown=on_key data-testid="rename-form">
            <input class="field-input" node_ref=input aria-label=format!("New title of {label}") placeholder=label
                value=renaming.title.get_untracked() maxlength=Heading::MAX_CHARACTERS autocomplete="off"
                on:input=move |event| renaming.title.set(event_target_value(&event)) />
            <button class="button" data-kind="primary" data-size="small">"Rename"</button>
        </form>
    }
}
