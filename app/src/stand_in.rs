//! The stand-in: nobody, for whom the server makes the body of a page that all members share.
//!
//! It has a name and an id that no account has, and likes nothing. What a page says of it has a place in the body, into
//! which each member's own is put. So no body can have anything of a member in it.

use std::sync::LazyLock;

use abreast_server::http::place;
use domain::{Name, Role, UserId, Viewer};
use http::request::Parts;
use leptos::prelude::use_context;

use crate::boot;

/// The stand-in of this process.
pub(crate) static STAND_IN: LazyLock<StandIn> = LazyLock::new(|| {
    let name = chance();
    let viewer = Viewer {
        user: UserId::from_bits(rand::random()),
        name: Name::parse(&name).expect("a name of digits"),
        role: Role::Writer,
        suspended_until: None,
    };
    StandIn { viewer, name, secret: chance() }
});

/// Who is nobody, and the secret that begins each mark.
pub(crate) struct StandIn {
    pub(crate) viewer: Viewer,
    pub(crate) name: String,
    pub(crate) secret: String,
}

/// Put among the extensions of a request whose page is to be a body: with places, for all members or for one.
#[derive(Debug, Clone, Copy)]
pub struct AsBody;

/// Whether the page at hand is a body.
pub(crate) fn is_body() -> bool {
    use_context::<Parts>().is_some_and(|request| request.extensions.get::<AsBody>().is_some())
}

/// Whether it is made for the stand-in.
pub(crate) fn is_looking() -> bool {
    is_body() && boot::viewer().is_some_and(|viewer| viewer.user == STAND_IN.viewer.user)
}

/// The mark of a place.
pub(crate) fn mark(name: &str) -> String {
    place(&STAND_IN.secret, name)
}

/// Letters and digits that no text of an author's has.
fn chance() -> String {
    format!("q{:032x}", rand::random::<u128>())
}
