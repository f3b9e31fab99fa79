//! One's own account: name, password, sessions, and what was decided about it. Plain forms, which load a new page.

mod leaving;
mod own_email;
mod own_mail;
mod own_name;
mod second_step;
mod sessions;
mod silenced;

use domain::Role;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use self::{
    leaving::Leaving, own_email::OwnEmail, own_mail::OwnMail, own_name::OwnName, second_step::OwnSecondStep,
    sessions::Sessions, silenced::SilencedList,
};
use super::own_decisions::OwnDecisions;
use crate::{
    api::accounts::ChangePassword,
    boot,
    components::{AboutYou, Ends, Head, NewPassword, Page, PasswordField, SignOutForm},
};

/// The page at `/account`.
#[component]
pub fn AccountPage() -> impl IntoView {
    let Some(viewer) = boot::viewer() else {
        return view! {
            <Page class="page page-narrow">
                <Head title="Your account" description="Your account at Quire." />
                <h1>"Your account"</h1>
                <p>"Please "<a href="/sign-in?next=/account">"sign in"</a>" first."</p>
            </Page>
        }
        .into_any();
    };
    let may = match viewer.role {
        Role::Reader => "You read and talk here.",
        Role::Writer => "You write, read and talk here.",
        Role::Manager => "You write, read and talk here, and look after the place.",
    };
    let done = use_query_map().with_untracked(|query| query.get_str("done").unwrap_or_default().to_owned());
    view! {
        <Page class="page page-narrow stack">
            <Head title="Your account" description="Your account at Quire." />
            <h1>"Your account"</h1>
            {said(&done).map(|(id, text)| view! {
                <div class="notice" data-kind="info" role="status" data-testid=id><p class="notice-text">{text}</p></div>
            })}
            <p>{format!("Signed in as {}. {may}", viewer.name)}</p>
            <OwnDecisions viewer=viewer.user />
            {(viewer.role == Role::Manager).then(|| view! {
                <p class="row">
                    <a class="button" href="/moderation" data-testid="to-moderation">"Moderation"</a>
                    <a class="button" href="/admin" data-testid="to-admin">"Administration"</a>
                </p>
            })}
            <OwnName viewer=viewer.clone() />
            <AboutYou viewer=viewer.user />
            <OwnEmail viewer=viewer.user />
            {done.as_str().eq("mail").then(|| view! {
                <div class="notice" data-kind="info" role="status" data-testid="mail-chosen">
                    <p class="notice-text">"Your choice is saved."</p>
                </div>
            })}
            <OwnMail viewer=viewer.user />
            <SilencedList viewer=viewer.user />
            <section class="card stack" aria-labelledby="password-title">
                <h2 id="password-title">"Another password"</h2>
                <form class="form" action=ChangePassword::PATH method="post" data-testid="password-form">
                    <PasswordField id="current" name="current" label="Password now" />
                    <NewPassword name="new" label="New password" />
                    <p class="field-hint">"You stay signed in here, and are signed out in every other browser."</p>
                    <div class="form-actions"><button class="button" data-kind="primary">"Change the password"</button></div>
                </form>
            </section>
            <OwnSecondStep viewer=viewer.user />
            <section class="card stack" aria-labelledby="export-title">
                <h2 id="export-title">"Everything of yours"</h2>
                <p>
                    "One ZIP file with your stories as Markdown, their notes, your posts and comments, what you like, whom you muted or blocked, and your profile. Stories can be imported again."
                </p>
                <div class="form-actions">
                    <a class="button" href="/api/export_account" rel="external" data-testid="export-account">"Download everything"</a>
                </div>
            </section>
            <section class="card stack" aria-labelledby="sessions-title">
                <h2 id="sessions-title">"Where you are signed in"</h2>
                <Sessions viewer=viewer.user />
                <p>"This ends your session in every browser and on every device, also here."</p>
                <SignOutForm viewer=viewer.user ends=Ends::Everywhere />
            </section>
            <Leaving viewer=viewer.user role=viewer.role />
        </Page>
    }
    .into_any()
}

/// What was done by the form that led here, with its name for tests.
fn said(done: &str) -> Option<(&'static str, &'static str)> {
    match done {
        "password" => {
            Some(("password-changed", "Your password is changed. Your other browsers and devices are signed out."))
        }
        "second-step-off" => {
            Some(("second-step-turned-off", "The second step is off. Your password alone lets you in."))
        }
        "name" => Some(("name-changed", "Your name is changed, beside everything that you wrote.")),
        "email" => {
            Some(("email-changed", "Your e-mail address is changed. Your other browsers and devices are signed out."))
        }
        "email-sent" => Some((
            "email-sent",
            "A mail is on its way to the new address. The link in it works once, for an hour; until you use it your address \
             stays as it is. Nothing came? You can ask again in five minutes.",
        )),
        _ => None,
    }
}
