//! Accounts: plain forms, so that signing in works before a script has loaded, and loads a new page.

#[cfg(feature = "ssr")]
use abreast_browser::ssr::set_status;
use abreast_browser::{JsonCodec, MutationClient};
use domain::{Bio, Changed, Email, Handle, Legacy, MailChoice, Name, Password, Rev, Role, SessionTag, UserId};
use leptos::prelude::server;
use server_fn::codec::{GetUrl, Json};

use crate::{AppError, way_back::WayBack};
#[cfg(feature = "ssr")]
use crate::{
    asker::{Asker, member, signed_in},
    attempts, idempotency, pending_sign_in,
    respond::{past_caches, store, written},
    session,
};

/// Opens an account, signs in, and leads back to the page from which the visitor came.
#[server(endpoint = "register", output = JsonCodec, client = MutationClient)]
pub async fn register(
    name: Name,
    email: Email,
    password: Password,
    role: Role,
    next: Option<WayBack>,
    invitation: Option<String>,
) -> Result<Changed<UserId>, AppError> {
    attempts::allow(&email)?;
    idempotency::tell([name.as_str(), email.as_str(), role.slug()].join("\n").as_bytes());
    let sign_up = domain::SignUp { name, email: email.clone(), password: password.clone(), role };
    let invitation = match invitation {
        Some(link) => Some(store::LinkToken::parse(&link).ok_or(AppError::LinkIsOver).inspect_err(set_status)?),
        None => None,
    };
    let registered = written(store().register(sign_up, invitation.as_ref()).await).await?;
    begin_session(email, password).await?;
    let usual = if role.may_write() { "/studio" } else { "/" };
    leptos_axum::redirect(next.as_ref().map_or(usual, WayBack::as_str));
    Ok(registered)
}

/// Opens the first manager's account, for a person with the link that the program printed, and signs in.
#[server(endpoint = "register_manager", output = JsonCodec, client = MutationClient)]
pub async fn register_manager(
    link: String,
    name: Name,
    email: Email,
    password: Password,
) -> Result<Changed<UserId>, AppError> {
    idempotency::tell([name.as_str(), email.as_str(), &link].join("\n").as_bytes());
    let link = store::LinkToken::parse(&link).ok_or(AppError::LinkIsOver).inspect_err(set_status)?;
    let registered = store().register_manager(&link, name, email.clone(), password.clone()).await;
    let registered = written(registered).await?;
    begin_session(email, password).await?;
    leptos_axum::redirect("/studio");
    Ok(registered)
}

/// Signs in, and leads back to the page from which the visitor came. An account with a second factor asks for a code
/// first: the answer has no commit then.
#[server(endpoint = "sign_in", output = JsonCodec, client = MutationClient)]
pub async fn sign_in(email: Email, password: Password, next: Option<WayBack>) -> Result<Option<Changed<()>>, AppError> {
    attempts::allow(&email)?;
    // The token goes into a cookie that no script can read, not into the answer.
    let signed_in = store().sign_in_anew(email.clone(), password, Asker::current().session).await;
    if let Err(store::Error::SecondStep(token)) = &signed_in {
        pending_sign_in::ask(token, next.as_ref());
        return Ok(None);
    }
    let signed_in = written(signed_in.map(|changed| changed.map(|token| session::begin(&token)))).await?;
    attempts::browser::remember(&email);
    leptos_axum::redirect(next.as_ref().map_or("/studio", WayBack::as_str));
    Ok(Some(signed_in))
}

/// Signs out.
#[server(endpoint = "sign_out", output = JsonCodec, client = MutationClient)]
pub async fn sign_out() -> Result<Changed<()>, AppError> {
    let session = Asker::current().session.ok_or(AppError::SignedOut).inspect_err(set_status)?;
    let signed_out = written(store().sign_out(session).await).await?;
    session::end();
    leptos_axum::redirect("/");
    Ok(signed_out)
}

/// Signs out everywhere: every session of the viewer's ends.
#[server(endpoint = "sign_out_everywhere", output = JsonCodec, client = MutationClient)]
pub async fn sign_out_everywhere() -> Result<Changed<()>, AppError> {
    let user = member()?;
    let signed_out = written(store().sign_out_everywhere(user).await).await?;
    session::end();
    leptos_axum::redirect("/");
    Ok(signed_out)
}

/// Ends one of one's own sessions, in whichever browser it is.
#[server(endpoint = "end_session", output = JsonCodec, client = MutationClient)]
pub async fn end_session(session: SessionTag) -> Result<Changed<()>, AppError> {
    let user = member()?;
    written(store().end_session(user, session).await).await
}

/// Another name, beside all that one wrote.
#[server(endpoint = "change_name", output = JsonCodec, client = MutationClient)]
pub async fn change_name(name: Name) -> Result<Changed<()>, AppError> {
    let user = signed_in()?;
    let changed = written(store().change_name(user, name).await).await?;
    leptos_axum::redirect("/account?done=name");
    Ok(changed)
}

/// Another password, for a person who knows the one before. Every other session of theirs ends.
#[server(endpoint = "change_password", output = JsonCodec, client = MutationClient)]
pub async fn change_password(current: Password, new: Password) -> Result<Changed<()>, AppError> {
    let user = member()?;
    let session = Asker::current().session.ok_or(AppError::SignedOut).inspect_err(set_status)?;
    attempts::allow_again(user)?;
    let changed = written(store().change_password(user, current, new, &session).await).await?;
    leptos_axum::redirect("/account?done=password");
    Ok(changed)
}

