//! Signing out: a plain form, after which nothing of whose session it was is left in this browser. What others
//! typed here and did not save is theirs, and waits for them.

use domain::UserId;
use leptos::{html, prelude::*, server_fn::ServerFn};

use super::Confirm;
use crate::{
    api::accounts::{SignOut, SignOutEverywhere},
    bookmarks, boot,
    cache::Browser,
    draft,
};

/// Where a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// In this browser.
    Here,
    /// In every browser that this account is signed in with.
    Everywhere,
}

/// Signs out. With drafts that are not saved, the script asks first, because they go too.
#[component]
pub fn SignOutForm(viewer: UserId, #[prop(default = Ends::Here)] ends: Ends) -> impl IntoView {
    let (action, label, id, kind) = match ends {
        Ends::Here => (SignOut::PATH, "Sign out", "sign-out-title", Some("quiet")),
        Ends::Everywhere => (SignOutEverywhere::PATH, "Sign out everywhere", "sign-out-everywhere-title", None),
    };
    let browser = StoredValue::new(Browser::current());
    let drafts = StoredValue::new(draft::prefix_of_all(viewer));
    let form = NodeRef::<html::Form>::new();
    let asking = RwSignal::new(false);
    let ask_first = move |event: leptos::ev::SubmitEvent| {
        if drafts.with_value(|drafts| draft::is_any(drafts)) {
            event.prevent_default();
            asking.set(true);
        } else {
            bookmarks::forget_all(viewer);
            boot::forget();
            browser.with_value(Browser::sign_out);
        }
    };
    let sign_out = move |()| {
        drafts.with_value(|drafts| draft::forget_all(drafts));
        bookmarks::forget_all(viewer);
        boot::forget();
        if let Some(form) = form.get_untracked() {
            browser.with_value(Browser::sign_out);
            // Unlike a click, this does not ask again.
            form.submit().ok();
        }
    };
    view! {
        <form node_ref=form action=action method="post" on:submit=ask_first>
            <button class="button" data-kind=kind data-size="small">{label}</button>
        </form>
        <Confirm
            id=id
            open=asking
            title="Sign out without saving?"
            text="There is text in this browser that isn’t saved yet. It goes when you sign out."
            verb=label
            on_yes=sign_out
        />
    }
}
