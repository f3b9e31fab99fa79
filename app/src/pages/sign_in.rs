//! Signing in: a plain form, which loads a new page.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    api::accounts::SignIn,
    bundle::rel,
    components::{DemoAccounts, EmailField, Head, Page, PasswordField},
    draft,
    way_back::{self, WayBack},
};

/// The form at `/sign-in`.
#[component]
pub fn SignInPage() -> impl IntoView {
    let back = WayBack::asked();
    let register = back.as_ref().map_or_else(|| "/register".to_owned(), |back| back.through("/register"));
    let done = use_query_map().with_untracked(|query| query.get_str("done").unwrap_or_default().to_owned());
    let has_left = done == "left";
    Effect::new(move || {
        if has_left {
            draft::forget_of_leaver();
        }
    });
    view! {
        <Page>
            <Head title="Sign in" description="Sign in to write, like and talk." />
            <div class="sign-in">
                <div class="card stack">
                    <h1>"Sign in"</h1>
                    {said(&done).map(|(id, text)| view! {
                        <div class="notice" data-kind="info" role="status" data-testid=id><p class="notice-text">{text}</p></div>
                    })}
                    <form class="form" action=SignIn::PATH method="post" data-testid="sign-in-form">
                        {back.map(|back| view! { <input r#type="hidden" name=way_back::FIELD value=back.as_str().to_owned() /> })}
                        <EmailField />
                        <PasswordField id="password" name="password" />
                        <div class="form-actions"><button class="button" data-kind="primary">"Sign in"</button></div>
                    </form>
                    <p><a href="/forgot-password" rel=rel("/forgot-password")>"Forgot your password?"</a></p>
                    <p>"New here? "<a href=register>"Make an account"</a>"."</p>
                </div>
                <DemoAccounts />
            </div>
        </Page>
    }
}

/// What was done before, with its name for tests.
fn said(done: &str) -> Option<(&'static str, &'static str)> {
    match done {
        "password" => Some(("password-changed", "Your password is changed. Sign in with the new one.")),
        "email" => Some(("email-changed", "Your e-mail address is changed. Sign in with the new one.")),
        "left" => Some(("account-deleted", "Your account is deleted. Thank you for having been here.")),
        _ => None,
    }
}
