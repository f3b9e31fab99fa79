//! What mails say: plain text, in short sentences.

use app::site_url::SiteUrl;
use domain::Email;
use store::{Claimed, Forgotten};

/// A mail, ready to go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    /// Its name: the same in each attempt, so that who gets it twice can tell.
    pub(super) name: String,
    pub(super) to: Email,
    pub(super) subject: &'static str,
    pub(super) text: String,
}

/// To a person who forgot their password.
pub(super) fn of_forgotten(mail: &Claimed, forgotten: &Forgotten, site: &SiteUrl) -> Letter {
    let (name, link) = (&forgotten.name, site.with(&format!("/reset-password?link={}", forgotten.link.as_str())));
    let text = format!(
        "Hello {name},\n\n\
         another password was asked for, for your account at {}\n\
         If that was you, choose one here:\n\n\
         {link}\n\n\
         The link works once, for an hour. You are signed out everywhere when you use it.\n\
         If it wasn't you, do nothing: your password stays as it is.\n",
        site.with("/"),
    );
    Letter { name: mail.name().to_owned(), to: mail.to.clone(), subject: "Another password for Quire", text }
}
