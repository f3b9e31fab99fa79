//! Where the link to another address leads: a plain form, because opening a link changes nothing.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    api::accounts::ConfirmEmail,
    components::{Head, Page},
};

/// The form at `/confirm-email`.
#[component]
pub fn ConfirmEmailPage() -> impl IntoView {
    let link = use_query_map().with_untracked(|query| query.get_str("link").unwrap_or_default().to_owned());
    let inside = if link.is_empty() {
        view! { <p>"The address of this page has no link in it. Please "<a href="/account">"ask for one"</a>"."</p> }
            .into_any()
    } else {
        view! {
            <p>"You opened the link that was sent to your new e-mail address."</p>
            <form class="form" action=ConfirmEmail::PATH method="post" data-testid="confirm-email-form">
                <input r#type="hidden" name="link" value=link />
                <p class="field-hint">"From then on you sign in with the new address. You are signed out in every other browser."</p>
                <div class="form-actions"><button class="button" data-kind="primary">"Take this address"</button></div>
            </form>
        }
        .into_any()
    };
    view! {
        <Page>
            <Head title="A new e-mail address" description="Confirm your new e-mail address." />
            <div class="sign-in"><div class="card stack"><h1>"A new e-mail address"</h1>{inside}</div></div>
        </Page>
    }
}
