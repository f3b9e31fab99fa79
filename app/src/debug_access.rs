//! Who may look into the caches, and do things to them by hand.

use abreast_browser::ssr::set_status;
use domain::Role;
use leptos::prelude::use_context;

use crate::{AppError, asker::Asker};

/// Who may. Keys name stories and people, so in production they are the managers' to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DebugAccess {
    /// Everyone, because only developers come here.
    Everyone,
    /// Managers alone.
    Managers,
}

impl Default for DebugAccess {
    /// As the program was built.
    fn default() -> Self {
        if cfg!(debug_assertions) { Self::Everyone } else { Self::Managers }
    }
}

/// The node has an address for people who look after it, and the debug page is nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct HasAdminAddress;

/// Whether strangers can't reach the debug page.
pub(crate) fn is_elsewhere() -> bool {
    use_context::<HasAdminAddress>().is_some()
}

/// Refuses all others.
pub(crate) fn may_look() -> Result<(), AppError> {
    let role = Asker::current().viewer.map(|viewer| viewer.role);
    // A server that doesn't say is one in production.
    let may = match use_context::<DebugAccess>().unwrap_or(DebugAccess::Managers) {
        DebugAccess::Everyone => true,
        DebugAccess::Managers => role == Some(Role::Manager),
    };
    let refusal = if role.is_some() { AppError::NotAllowed } else { AppError::SignedOut };
    if may { Ok(()) } else { Err(refusal).inspect_err(set_status) }
}
