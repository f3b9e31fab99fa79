//! What went wrong, in words for people. The detail stays in the server's log.

#[cfg(feature = "ssr")]
mod of_store;

use abreast_browser::{Failure, JsonEncoding};
use domain::{Barred, Blocked, Bound, Newer, NotPublished, NotRestored, Registration, Rev, Seq};
use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// What went wrong: each message is shown as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum AppError {
    /// There is no session, or no longer.
    #[error("Please sign in first.")]
    SignedOut,
    /// The role does not allow it.
    #[error("Your account can't do that.")]
    NotAllowed,
    /// The thing does not exist, or belongs to another person.
    #[error("That isn't here, or isn't yours.")]
    NotFound,
    /// The same, as the answer to a query: it was so at this position.
    #[error("That isn't here, or isn't yours.")]
    NotThere(Seq),
    /// What was sent makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// Another save came in between.
    #[error("This was saved elsewhere in the meantime. Nothing is lost: choose which text to keep.")]
    Conflict(Rev),
    /// The same, of a few short texts, which are told along.
    #[error("This was saved elsewhere in the meantime. Nothing is lost: choose which text to keep.")]
    ConflictWith(Newer),
    /// Readers can't have it, as it is.
    #[error("{0}")]
    NotPublished(NotPublished),
    /// It can't come back from the trash, as it is.
    #[error("{0}")]
    NotRestored(NotRestored),
    /// There is no room for more.
    #[error("{0}")]
    Full(Bound),
    /// There is an account with this address.
    #[error("There is an account with that e-mail address already.")]
    AddressTaken,
    /// The handle is or was another person's.
    #[error("This handle is another person’s, or was once. Please take another one.")]
    HandleTaken,
    /// Address or password is wrong.
    #[error("That e-mail address and password don't belong together.")]
    WrongPassword,
    /// What was given as the account's password is not.
    #[error("That isn’t the password you have now.")]
    NotThePassword,
    /// The link to another password can't be used any more.
    #[error("This link was used already, or it is more than an hour old. Please ask for another one.")]
    LinkIsOver,
    /// It is no code of the account, or was taken before.
    #[error("That code isn’t right, or it was used already. Your app shows a new one every half a minute.")]
    WrongCode,
    /// The second step of a sign-in took too long.
    #[error("This sign-in is over: a code was tried too often, or not within ten minutes. Please begin again.")]
    SignInIsOver,
    /// Too many wrong codes were tried at an account.
    #[error("Too many wrong codes were tried. Please use a recovery code, or try again in {}.", minutes(*.0))]
    TooManyCodes(u64),
    /// Those who look after the place have closed it.
    #[error("{0}")]
    Barred(Barred),
    /// It concerns a person who has blocked the asker.
    #[error("{0}")]
    Blocked(Blocked),
    /// No account is made here, or none like this.
    #[error("{}", no_registration(*.0))]
    NoRegistration(Registration),
    /// No manager would be left.
    #[error("This place needs a manager: make another person a manager first.")]
    LastManager,
    /// Too much at once, or too many attempts.
    #[error("That was too often. Please try again in {0} seconds.")]
    TooMany(u64),
    /// More than may be sent at once.
    #[error("That is more than can be sent at once.")]
    TooLarge,
    /// The database can't be asked.
    #[error("The library can't be reached just now. Please try again in a moment.")]
    Unavailable,
    /// The database can't be asked, and what was to be written left nothing behind.
    #[error("The library can't be reached just now, so nothing was changed. It is safe to try again in a moment.")]
    Unsaved,
    /// The database went away while something was being saved.
    #[error("The library went away while this was being saved: look whether it is there before you try again.")]
    Uncertain,
    /// A mistake of ours.
    #[error("Something went wrong on our side. It has been noted.")]
    Internal,
    /// The server can't be asked.
    #[error("You seem to be offline.")]
    Offline,
}

impl AppError {
    /// The sentence in a form, which still holds what was typed.
    pub fn in_form(&self) -> String {
        let kept = if *self == Self::SignedOut { " What you wrote is still here." } else { "" };
        format!("{self}{kept}")
    }

    /// The HTTP status.
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignedOut | Self::WrongPassword | Self::NotThePassword | Self::WrongCode => 401,
            Self::NotAllowed | Self::Barred(_) | Self::Blocked(_) | Self::NoRegistration(_) => 403,
            Self::NotFound | Self::NotThere(_) => 404,
            Self::Conflict(_) | Self::ConflictWith(_) | Self::AddressTaken | Self::HandleTaken | Self::LastManager => {
                409
            }
            Self::LinkIsOver | Self::SignInIsOver => 410,
            Self::TooLarge => 413,
            Self::Invalid(_) | Self::NotPublished(_) | Self::NotRestored(_) | Self::Full(_) => 422,
            Self::TooMany(_) | Self::TooManyCodes(_) => 429,
            Self::Internal => 500,
            Self::Unavailable | Self::Unsaved | Self::Uncertain | Self::Offline => 503,
        }
    }
}

