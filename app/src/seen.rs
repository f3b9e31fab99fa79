//! The names of the cookies about Seen (rule 6).

use domain::SeenCookie;

/// `quire-seen`, and `quire-seen-proof`.
pub const COOKIE: SeenCookie = SeenCookie::with_prefix("quire");
