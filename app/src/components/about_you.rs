//! The form in which one says who one is: the handle, and the text on one's own page.

use domain::{AuthorPage, Bio, Handle, MyProfile, OwnProfile, UserId};
use leptos::{ev::SubmitEvent, html, prelude::*, server_fn::ServerFn};

use super::{FormError, Kept, KeptNotice, Loaded, TextArea, ToastKind, use_toasts};
use crate::{
    api::accounts::SaveProfile,
    cache::{action, use_mutation, use_query},
    destination::Destination,
};

/// A section of the account's page.
#[component]
pub fn AboutYou(viewer: UserId) -> impl IntoView {
    let profile = use_query(move || MyProfile { viewer });
    view! {
        <section class="card stack" aria-labelledby="about-title">
            <h2 id="about-title">"About you"</h2>
            <Loaded reading=profile let:profile>
                <p>
                    "Your page is "
                    <a data-testid="own-page" href=move || profile.with(|own| page_of(own.handle))>{move || profile.with(|own| page_of(own.handle))}</a>
                    ". Everybody finds your name there, what you have published, and what you said in the community."
                </p>
                <Form profile />
            </Loaded>
        </section>
    }
}

fn page_of(handle: Handle) -> String {
    Destination::Author(AuthorPage::first(handle)).to_string()
}

#[component]
fn Form(profile: Memo<OwnProfile>) -> impl IntoView {
    let save = use_mutation::<SaveProfile>();
    let toasts = use_toasts();
    let form = NodeRef::<html::Form>::new();
    let kept = Kept::begin(form, "about-you".to_owned());
    let submit = move |event: SubmitEvent| {
        save.submit(&event, move |answer| {
            kept.answered(&answer);
            if answer.is_ok() {
                toasts.toast("Saved successfully", ToastKind::Good);
            }
        });
    };
    let OwnProfile { handle, bio, .. } = profile.get_untracked();
    view! {
        <form node_ref=form class="form" action=action(SaveProfile::PATH) method="post" on:submit=submit on:input=move |_| kept.typed() data-testid="about-form">
            <input type="hidden" name="base" value=move || profile.with(|own| own.rev.0.to_string()) />
            <KeptNotice kept noun="text about you" />
            <div class="field">
                <label class="field-label" r#for="handle">"Handle"</label>
                <input
                    class="field-input"
                    id="handle"
                    name="handle"
                    value=handle.to_string()
                    // An @ may stand before it.
                    maxlength=Handle::MAX_CHARACTERS + 1
                    autocapitalize="none"
                    autocomplete="username"
                    spellcheck="false"
                    required
                    aria-describedby="handle-hint"
                />
                <p class="field-hint" id="handle-hint">
                    "Letters from a to z, digits and hyphens. The one before leads on to the new one, and nobody else can take it."
                </p>
            </div>
            <TextArea id="bio" name="bio" label="What readers should know of you" value=bio.to_string() rows=4 most=Bio::MAX_CHARACTERS may_be_empty=true />
            <FormError error=save.error() />
            <div class="form-actions">
                <button class="button" data-kind="primary" aria-busy=move || save.is_under_way().to_string()>"Save"</button>
            </div>
        </form>
    }
}