impl Failure for AppError {
    fn not_found() -> Self {
        Self::NotFound
    }

    fn unavailable() -> Self {
        Self::Unavailable
    }

    fn unreadable(detail: &str) -> Self {
        Self::Invalid(sentence(detail))
    }

    fn too_large() -> Self {
        Self::TooLarge
    }

    fn signed_out() -> Self {
        Self::SignedOut
    }

    fn status(&self) -> u16 {
        self.status()
    }

    fn retry_after(&self) -> Option<u64> {
        if let Self::TooMany(seconds) | Self::TooManyCodes(seconds) = self { Some(*seconds) } else { None }
    }

    fn not_there(&self) -> Option<Seq> {
        if let Self::NotThere(as_of) = self { Some(*as_of) } else { None }
    }

    fn is_refusal(&self) -> bool {
        match self {
            Self::SignedOut
            | Self::NotAllowed
            | Self::NotFound
            | Self::NotThere(_)
            | Self::Invalid(_)
            | Self::Conflict(_)
            | Self::ConflictWith(_)
            | Self::NotPublished(_)
            | Self::NotRestored(_)
            | Self::Full(_)
            | Self::AddressTaken
            | Self::HandleTaken
            | Self::WrongPassword
            | Self::NotThePassword
            | Self::LinkIsOver
            | Self::WrongCode
            | Self::SignInIsOver
            | Self::Barred(_)
            | Self::Blocked(_)
            | Self::NoRegistration(_)
            | Self::LastManager
            | Self::TooLarge => true,
            Self::TooMany(_)
            | Self::TooManyCodes(_)
            | Self::Unavailable
            | Self::Unsaved
            | Self::Uncertain
            | Self::Internal
            | Self::Offline => false,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let error = match error {
            ServerFnErrorErr::Request(_) => Self::Offline,
            ServerFnErrorErr::Args(detail) => Self::Invalid(sentence(&detail)),
            ServerFnErrorErr::Deserialization(detail) if detail.contains("length limit") => Self::TooLarge,
            ServerFnErrorErr::Deserialization(detail) => Self::Invalid(sentence(&detail)),
            ServerFnErrorErr::MissingArg(name) => Self::Invalid(format!("Something is missing: {name}.")),
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::Response(_) => Self::Internal,
        };
        // Requests that never reach a server function's body fail here: the status is ours to set.
        #[cfg(feature = "ssr")]
        abreast_browser::ssr::set_status(&error);
        error
    }
}

/// So many seconds, in words.
fn minutes(seconds: u64) -> String {
    match seconds.div_ceil(60) {
        0 | 1 => "a minute".to_owned(),
        more => format!("{more} minutes"),
    }
}

/// Why there is no new account, and what one can do.
const fn no_registration(who: Registration) -> &'static str {
    match who {
        Registration::Open | Registration::Closed => "No new accounts are made here at the moment.",
        Registration::Invited => {
            "New accounts are made by invitation here: open the link that you were sent, or ask a person who looks after this place."
        }
    }
}

/// A decoder's complaint, if it is a sentence of ours. A decoder's own repeat what was sent, between backticks or
/// quotes and after a small letter: those words are not ours to say, least of all in an address that we sign.
fn sentence(detail: &str) -> String {
    let own = detail.split(" at line ").next().unwrap_or(detail).trim();
    let is_ours = own.starts_with(char::is_uppercase) && own.ends_with('.') && !own.contains(['`', '"']);
    if is_ours { own.to_owned() } else { "What was sent could not be understood.".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_words_are_shown() {
        const NOT_OURS: &str = "What was sent could not be understood.";
        let ours = "Please write a name: it can't be empty.";
        for (detail, expected) in [
            (ours, ours),
            ("Please write a name: it can't be empty. at line 1 column 9", ours),
            ("unknown variant `Call me.`, expected `reader` or `writer`", NOT_OURS),
            ("unknown variant `Call me. at line 1`, expected `reader` or `writer`", NOT_OURS),
            ("invalid type: string \"Call me. at line 1\", expected u32", NOT_OURS),
            ("missing field `name`", NOT_OURS),
            ("EOF while parsing a value at line 1 column 0", NOT_OURS),
            ("", NOT_OURS),
        ] {
            assert_eq!(sentence(detail), expected, "{detail:?}");
        }
    }
}
