//! Making an account: a plain form, which loads a new page. With the link that the program prints at its first start,
//! it makes the first manager's; with the link of an invitation, it makes one where not everybody may.

use domain::{Name, Registration, Role, Site};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    api::accounts::{Register, RegisterManager},
    cache::use_query,
    components::{DemoAccounts, EmailField, Head, Loaded, NewPassword, Page},
    way_back::{self, WayBack},
};

/// The form at `/register`.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let back = WayBack::asked();
    let sign_in = back.as_ref().map_or_else(|| "/sign-in".to_owned(), |back| back.through("/sign-in"));
    let (link, invitation) = use_query_map().with_untracked(|query| {
        let field = |name| query.get_str(name).map(str::to_owned);
        (field("link"), field("invitation"))
    });
    let title = if link.is_some() { "Make the manager’s account" } else { "Make an account" };
    let inside = match link {
        Some(link) => view! { <ManagersForm link /> }.into_any(),
        None => view! { <Door invitation back /> }.into_any(),
    };
    view! {
        <Page>
            <Head title=title description="Make an account to write, like and talk." />
            <div class="sign-in">
                <div class="card stack">
                    <h1>{title}</h1>
                    {inside}
                    <p>"Been here before? "<a href=sign_in>"Sign in"</a>"."</p>
                </div>
                <DemoAccounts />
            </div>
        </Page>
    }
}

/// The usual form, or why there is none.
#[component]
fn Door(invitation: Option<String>, back: Option<WayBack>) -> impl IntoView {
    let site = use_query(|| Site {});
    let is_invited = invitation.is_some();
    view! {
        <Loaded reading=site let:site>
            {
                let (invitation, back) = (invitation.clone(), back.clone());
                let who = Memo::new(move |_| site.with(|site| site.registration));
                move || match (who.get(), is_invited) {
                    (Registration::Closed, _) => view! {
                        <p data-testid="no-registration">"No new accounts are made here at the moment."</p>
                    }
                    .into_any(),
                    (Registration::Invited, false) => view! {
                        <p data-testid="no-registration">"New accounts are made by invitation here. Open the link that you were sent, or ask a person who looks after this place."</p>
                    }
                    .into_any(),
                    (Registration::Open, _) | (Registration::Invited, true) => {
                        view! { <Form invitation=invitation.clone() back=back.clone() /> }.into_any()
                    }
                }
            }
        </Loaded>
    }
}

#[component]
fn Form(invitation: Option<String>, back: Option<WayBack>) -> impl IntoView {
    // Managers are made by managers, not by this form.
    let role = |(role, label): (Role, &'static str)| view! { <option value=role.slug()>{label}</option> };
    view! {
        <form class="form" action=Register::PATH method="post" data-testid="register-form">
            {back.map(|back| view! { <input r#type="hidden" name=way_back::FIELD value=back.as_str().to_owned() /> })}
            {invitation.map(|link| view! { <input r#type="hidden" name="invitation" value=link /> })}
            <Fields />
            <div class="field">
                <label class="field-label" r#for="role">"I am here"</label>
                <select class="field-input" id="role" name="role">
                    {[(Role::Writer, "to write and to read"), (Role::Reader, "to read and to talk")].map(role)}
                </select>
            </div>
            <p class="field-hint">"Everybody finds your name on a page of your own. What this place asks of you is on the page "<a href="/rules">"Rules"</a>"."</p>
            <div class="form-actions"><button class="button" data-kind="primary">"Make the account"</button></div>
        </form>
    }
}

#[component]
fn ManagersForm(link: String) -> impl IntoView {
    view! {
        <form class="form" action=RegisterManager::PATH method="post" data-testid="register-form">
            <input r#type="hidden" name="link" value=link />
            <Fields />
            <div class="form-actions"><button class="button" data-kind="primary">"Make the account"</button></div>
        </form>
    }
}

#[component]
fn Fields() -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" r#for="name">"Name"</label>
            <input class="field-input" id="name" name="name" autocomplete="nickname" maxlength=Name::MAX_CHARACTERS required />
        </div>
        <EmailField />
        <NewPassword name="password" label="Password" />
    }
}
