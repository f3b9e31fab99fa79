//! The address that one signs in with: a plain form, which loads a new page.

use domain::{MyEmail, UserId};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::accounts::ChangeEmail,
    cache::use_query,
    components::{EmailField, Loaded, PasswordField},
    sends_mail::sends_mail,
};

/// The address, to be changed.
#[component]
pub fn OwnEmail(viewer: UserId) -> impl IntoView {
    let email = use_query(move || MyEmail { viewer });
    let change = if sends_mail() {
        view! {
            <form class="form" action=ChangeEmail::PATH method="post" data-testid="email-form">
                <EmailField id="new-email" label="New e-mail address" autocomplete="email" />
                <PasswordField id="email-password" name="current" />
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
                <p>"You sign in with "<strong class="own-email" data-testid="own-email">{move || email.with(|email| email.as_str().to_owned())}</strong>". No other person sees it."</p>
            </Loaded>
            {change}
        </section>
    }
}
