//! What mails say: plain text, in short sentences.

use app::{
    components::{Says, in_utc},
    news::told,
    site_url::SiteUrl,
};
use domain::Email;
use store::{AccountNotice, AddressAsked, AddressNotice, Claimed, Forgotten, NewsMail};

use super::unsubscribe;

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
    letter(mail, "Another password for Quire", text)
}

/// To a person with news in their inbox. The mail says what happened and where; what was said is on the site, where it may
/// be taken back.
pub(super) fn of_news(mail: &Claimed, news: &NewsMail, site: &SiteUrl) -> Letter {
    let to_page = site.with(&format!("/unsubscribe?code={}", news.code));
    let ends_at = site.with(&format!("{}?code={}", unsubscribe::PATH, news.code));
    let line = |(words, path): (String, String)| format!("* {words}\n  {}\n", site.with(&path));
    let lines: String = news.news.iter().map(|news| line(told(news))).collect();
    let text = format!(
        "Hello {},\n\n\
         this is new for you:\n\n\
         {lines}\n\
         You get these mails because you asked for them on your account's page:\n\
         {}\n\
         To get no more of them, open this address:\n\
         {to_page}\n",
        news.name,
        site.with("/account"),
    );
    let subject = "What is new for you at Quire";
    Letter { name: mail.name().to_owned(), to: mail.to.clone(), subject, text, ends_at: Some(ends_at) }
}

/// To an address that an account is to have.
pub(super) fn of_new_address(mail: &Claimed, asked: &AddressAsked, site: &SiteUrl) -> Letter {
    let place = site.with("/");
    let text = match asked {
        AddressAsked::Link(name, link) => format!(
            "Hello {name},\n\n\
             this is to be the e-mail address of your account at {place}\n\
             If that was you, confirm it here:\n\n\
             {}\n\n\
             The link works once, for an hour. From then on you sign in with this address.\n\
             If it wasn't you, do nothing: nothing changes.\n",
            site.with(&format!("/confirm-email?link={}", link.as_str())),
        ),
        AddressAsked::Taken => format!(
            "Hello,\n\n\
             this e-mail address was asked for, for another account at {place}\n\
             There is an account with this address already, so nothing was changed.\n\
             If that was you, sign in to this account, or delete it first.\n\
             If it wasn't you, do nothing.\n",
        ),
    };
    letter(mail, "Your e-mail address at Quire", text)
}

/// To the address before.
pub(super) fn of_address_notice(mail: &Claimed, notice: &AddressNotice, site: &SiteUrl) -> Letter {
    let AddressNotice { name, new } = notice;
    let text = format!(
        "Hello {name},\n\n\
         your account at {} is to have another e-mail address:\n\n\
         {}\n\n\
         It changes when the link that was sent there is used. If that was you, you need do nothing here.\n\
         If it wasn't you, another person knows your password: choose another one now, which signs all others out:\n\n\
         {}\n",
        site.with("/"),
        new.as_str(),
        site.with("/account"),
    );
    letter(mail, "Another e-mail address for your account at Quire", text)
}

/// What happened to an account, and what its owner does if it was not their doing.
#[derive(Debug, Clone, Copy)]
pub(super) struct AccountTold {
    subject: &'static str,
    happened: &'static str,
    otherwise: &'static str,
}

pub(super) const SECOND_FACTOR_ON: AccountTold = AccountTold {
    subject: "The second step is on, at Quire",
    happened: "signing in to your account takes a code from an app from now on. Your other browsers and devices were signed out.",
    otherwise: "If it wasn't you, another person knows your password: ask those who run the place to turn the second step off,\nand choose another password.",
};

pub(super) const SECOND_FACTOR_OFF: AccountTold = AccountTold {
    subject: "The second step is off, at Quire",
    happened: "signing in to your account takes no code any more, only your password.",
    otherwise: "If it wasn't you, and you didn't ask those who run the place, choose another password now, which signs all others out.\nThen turn the second step on again.",
};

pub(super) const RECOVERY_CODES_MADE: AccountTold = AccountTold {
    subject: "New recovery codes, at Quire",
    happened: "your account has ten new recovery codes. Those before work no more.",
    otherwise: "If it wasn't you, another person knows your password and gave a code: choose another password now, which signs all\nothers out, and make new recovery codes.",
};

pub(super) const RECOVERY_CODE_USED: AccountTold = AccountTold {
    subject: "A recovery code was used, at Quire",
    happened: "one of your recovery codes was used for your account. It works no more.",
    otherwise: "If it wasn't you, another person knows your password and has your codes: choose another password now, which signs all\nothers out, and make new recovery codes.",
};

pub(super) const WRONG_CODES: AccountTold = AccountTold {
    subject: "Wrong codes for your account at Quire",
    happened: "wrong codes were given for your account, several one after the other. No one got in by them.",
    otherwise: "If it wasn't you, another person knows your password: choose another one now.",
};

/// To a person whose account was changed.
pub(super) fn of_account(mail: &Claimed, notice: &AccountNotice, told: AccountTold, site: &SiteUrl) -> Letter {
    let AccountTold { subject, happened, otherwise } = told;
    let text = format!(
        "Hello {},\n\n\
         {happened}\n\
         It happened on {}, at {}\n\n\
         If that was you, you need do nothing.\n\
         {otherwise}\n\n\
         {}\n",
        notice.name,
        in_utc(notice.at, Says::Exact),
        site.with("/"),
        site.with("/account"),
    );
    letter(mail, subject, text)
}

fn letter(mail: &Claimed, subject: &'static str, text: String) -> Letter {
    Letter { name: mail.name().to_owned(), to: mail.to.clone(), subject, text, ends_at: None }
}
