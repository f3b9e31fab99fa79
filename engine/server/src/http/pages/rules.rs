//! What an app says of its pages: which are kept, who asks for one, and what of it is the asker's.

use std::future::Future;

use abreast_core::Seq;
use axum::{
    extract::Request,
    http::{HeaderMap, request::Parts},
};

use super::Marks;
use crate::{App, nouns::Viewer};

/// Under which name the page that a request asks for is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The same for all who may be sent the same bytes.
    pub name: String,
    /// Whose bytes they are.
    pub is_for: IsFor,
}

/// For whom a page is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IsFor {
    /// Everybody: as a whole for strangers, and as a body with places for all members.
    Everybody,
    /// One member: a body of their own, in which only what changes with each answer has a place.
    OneMember,
}

/// Who asks for a page.
pub enum Sender<F> {
    /// A visitor without a session.
    Stranger,
    /// A member, with their fragments.
    Member(F),
    /// Who it is, or what of the page is theirs, could not be found out from what may be kept.
    Unclear,
}

/// An app's word on its pages.
pub trait PageRules<A: App>: Send + Sync + 'static {
    /// What of its pages is one member's.
    type Fragments: Fragments<A>;

    /// How the page that a request asks for is kept; `None` if it isn't: an address that a visitor made up, for one.
    fn address(&self, request: &Parts) -> Option<Address>;

    /// Who asks. The node has confirmed the log since the request came.
    fn sender(&self, request: &Parts, seen: Seq) -> impl Future<Output = Sender<Self::Fragments>> + Send;
}

/// What of an app's pages is one member's: it is put into the places of a body as that goes out.
pub trait Fragments<A: App>: Send + Sync {
    /// Whose they are.
    fn viewer(&self) -> Viewer<A>;

    /// All of the member that their own pages may be made of beside the answers in them.
    fn own_name(&self) -> String;

    /// The highest position among them.
    fn newest(&self) -> Seq;

    /// Has a request for a body answered: as the stand-in's, who is nobody, or as this member's own. The marks say where
    /// the places will be.
    fn ask(&self, is_for: IsFor, request: &mut Request) -> Marks<A>;

    /// Writes what belongs into this place.
    fn write(&self, place: &str, page: &mut Vec<u8>);

    /// Whether what stands under this condition is for this member.
    fn hold(&self, condition: &str) -> bool;

    /// Says in the headers what depends on the whole page.
    fn seal(&self, page: &[u8], headers: &mut HeaderMap);
}
