//! How a query reaches the server.

use abreast_core::Query;

use crate::{App, nouns::Answer};

/// A query that the server answers: its server function.
pub trait Fetch<A: App>: Query<Nouns = A::Nouns> {
    /// Asks the server; on the server itself, asks the library.
    fn fetch(self) -> impl Future<Output = Result<Answer<Self::Output, A>, A::Failure>> + Send;
}
