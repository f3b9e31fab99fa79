//! Making an account: a plain form, which loads a new page.

use domain::{Name, Role};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::accounts::Register,
    components::{DemoAccounts, Head, NewPassword, Page},
    way_back::{self, WayBack},
};

/// The form at `/register`.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let back = WayBack::asked();
    let sign_in = back.as_ref().map_or_else(|| "/sign-in".to_owned(), |back| back.through("/sign-in"));
    // Managers are made by the people who run the place, not by a form.
    let role = |(role, label): (Role, &'static str)| view! { <option value=role.slug()>{label}</option> };
    view! {
        <Page>
            <Head title="Make an account" description="Make an account to write, like and talk." />
            <div class="sign-in">
                <div class="card stack">
                    <h1>"Make an account"</h1>
                    <form class="form" action=Register::PATH method="post" data-testid="register-form">
                        {back.map(|back| view! { <input r#type="hidden" name=way_back::FIELD value=back.as_str().to_owned() /> })}
                        <div class="field">
                            <label class="field-label" r#for="name">"Name"</label>
                            <input class="field-input" id="name" name="name" autocomplete="nickname" maxlength=Name::MAX_CHARACTERS required />
                        </div>
                        <div class="field">
                            <label class="field-label" r#for="email">"E-mail address"</label>
                            <input class="field-input" id="email" name="email" r#type="email" autocomplete="username" required />
                        </div>
                        <NewPassword name="password" label="Password" />
                        <div class="field">
                            <label class="field-label" r#for="role">"I am here"</label>
                            <select class="field-input" id="role" name="role">
                                {[(Role::Writer, "to write and to read"), (Role::Reader, "to read and to talk")].map(role)}
                            </select>
                        </div>
                        <div class="form-actions"><button class="button" data-kind="primary">"Make the account"</button></div>
                    </form>
                    <p>"Been here before? "<a href=sign_in>"Sign in"</a>"."</p>
                </div>
                <DemoAccounts />
            </div>
        </Page>
    }
}
