//! Signing out: a plain form, after which nothing personal is left in this browser.

use leptos::{html, prelude::*, server_fn::ServerFn};

use super::Confirm;
use crate::{
    api::accounts::SignOut,
    cache::{Browser, Storage},
};

/// How the names of unsaved drafts begin.
const DRAFTS: &str = "quire-draft-";

/// Signs out. With drafts that are not saved, the script asks first, because they go too.
#[component]
pub fn SignOutForm() -> impl IntoView {
    let browser = StoredValue::new(Browser::current());
    let form = NodeRef::<html::Form>::new();
    let asking = RwSignal::new(false);
    let ask_first = move |event: leptos::ev::SubmitEvent| {
        if Storage::names(DRAFTS).is_empty() {
            Storage::clear();
            browser.with_value(Browser::sign_out);
        } else {
            event.prevent_default();
            asking.set(true);
        }
    };
    let sign_out = move |()| {
        for draft in Storage::names(DRAFTS) {
            Storage::unset(&draft);
        }
        Storage::clear();
        if let Some(form) = form.get_untracked() {
            browser.with_value(Browser::sign_out);
            // Unlike a click, this does not ask again.
            form.submit().ok();
        }
    };
    view! {
        <form node_ref=form action=SignOut::PATH method="post" on:submit=ask_first>
            <button class="button" data-kind="quiet" data-size="small">"Sign out"</button>
        </form>
        <Confirm
            id="sign-out-title"
            open=asking
            title="Sign out without saving?"
            text="There is text in this browser that isn’t saved yet. It goes when you sign out."
            verb="Sign out"
            on_yes=sign_out
        />
    }
}
