//! Where a person who forgot their password asks for a link to another one: a plain form, which says the same for every
//! address.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    api::accounts::ForgotPassword,
    components::{EmailField, Head, Page},
    sends_mail::sends_mail,
};

/// The form at `/forgot-password`.
#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    let is_sent = use_query_map().with_untracked(|query| query.get_str("done").is_some());
    let inside = match (sends_mail(), is_sent) {
        (false, _) => view! { <p>"This place sends no mail. Those who run it can give you a link to a new password: please ask them."</p> }.into_any(),
        (true, true) => view! {
            <p role="status" data-testid="mail-sent">
                "If there is an account with that address, a mail with a link to a new password is on its way. The link works once, for an hour."
            </p>
            <p>"Nothing came? Look among the unwanted mail, and whether it is the address that you signed up with. You can ask again in five minutes."</p>
            <p><a class="button" href="/sign-in">"Back to sign in"</a></p>
        }
        .into_any(),
        (true, false) => view! {
            <p>"Write the e-mail address of your account. You get a mail with a link to a new password."</p>
            <form class="form" action=ForgotPassword::PATH method="post" data-testid="forgot-form">
                <EmailField />
                <div class="form-actions"><button class="button" data-kind="primary">"Send the link"</button></div>
            </form>
        }
        .into_any(),
    };
    view! {
        <Page>
            <Head title="Forgot your password?" description="Ask for a link to a new password." />
            <div class="sign-in"><div class="card stack"><h1>"Forgot your password?"</h1>{inside}</div></div>
        </Page>
    }
}
