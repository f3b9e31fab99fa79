//! The form that begins a story.

use domain::{Format, Genre, Title};
use leptos::{html, prelude::*, server_fn::ServerFn};

use crate::{
    api::studio::CreateStory,
    cache::{action, use_mutation},
    components::{FormChoice, FormError, Kept, KeptNotice, kinds},
};

/// Title, genre and format; its answer leads to the editor.
#[component]
pub fn NewStory() -> impl IntoView {
    let create = use_mutation::<CreateStory>();
    let form = NodeRef::<html::Form>::new();
    let kept = Kept::begin(form, "new-story".to_owned());
    let then = move |answer: Result<_, _>| {
        if answer.is_ok() {
            kept.sent();
        }
    };
    view! {
        <form node_ref=form class="card form" action=action(CreateStory::PATH) method="post" aria-labelledby="new-title" data-testid="new-story"
            on:submit=move |event| create.submit(&event, then) on:input=move |_| kept.typed()>
            <h3 class="card-title" id="new-title">"New story"</h3>
            <KeptNotice kept />
            <FormError error=create.error() />
            <div class="field">
                <label class="field-label" for="story-title">"Title"</label>
                <input class="field-input" id="story-title" name="title" required maxlength=Title::MAX_CHARACTERS data-face="serif" />
            </div>
            <div class="form-row">
                <FormChoice id="story-genre" label="Genre" name="genre" options=kinds(Genre::ALL, Genre::slug, Genre::label) />
                <FormChoice id="story-format" label="Format" name="format" options=kinds(Format::ALL, Format::slug, Format::label) />
            </div>
            <div class="form-actions">
                <button class="button" data-kind="primary" data-testid="create-story"
                    aria-busy=move || create.is_under_way().then_some("true")>"Create story"</button>
            </div>
        </form>
    }
}