/// Another password, for a person with a link to it. Every session of theirs ends.
#[server(endpoint = "reset_password", output = JsonCodec, client = MutationClient)]
pub async fn reset_password(link: String, new: Password) -> Result<Changed<()>, AppError> {
    let link = store::LinkToken::parse(&link).ok_or(AppError::LinkIsOver).inspect_err(set_status)?;
    let changed = written(store().reset_password(&link, new).await).await?;
    leptos_axum::redirect("/sign-in?done=password");
    Ok(changed)
}

/// Asks for a mail with a link to another password. The answer is the same for every address, and so is the time it takes.
#[server(endpoint = "forgot_password", output = JsonCodec, client = MutationClient)]
pub async fn forgot_password(email: Email) -> Result<(), AppError> {
    attempts::allow(&email)?;
    require_mail("This place sends no mail. Please ask those who run it for a link.")?;
    past_caches(store().forget_password(&email).await).await?;
    leptos_axum::redirect("/forgot-password?done=sent");
    Ok(())
}

/// Asks for another address, for a person who knows their password: a link is mailed to it, and a notice to the one before.
/// The answer is the same for every address but one's own.
#[server(endpoint = "change_email", output = JsonCodec, client = MutationClient)]
pub async fn change_email(email: Email, current: Password) -> Result<(), AppError> {
    let user = member()?;
    attempts::allow_again(user)?;
    require_mail("This place sends no mail. Please ask those who run it for another address.")?;
    past_caches(store().ask_for_email(user, current, &email).await).await?;
    leptos_axum::redirect("/account?done=email-sent");
    Ok(())
}

/// Takes another address, for a person with the link that was mailed to it. Every other session of theirs ends.
#[server(endpoint = "confirm_email", output = JsonCodec, client = MutationClient)]
pub async fn confirm_email(link: String) -> Result<Changed<()>, AppError> {
    let link = store::LinkToken::parse(&link).ok_or(AppError::LinkIsOver).inspect_err(set_status)?;
    let asker = Asker::current();
    let changed = written(store().confirm_email(&link, asker.session.as_ref()).await).await?;
    let is_theirs = asker.viewer.is_some_and(|viewer| viewer.user == *changed.value());
    leptos_axum::redirect(if is_theirs { "/account?done=email" } else { "/sign-in?done=email" });
    Ok(changed.map(drop))
}

/// Deletes one's account, for a person who knows its password. Every session of theirs ends.
#[server(endpoint = "delete_account", output = JsonCodec, client = MutationClient)]
pub async fn delete_account(current: Password, legacy: Legacy) -> Result<Changed<()>, AppError> {
    let user = member()?;
    attempts::allow_again(user)?;
    let deleted = written(store().delete_account(user, current, legacy).await).await?;
    session::end();
    leptos_axum::redirect("/sign-in?done=left");
    Ok(deleted)
}

/// With which session this is asked: of a page that was loaded with another one, the session is over.
#[server(endpoint = "fetch_session", input = Json, output = JsonCodec)]
pub async fn fetch_session() -> Result<Option<SessionTag>, AppError> {
    Ok(Asker::current().session.map(|session| session.tag()))
}

/// Whether the demo library's accounts are here.
#[server(endpoint = "fetch_demo", input = GetUrl, output = JsonCodec)]
pub async fn fetch_demo() -> Result<bool, AppError> {
    Ok(store().has_demo_accounts().await?)
}

/// Saves one's handle, and what one says of oneself.
#[server(endpoint = "save_profile", output = JsonCodec, client = MutationClient)]
pub async fn save_profile(handle: Handle, #[server(default)] bio: Bio, base: Rev) -> Result<Changed<Rev>, AppError> {
    let user = signed_in()?;
    let saved = written(store().save_profile(user, domain::ProfileDraft { handle, bio, base }).await).await?;
    leptos_axum::redirect("/account?done=profile");
    Ok(saved)
}

/// Has one told by mail what is new in one's inbox, or no longer.
#[server(endpoint = "choose_mail", output = JsonCodec, client = MutationClient)]
pub async fn choose_mail(choice: MailChoice) -> Result<Changed<()>, AppError> {
    let user = member()?;
    let chosen = written(store().choose_mail(user, choice).await).await?;
    leptos_axum::redirect("/account?done=mail#mail-title");
    Ok(chosen)
}

/// Lets a reader write stories too.
#[server(endpoint = "become_writer", output = JsonCodec, client = MutationClient)]
pub async fn become_writer() -> Result<Changed<()>, AppError> {
    let user = signed_in()?;
    written(store().become_writer(user).await).await
}

/// Signs in to an account that is new. It is there by now: if the session can't begin, the error must not say that
/// nothing was changed.
#[cfg(feature = "ssr")]
async fn begin_session(email: Email, password: Password) -> Result<(), AppError> {
    let signed_in = store().sign_in_anew(email.clone(), password, Asker::current().session).await;
    let signed_in = signed_in.map_err(AppError::from).inspect_err(set_status)?;
    attempts::browser::remember(&email);
    written(Ok(signed_in.map(|token| session::begin(&token)))).await.map(drop)
}

/// Refuses, with this sentence, where no mail is sent.
#[cfg(feature = "ssr")]
fn require_mail(otherwise: &str) -> Result<(), AppError> {
    let sends = leptos::prelude::use_context::<crate::sends_mail::SendsMail>();
    sends.map(drop).ok_or_else(|| AppError::Invalid(otherwise.to_owned())).inspect_err(set_status)
}
