//! Who carries a mail: a mail server, or for development a folder.

use std::{fmt, path::PathBuf, str::FromStr, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

use super::letter::Letter;

/// How long a mail server has.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where these mails are ended, and that one click does it. Source: RFC 2369 and RFC 8058.
const ENDS_AT: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe");
const BY_ONE_CLICK: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");

/// Where a mail server is, with the means to sign in there. It holds a secret, so it is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl(String);

/// The text names no mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is written as in smtps://user:password@mail.example:465, or smtp://… for STARTTLS")]
pub struct NotAnSmtpUrl;

/// From whom mails come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender(Mailbox);

/// A mail did not go out.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The mail server did not take it.
    #[error("the mail server: {0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    /// It can't be addressed like that.
    #[error("the address: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// It can't be written down.
    #[error("the mail: {0}")]
    Message(#[from] lettre::error::Error),
    /// The folder can't be written to.
    #[error("the folder: {0}")]
    Folder(#[from] std::io::Error),
    /// It says that it can't take mail now.
    #[error("the mail server does not take mail now")]
    NotReady,
}

/// Who carries a mail.
#[derive(Clone)]
pub struct Carrier {
    from: Mailbox,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

impl Carrier {
    /// A mail server.
    ///
    /// # Errors
    /// If the address can't be used.
    pub fn smtp(url: &SmtpUrl, from: Sender) -> Result<Self, MailError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url.0)?.timeout(Some(PATIENCE)).build();
        Ok(Self { from: from.0, way: Way::Smtp(transport) })
    }

    /// A folder, in which each mail becomes a file.
    pub fn folder(folder: PathBuf, from: Sender) -> Self {
        Self { from: from.0, way: Way::Folder(folder) }
    }

    /// Whether it would take a mail now.
    ///
    /// # Errors
    /// Why not.
    pub async fn try_out(&self) -> Result<(), MailError> {
        match &self.way {
            Way::Smtp(transport) => {
                if transport.test_connection().await? {
                    Ok(())
                } else {
                    Err(MailError::NotReady)
                }
            }
            Way::Folder(folder) => {
                let probe = folder.join(".quire-probe");
                std::fs::write(&probe, "")?;
                Ok(std::fs::remove_file(probe)?)
            }
        }
    }

    /// Has it carried.
    pub(super) async fn carry(&self, letter: &Letter) -> Result<(), MailError> {
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, letter.to.as_str().parse()?))
            .subject(letter.subject)
            .message_id(Some(format!("<{}@{}>", letter.name, self.from.email.domain())))
            .header(ContentType::TEXT_PLAIN);
        if let Some(ends_at) = &letter.ends_at {
            message = message
                .raw_header(HeaderValue::new(ENDS_AT, format!("<{ends_at}>")))
                .raw_header(HeaderValue::new(BY_ONE_CLICK, "List-Unsubscribe=One-Click".to_owned()));
        }
        let message = message.body(letter.text.clone())?;
        match &self.way {
            Way::Smtp(transport) => drop(transport.send(message).await?),
            Way::Folder(folder) => {
                std::fs::create_dir_all(folder)?;
                // Another process never finds half of one.
                let (file, part) =
                    (folder.join(format!("{}.eml", letter.name)), folder.join(format!("{}.part", letter.name)));
                std::fs::write(&part, message.formatted())?;
                std::fs::rename(part, file)?;
            }
        }
        Ok(())
    }
}

impl FromStr for SmtpUrl {
    type Err = NotAnSmtpUrl;

    /// Without a word on TLS, `smtp://` begins in the clear and goes on only with TLS.
    fn from_str(text: &str) -> Result<Self, NotAnSmtpUrl> {
        let (scheme, rest) = text.split_once("://").ok_or(NotAnSmtpUrl)?;
        let host = rest.rsplit('@').next().unwrap_or_default();
        if host.is_empty() || host.starts_with(['/', ':', '?']) {
            return Err(NotAnSmtpUrl);
        }
        let url = match scheme {
            "smtps" => text.to_owned(),
            // In the clear: the library's word for it is none at all.
            "smtp" if rest.ends_with("?tls=none") => text.trim_end_matches("?tls=none").to_owned(),
            "smtp" if rest.contains("tls=") => text.to_owned(),
            "smtp" => format!("{text}{}tls=required", if rest.contains('?') { '&' } else { '?' }),
            _ => return Err(NotAnSmtpUrl),
        };
        if AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).is_ok() { Ok(Self(url)) } else { Err(NotAnSmtpUrl) }
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpUrl(…)")
    }
}

impl FromStr for Sender {
    type Err = lettre::address::AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_texts_name_a_mail_server() {
        for (text, expected) in [
            ("smtps://me:secret@mail.example:465", Some("smtps://me:secret@mail.example:465")),
            ("smtp://me:secret@mail.example:587", Some("smtp://me:secret@mail.example:587?tls=required")),
            ("smtp://127.0.0.1:25?tls=none", Some("smtp://127.0.0.1:25")),
            ("mail.example", None),
            ("https://mail.example", None),
            ("smtp://", None),
            ("smtps://me:secret@", None),
            ("smtp://mail.example?tls=perhaps", None),
        ] {
            assert_eq!(text.parse::<SmtpUrl>().ok().map(|url| url.0).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_secret_is_not_shown() {
        let url: SmtpUrl = "smtps://me:secret@mail.example:465".parse().expect("a mail server");
        assert!(!format!("{url:?}").contains("secret"));
    }
}
