//! The address that one signs in with: a plain form, which loads a new page.

use domain::{MyEmail, UserId};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{api::accounts::ChangeEmail, cache::use_query, components::Loaded, sends_mail::sends_mail};

/// The address, to be changed.
#[component]
pub fn OwnEmail(viewer: UserId) -> impl IntoView {
    let email = use_query(move || MyEmail { viewer });
    let change = if sends_mail() {
        view! {
            <form class="form" action=ChangeEmail::PATH method="post" data-testid="email-form">
                <div class="field">
                    <label class="field-label" r#for="new-email">"New e-mail address"</label>
                    <input class="field-input" id="new-email" name="email" r#type="email" autocomplete="email" required />
                </div>
                <div class="field">
                    <label class="field-label" r#for="email-password">"Password"</label>
                    <input class="field-input" id="email-password" name="current" r#type="password" autocomplete="current-password" required />
                </div>
                <p class="field-hint">
                    "A link goes to the new address. Your address changes when you open the link and confirm. The address you have now gets a notice."
                </p>
                <div class="form-actions"><button class="button" data-kind="primary">"Send the link"</button></div>
            </form>
        }
        .into_any()
    } else {
        view! { <p>"This place sends no mail, so a new address can’t be checked here. Those who run it can change yours: please ask them."</p> }
            .into_any()
    };
    view! {
        <section class="card stack" aria-labelledby="email-title">
            <h2 id="email-title">"Your e-mail address"</h2>
            <Loaded reading=email let:email>
                <p>"You sign in with "<strong class="own-email" data-testid="own-email">{move || email.with(|email| email.as_str().to_owned())}</strong>". Nobody else sees it."</p>
            </Loaded>
            {change}
        </section>
    }
}
