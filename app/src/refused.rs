//! Refused: a form that was sent without our script, and not accepted. It is answered with a page that has all that
//! was typed in it, and sends it again.
//!
//! What was typed goes from the request into the answer, and nowhere else: not into an address, not into a log.

use http::request::Parts;
use leptos::prelude::use_context;

use crate::{AppError, way_back::WayBack};

/// The field of an address that says to which page a form that is sent again leads.
pub const BACK: &str = "back";

/// A form as it was sent, and what it was refused for. Put among the extensions of the request that makes the page.
#[derive(Debug, Clone)]
pub struct Refused {
    /// Where to send it again: the address of its function, with its key.
    pub action: String,
    /// What was sent, by the fields' names.
    pub fields: Vec<(String, String)>,
    /// Whether something was sent that is not among them: a file, or more than was read. It can't be sent again from here.
    pub is_lost: bool,
    /// Why not.
    pub error: AppError,
    /// The page that it came from.
    pub back: WayBack,
}

impl Refused {
    /// What the page at hand is made for, if it is made for that.
    pub fn current() -> Option<Self> {
        use_context::<Parts>()?.extensions.get::<Self>().cloned()
    }
}
