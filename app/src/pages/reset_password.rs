//! Where a link to another password leads: a plain form, which works once.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    api::accounts::ResetPassword,
    components::{Head, NewPassword, Page},
};

/// The form at `/reset-password`.
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    let link = use_query_map().with_untracked(|query| query.get_str("link").unwrap_or_default().to_owned());
    let inside = if link.is_empty() {
        view! { <p>"The address of this page has no link in it. Please "<a href="/forgot-password">"ask for one"</a>"."</p> }
            .into_any()
    } else {
        view! {
            <form class="form" action=ResetPassword::PATH method="post" data-testid="reset-form">
                <input r#type="hidden" name="link" value=link />
                <NewPassword name="new" label="New password" />
                <p class="field-hint">"You are signed out in every browser then, and sign in with it."</p>
                <div class="form-actions"><button class="button" data-kind="primary">"Take this password"</button></div>
            </form>
        }
        .into_any()
    };
    view! {
        <Page>
            <Head title="A new password" description="Choose a new password." />
            <div class="sign-in"><div class="card stack"><h1>"A new password"</h1>{inside}</div></div>
        </Page>
    }
}
