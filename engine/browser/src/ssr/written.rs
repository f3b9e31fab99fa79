//! The last line of a server function that writes.

use super::{Serve, headers, refetch};
use crate::nouns::Changed;

/// Answers a mutation: the envelope, its headers, the position it reached, and new answers to what its asker has on
/// screen.
pub async fn written<A: Serve, T>(changed: Changed<T, A>) -> Changed<T, A> {
    headers::tell::<A>(changed.record());
    refetch::carry::<A, T>(changed).await
}
