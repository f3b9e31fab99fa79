//! How a query reaches the server.

use std::future::Future;

use domain::{Answer, Query};

use crate::AppError;

/// A query that the server answers: its server function.
pub trait Fetch: Query {
    /// Asks the server; on the server itself, asks the library.
    fn fetch(self) -> impl Future<Output = Result<Answer<Self::Output>, AppError>> + Send;
}
