//! What mails say: plain text, in short sentences.

use app::{news::told, site_url::SiteUrl};
use domain::Email;
use store::{Claimed, Forgotten, NewsMail};

/// A mail, ready to go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    /// Its name: the same in each attempt, so that who gets it twice can tell.
    pub(super) name: String,
    pub(super) to: Email,
    pub(super) subject: &'static str,
    pub(super) text: String,
    /// Where a mail program ends these mails with one click, if they can be ended. Source: RFC 8058.
    pub(super) ends_at: Option<String>,
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
    Letter {
        name: mail.name().to_owned(),
        to: mail.to.clone(),
        subject: "Another password for Quire",
        text,
        ends_at: None,
    }
}

/// To a person with news in their inbox. The mail says what happened and where; what was said is on the site, where it may
/// be taken back.
pub(super) fn of_news(mail: &Claimed, news: &NewsMail, site: &SiteUrl) -> Letter {
    let ends_at = site.with(&format!("/unsubscribe?code={}", news.code));
    let line = |(words, path): (String, String)| format!("* {words}\n  {}\n", site.with(&path));
    let lines: String = news.news.iter().map(|news| line(told(news))).collect();
    let text = format!(
        "Hello {},\n\n\
         this is new for you:\n\n\
         {lines}\n\
         You get these mails because you asked for them on your account's page:\n\
         {}\n\
         To get no more of them, open this address:\n\
         {ends_at}\n",
        news.name,
        site.with("/account"),
    );
    let subject = "What is new for you at Quire";
    Letter { name: mail.name().to_owned(), to: mail.to.clone(), subject, text, ends_at: Some(ends_at) }
}
