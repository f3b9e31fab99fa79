//! The page of a form that was refused: why, and all that was typed in it. It runs no script.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    AppError,
    components::{Head, Page, escaped},
    refused::Refused,
    typed::Typed,
    way_back::{self, WayBack},
};

/// What was sent, to be sent again.
#[component]
pub fn RefusedPage(refused: Refused) -> impl IntoView {
    crate::components::set_status(&refused.error);
    let Refused { action, mut fields, is_lost, error, back } = refused;
    let is_text = |(name, text): &(String, String)| Typed::of(name).label().is_some() && !text.is_empty();
    let has_text = fields.iter().any(is_text);
    let theirs = if let AppError::ConflictWith(newer) = &error {
        if let Some((_, base)) = fields.iter_mut().find(|(name, _)| name == "base") {
            *base = newer.rev.0.to_string();
        }
        newer.texts.clone()
    } else {
        BTreeMap::new()
    };
    let (heading, verb) = words(&action, &error);
    let sign_in = (error == AppError::SignedOut).then(|| back.through("/sign-in"));
    let over = (error == AppError::SignInIsOver).then(|| begin_again(&fields));
    let is_over = over.is_some();
    let elsewhere = is_gone(&error) && fields.iter().any(|(name, _)| name == "parent");
    let says = says(&error, has_text);
    view! {
        <Head title=heading description="What was sent, and why it was not accepted." />
        <Page class="page page-narrow">
            <div class="card stack" data-testid="refused">
                <h1>{heading}</h1>
                <div class="notice" data-kind="danger" role="alert" data-testid="form-error">
                    <p class="notice-text">{says}</p>
                    {sign_in.map(|href| view! {
                        <div class="notice-actions">
                            <a class="button" data-size="small" href=href target="_blank">"Sign in in a new tab"</a>
                            " Then come back here, and send it again."
                        </div>
                    })}
                    {over.map(|href| view! {
                        <div class="notice-actions"><a class="button" data-size="small" href=href data-testid="begin-again">"Begin again"</a></div>
                    })}
                </div>
                {(!is_over).then(|| view! { <form class="form" action=action method="post" data-testid="refused-form">
                    {fields.into_iter().map(|(name, text)| view! { <Field name text elsewhere /> }).collect_view()}
                    <div class="form-actions">
                        {(!is_lost).then(|| view! { <button class="button" data-kind="primary" data-testid="send-again">{verb}</button> })}
                        <a class="button" data-kind="quiet" href=back.as_str().to_owned() data-testid="back">
                            {if theirs.is_empty() { "Back to the page" } else { "Take theirs" }}
                        </a>
                    </div>
                </form> })}
                {(!theirs.is_empty()).then(|| view! { <Theirs theirs /> })}
            </div>
        </Page>
    }
}

