//! An error for an app that needs no words of its own.

use std::fmt;

use abreast_core::Seq;
use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use crate::{Failure, JsonEncoding};

/// What went wrong, in words for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failed {
    /// There is no such thing, or it is another person's.
    NotFound,
    /// The same, as the answer to a query: it was so at this position.
    NotThere(Seq),
    /// The answer is for its viewer alone.
    SignedOut,
    /// What was sent can't be understood.
    Unreadable(String),
    /// The server can't answer just now.
    Unavailable,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound | Self::NotThere(_) => "That isn't here.",
            Self::SignedOut => "Please sign in first.",
            Self::Unreadable(detail) => detail,
            Self::Unavailable => "That can't be reached just now. Please try again in a moment.",
        })
    }
}

impl Failure for Failed {
    fn not_found() -> Self {
        Self::NotFound
    }

    fn unavailable() -> Self {
        Self::Unavailable
    }

    fn unreadable(detail: &str) -> Self {
        Self::Unreadable(detail.to_owned())
    }

    fn too_large() -> Self {
        Self::Unreadable("That is more than can be sent at once.".to_owned())
    }

    fn signed_out() -> Self {
        Self::SignedOut
    }

    fn status(&self) -> u16 {
        match self {
            Self::NotFound | Self::NotThere(_) => 404,
            Self::SignedOut => 401,
            Self::Unreadable(_) => 422,
            Self::Unavailable => 503,
        }
    }

    fn not_there(&self) -> Option<Seq> {
        if let Self::NotThere(as_of) = self { Some(*as_of) } else { None }
    }

    fn is_refusal(&self) -> bool {
        match self {
            Self::NotFound | Self::NotThere(_) | Self::SignedOut | Self::Unreadable(_) => true,
            Self::Unavailable => false,
        }
    }
}

impl FromServerFnError for Failed {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let failed = match error {
            // A decoder's own words repeat what was sent.
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Unreadable("What was sent can't be understood.".to_owned())
            }
            ServerFnErrorErr::MissingArg(name) => Self::Unreadable(format!("Something is missing: {name}.")),
            ServerFnErrorErr::Request(_)
            | ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::Response(_) => Self::Unavailable,
        };
        #[cfg(feature = "ssr")]
        crate::ssr::set_status(&failed);
        failed
    }
}

#[cfg(feature = "ssr")]
impl From<abreast_server::Error> for Failed {
    fn from(error: abreast_server::Error) -> Self {
        use abreast_server::Error;
        match error {
            Error::NotFound => Self::NotFound,
            Error::NotThere { as_of } => Self::NotThere(as_of),
            Error::KeyTaken => Self::Unreadable("Something else was sent with this idempotency key before.".to_owned()),
            Error::Refused(refusal) => Self::Unreadable(refusal.to_string()),
            Error::Database(_)
            | Error::Uncertain(_)
            | Error::Answered(_)
            | Error::Corrupt(_)
            | Error::BadAddress(_)
            | Error::Migration(_)
            | Error::Internal(_) => Self::Unavailable,
        }
    }
}
