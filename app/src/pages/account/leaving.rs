//! Leaving: what will happen, before it does. A plain form, which loads a new page; the password is the last question.

use domain::{Legacy, Role, UserId};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{api::accounts::DeleteAccount, cache::Browser, components::PasswordField, draft};

/// The last section of the page.
#[component]
pub fn Leaving(viewer: UserId, role: Role) -> impl IntoView {
    let is_manager = match role {
        Role::Reader | Role::Writer => false,
        Role::Manager => true,
    };
    // The line says that the session is over before the next page comes: this tab is led there.
    let browser = StoredValue::new(Browser::current());
    let leaves = move |_| {
        draft::note_leaving(viewer);
        browser.with_value(Browser::sign_out);
    };
    view! {
        <section class="card stack" aria-labelledby="leave-title">
            <h2 id="leave-title">"Delete your account"</h2>
            <p>"This can’t be undone. At once:"</p>
            <ul class="leaving-list">
                <li>"You are signed out everywhere, and can’t sign in again."</li>
                <li>"Your e-mail address, your name, your page, your likes, your bookmarks, what you follow and your inbox are gone."</li>
                <li>"Your drafts, notes, versions and your trash are gone, whatever you choose below."</li>
            </ul>
            <p class="field-hint">
                "Your handle stays taken, so that no other person can pass for you. Managers keep what was reported and the record of what they decided."
            </p>
            {is_manager.then(|| view! { <p class="field-hint">"The only manager can’t leave: another person has to be one first."</p> })}
            <p><a href="/api/export_account" rel="external" data-testid="export-before">"Download everything of yours"</a>" before you go."</p>
            <form class="form" action=DeleteAccount::PATH method="post" on:submit=leaves data-testid="leave-form">
                <fieldset class="leaving-choices">
                    <legend class="field-label">"What you published, and what you said"</legend>
                    <Choice legacy=Legacy::Remove hint="They are not found any more. Where a person replied to you, the reply stays below an empty place." />
                    <Choice legacy=Legacy::Keep hint="Readers keep the chapters that are out. Nothing says that they were yours." />
                </fieldset>
                <PasswordField id="leave-password" name="current" />
                <div class="form-actions"><button class="button" data-kind="danger" data-testid="delete-account">"Delete my account"</button></div>
            </form>
        </section>
    }
}

/// One way to leave. None is chosen before.
#[component]
fn Choice(legacy: Legacy, hint: &'static str) -> impl IntoView {
    view! {
        <label class="leaving-choice">
            <input r#type="radio" name="legacy" value=legacy.slug() required />
            <span>{legacy.label()}</span>
            <span class="field-hint">{hint}</span>
        </label>
    }
}
