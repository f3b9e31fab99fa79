//! What one is called, by everybody: a plain form, which loads a new page.

use domain::Viewer;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::api::accounts::ChangeName;

/// The name, to be changed.
#[component]
pub fn OwnName(viewer: Viewer) -> impl IntoView {
    view! {
        <section class="card stack" aria-labelledby="name-title">
            <h2 id="name-title">"Your name"</h2>
            <form class="form" action=ChangeName::PATH method="post" data-testid="name-form">
                <div class="field">
                    <label class="field-label" r#for="own-name">"Name"</label>
                    <input class="field-input" id="own-name" name="name" autocomplete="name" maxlength="80" required value=viewer.name.to_string() />
                </div>
                <p class="field-hint">"It stands at once beside everything that you wrote, the older things too."</p>
                <div class="form-actions"><button class="button" data-kind="primary">"Change the name"</button></div>
            </form>
        </section>
    }
}
