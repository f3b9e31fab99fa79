//! The half that speaks HTTP: how a browser hears of commits, what its requests and answers say of the log, and the
//! pages that are kept whole.
//!
//! An app puts these into its own router: [`Live`] behind an address for web sockets, [`compare`] around what names its
//! content, and outermost either [`serve_kept`] or, without kept pages, [`raise_seen`]. The app passes in the viewer of a
//! connection, the names of its cookies and the path of its functions ([`Site`]), and which pages may be kept, with what
//! of them is whose ([`PageRules`]).

mod cookies;
mod site;
mod function_request;
mod seen;
mod etag;
mod idempotency;
mod pages;
mod live;
mod exporter;

#[cfg(test)]
mod tests;

pub use self::{
    etag::compare,
    exporter::{Families, NodeFigures, answer_figures},
    function_request::FunctionRequest,
    idempotency::IdempotencyKey,
    live::{Heartbeat, Live},
    pages::{
        Address, Basis, Fragments, IsFor, Marks, PageAnswer, PageCounts, PageRules, Pages, Sender, choice, place,
        serve_kept,
    },
    seen::{Shown, raise_seen},
    site::Site,
};