/// A field of the form: what was typed in sight, all else as it was.
#[component]
fn Field(
    name: String,
    text: String,
    /// Whether what it replied to is gone.
    elsewhere: bool,
) -> impl IntoView {
    let id = format!("again-{name}");
    let (of, field) = (id.clone(), name.clone());
    match Typed::of(&name) {
        Typed::Line(label, kind) => view! {
            <div class="field">
                <label class="field-label" r#for=of>{label}</label>
                <input class="field-input" id=id name=field r#type=kind value=text />
            </div>
        }
        .into_any(),
        // Leptos writes a text area's children into the page as they are: hence `escaped`.
        Typed::Lines(label) => view! {
            <div class="field">
                <label class="field-label" r#for=of>{label}</label>
                <textarea class="field-input" dir="auto" id=id name=field rows="8" inner_html=escaped(&text)></textarea>
            </div>
        }
        .into_any(),
        Typed::Secret(label) => view! {
            <div class="field">
                <label class="field-label" r#for=of>{label}</label>
                <input class="field-input" id=id name=field r#type="password" required />
            </div>
        }
        .into_any(),
        Typed::Code(label) => view! {
            <div class="field">
                <label class="field-label" r#for=of>{label}</label>
                <input class="field-input code-input" id=id name=field autocomplete="one-time-code" required />
            </div>
        }
        .into_any(),
        Typed::Nothing if elsewhere && name == "parent" => view! {
            <label class="row">
                <input r#type="checkbox" name=field value=text />
                "As a reply, as before. Without this it is said to everybody in the thread."
            </label>
        }
        .into_any(),
        Typed::Nothing => view! { <input r#type="hidden" name=field value=text /> }.into_any(),
    }
}

/// A newer save that came meanwhile.
#[component]
fn Theirs(theirs: BTreeMap<String, String>) -> impl IntoView {
    let text = |(name, text): (String, String)| {
        view! {
            <h3 class="conflict-side-title">{Typed::of(&name).label()}</h3>
            <div class="conflict-text">{text}</div>
        }
    };
    view! {
        <section class="conflict" aria-labelledby="theirs" data-testid="conflict-panel">
            <h2 class="conflict-title" id="theirs">"Saved meanwhile"</h2>
            <article class="conflict-side">{theirs.into_iter().map(text).collect_view()}</article>
        </section>
    }
}

/// Where a sign-in that is over begins again, with the way back of its form.
fn begin_again(fields: &[(String, String)]) -> String {
    let next = fields.iter().find(|(name, _)| name == way_back::FIELD).and_then(|(_, next)| WayBack::parse(next).ok());
    next.map_or_else(|| "/sign-in".to_owned(), |next| next.through("/sign-in"))
}

/// What the page is called, and what its button does.
fn words(action: &str, error: &AppError) -> (&'static str, &'static str) {
    match (action.split('?').next().unwrap_or_default(), error) {
        ("/api/sign_in", _) => ("Sign in", "Sign in"),
        ("/api/register", _) => ("Make an account", "Make the account"),
        ("/api/register_manager", _) => ("Make the manager’s account", "Make the account"),
        ("/api/change_password" | "/api/reset_password", _) => ("Your password is as it was", "Take the new password"),
        ("/api/confirm_sign_in", _) => ("The second step", "Sign in"),
        ("/api/turn_on_second_factor", _) => ("The second step is still off", "Turn it on"),
        ("/api/turn_off_second_factor", _) => ("The second step is still on", "Turn it off"),
        ("/api/make_recovery_codes", _) => ("Your recovery codes are as they were", "Make new codes"),
        ("/api/change_email", _) => ("Your address is as it was", "Send the link"),
        ("/api/delete_account", _) => ("Your account is still there", "Delete my account"),
        ("/api/confirm_email", _) => ("Your address is as it was", "Take this address"),
        (_, AppError::ConflictWith(_)) => ("Two texts", "Keep mine"),
        _ => ("That wasn’t done", "Send it again"),
    }
}

fn says(error: &AppError, has_text: bool) -> String {
    let sentence = match error {
        AppError::ConflictWith(_) => {
            return "This was saved elsewhere in the meantime. Nothing is lost: what you wrote is here, and below it what \
                    was saved."
                .to_owned();
        }
        // Those are about what was written, and it stands right below.
        AppError::Invalid(_)
        | AppError::Full(_)
        | AppError::AddressTaken
        | AppError::WrongPassword
        | AppError::NotThePassword
        | AppError::NoRegistration(_)
        | AppError::LinkIsOver
        | AppError::WrongCode
        | AppError::SignInIsOver
        | AppError::TooManyCodes(_) => return error.to_string(),
        error if has_text && is_gone(error) => "What this belongs to is not here any more.".to_owned(),
        error => error.to_string(),
    };
    if has_text { format!("{sentence} What you wrote is still here.") } else { sentence }
}

const fn is_gone(error: &AppError) -> bool {
    matches!(error, AppError::NotFound | AppError::NotThere(_))
}
