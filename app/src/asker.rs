//! Who is asking: worked out once for each request by the server.

use std::net::IpAddr;

use domain::{Barred, Device, Seq, UserId, Viewer};
use http::request::Parts;
use leptos::prelude::use_context;
use store::SessionToken;

use crate::AppError;

/// Who is asking, and what they have seen.
#[derive(Debug, Clone, Default)]
pub struct Asker {
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// With which session.
    pub session: Option<SessionToken>,
    /// The highest position in the log that they have seen (rule 6).
    pub seen: Seq,
    /// From where: of an IPv6 address its /64, which is what one customer has.
    pub address: Option<IpAddr>,
    /// Whether they came over TLS.
    pub secure: bool,
    /// With what.
    pub device: Device,
}

impl Asker {
    /// The sender of the request that is being answered.
    pub fn current() -> Self {
        use_context::<Parts>().and_then(|request| request.extensions.get::<Self>().cloned()).unwrap_or_default()
    }

    /// The one signed in.
    pub fn user(&self) -> Result<UserId, AppError> {
        self.viewer.as_ref().map(|viewer| viewer.user).ok_or(AppError::SignedOut)
    }

    /// The one signed in, if they may write.
    fn writing_user(&self) -> Result<UserId, AppError> {
        let viewer = self.viewer.as_ref().ok_or(AppError::SignedOut)?;
        match viewer.suspended_until {
            Some(until) => Err(AppError::Barred(Barred::Suspended(until))),
            None => Ok(viewer.user),
        }
    }
}

/// The one signed in, for the first line of a mutation. A suspended person is refused here: they read only.
pub fn signed_in() -> Result<UserId, AppError> {
    Asker::current().writing_user().inspect_err(abreast_browser::ssr::set_status)
}

/// The same, for the few writes that are part of reading, or of looking after one's own account: a suspended person may
/// do them, too.
pub fn member() -> Result<UserId, AppError> {
    Asker::current().user().inspect_err(abreast_browser::ssr::set_status)
}
