//! Who may look into the caches, and do things to them by hand.

use abreast_browser::ssr::set_status;
use domain::Role;
use leptos::prelude::use_context;

use crate::{AppError, asker::Asker};

/// Who may. Keys name stories and people, so in production they are the managers' to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Insiders {
    /// Everyone, because only developers come here.
    Everybody,
    /// Managers alone.
    Managers,
}

impl Default for Insiders {
    /// As the program was built.
    fn default() -> Self {
        if cfg!(debug_assertions) { Self::Everybody } else { Self::Managers }
    }
}

/// The node has an address for insiders, and their pages are nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Elsewhere;

/// Whether strangers can't reach the insiders' pages.
pub(crate) fn is_elsewhere() -> bool {
    use_context::<Elsewhere>().is_some()
}

/// Refuses who is none of them.
pub(crate) fn may_look() -> Result<(), AppError> {
    let role = Asker::current().viewer.map(|viewer| viewer.role);
    // A server that doesn't say is one in production.
    let may = match use_context::<Insiders>().unwrap_or(Insiders::Managers) {
        Insiders::Everybody => true,
        Insiders::Managers => role == Some(Role::Manager),
    };
    let refusal = if role.is_some() { AppError::NotAllowed } else { AppError::SignedOut };
    if may { Ok(()) } else { Err(refusal).inspect_err(set_status) }
}
