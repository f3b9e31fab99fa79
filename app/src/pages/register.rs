//! Making an account: a plain form, which loads a new page. With the link that the program prints at its first start,
//! it makes the first manager's.

use domain::{Name, Role};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    api::accounts::{Register, RegisterManager},
    components::{DemoAccounts, Head, NewPassword, Page},
    way_back::{self, WayBack},
};

/// The form at `/register`.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let back = WayBack::asked();
    let sign_in = back.as_ref().map_or_else(|| "/sign-in".to_owned(), |back| back.through("/sign-in"));
    let link = use_query_map().with_untracked(|query| query.get_str("link").map(str::to_owned));
    let is_usual = link.is_none();
    let (action, title) = match link {
        Some(_) => (RegisterManager::PATH, "Make the manager’s account"),
        None => (Register::PATH, "Make an account"),
    };
    // Other managers are made by the people who run the place, not by a form.
    let role = |(role, label): (Role, &'static str)| view! { <option value=role.slug()>{label}</option> };
    let choice = match link {
        Some(link) => view! { <input r#type="hidden" name="link" value=link /> }.into_any(),
        None => view! {
            <div class="field">
                <label class="field-label" r#for="role">"I am here"</label>
                <select class="field-input" id="role" name="role">
                    {[(Role::Writer, "to write and to read"), (Role::Reader, "to read and to talk")].map(role)}
                </select>
            </div>
        }
        .into_any(),
    };
    view! {
        <Page>
            <Head title=title description="Make an account to write, like and talk." />
            <div class="sign-in">
                <div class="card stack">
                    <h1>{title}</h1>
                    <form class="form" action=action method="post" data-testid="register-form">
                        {back.filter(|_| is_usual).map(|back| view! { <input r#type="hidden" name=way_back::FIELD value=back.as_str().to_owned() /> })}
                        <div class="field">
                            <label class="field-label" r#for="name">"Name"</label>
                            <input class="field-input" id="name" name="name" autocomplete="nickname" maxlength=Name::MAX_CHARACTERS required />
                        </div>
                        <div class="field">
                            <label class="field-label" r#for="email">"E-mail address"</label>
                            <input class="field-input" id="email" name="email" r#type="email" autocomplete="username" required />
                        </div>
                        <NewPassword name="password" label="Password" />
                        {choice}
                        <div class="form-actions"><button class="button" data-kind="primary">"Make the account"</button></div>
                    </form>
                    <p>"Been here before? "<a href=sign_in>"Sign in"</a>"."</p>
                </div>
                <DemoAccounts />
            </div>
        </Page>
    }
}
