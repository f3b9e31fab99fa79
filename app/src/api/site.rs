//! The place itself: how it is run, who is invited, and who may do what. For managers. Plain forms, which work before a
//! script has loaded.

use abreast_browser::{JsonCodec, MutationClient};
use domain::{Changed, InvitationId, Name, Registration, Rev, Role, SiteText, UserId};
use leptos::prelude::server;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::{
    asker::signed_in,
    respond::{store, written},
};

/// Saves who may make an account, and what the place says of itself.
#[server(endpoint = "save_site", output = JsonCodec, client = MutationClient)]
pub async fn save_site(
    registration: Registration,
    #[server(default)] about_text: SiteText,
    #[server(default)] rules_text: SiteText,
    base: Rev,
) -> Result<Changed<Rev>, AppError> {
    let manager = signed_in()?;
    let draft = domain::SiteDraft { registration, about: about_text, rules: rules_text, base };
    let saved = written(store().save_site(manager, draft).await).await?;
    leptos_axum::redirect("/admin?done=saved");
    Ok(saved)
}

/// Invites a person: makes a link that is good once, for two weeks.
#[server(endpoint = "invite", output = JsonCodec, client = MutationClient)]
pub async fn invite(who: Name) -> Result<Changed<InvitationId>, AppError> {
    let manager = signed_in()?;
    let invited = written(store().invite(manager, who).await).await?;
    leptos_axum::redirect("/admin?done=invited#invitations-title");
    Ok(invited)
}

/// Takes an invitation back.
#[server(endpoint = "withdraw_invitation", output = JsonCodec, client = MutationClient)]
pub async fn withdraw_invitation(invitation: InvitationId) -> Result<Changed<()>, AppError> {
    let manager = signed_in()?;
    written(store().withdraw_invitation(manager, invitation).await).await
}

/// Gives a person another role.
#[server(endpoint = "give_role", output = JsonCodec, client = MutationClient)]
pub async fn give_role(user: UserId, role: Role) -> Result<Changed<()>, AppError> {
    let manager = signed_in()?;
    written(store().give_role(manager, user, role).await).await
}
