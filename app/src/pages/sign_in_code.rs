//! The second step of signing in: a plain form, which takes a code and loads a new page.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::second_factor::ConfirmSignIn,
    components::{CodeField, Head, Page},
    pending_sign_in::is_asked,
    way_back::{self, WayBack},
};

/// The form at `/sign-in/code`, for a browser in which the right password was given.
#[component]
pub fn SignInCodePage() -> impl IntoView {
    let back = WayBack::asked();
    let again = back.as_ref().map_or_else(|| "/sign-in".to_owned(), |back| back.through("/sign-in"));
    let inside = if is_asked() {
        view! {
            <p>"Your password is right. This account asks for a code, too."</p>
            <form class="form" action=ConfirmSignIn::PATH method="post" data-testid="code-form">
                {back.map(|back| view! { <input r#type="hidden" name=way_back::FIELD value=back.as_str().to_owned() /> })}
                <CodeField id="code" hint="The six digits that your app shows now, or one of your recovery codes." />
                <div class="form-actions">
                    <button class="button" data-kind="primary">"Sign in"</button>
                    <a class="button" data-kind="quiet" href=again>"Begin again"</a>
                </div>
            </form>
            <p class="field-hint">
                "No app and no recovery code? Please ask those who run this place. They can turn the second step off for you."
            </p>
        }
        .into_any()
    } else {
        view! { <p>"Please give your "<a href=again>"e-mail address and password"</a>" first."</p> }.into_any()
    };
    view! {
        <Page>
            <Head title="The second step" description="Sign in with a code." />
            <div class="sign-in"><div class="card stack"><h1>"The second step"</h1>{inside}</div></div>
        </Page>
    }
}
