//! Which query a key names, for those who may ask it.

use std::future::Future;

use abreast_core::{Key, Query};
use abreast_server::Load;

use super::Serve;
use crate::{App, Failure, nouns::Viewer};

/// An action with any query.
pub trait Visit<A: Serve>: Sync {
    /// What comes of it.
    type Output: Send;

    /// Does it.
    fn visit<Q>(&self, query: &Q) -> impl Future<Output = Self::Output> + Send
    where
        Q: Query<Nouns = A::Nouns>,
        A::Server: Load<Q>;
}

/// A key that a browser names, and who asks.
#[derive(Debug)]
pub struct AskedKey<'a, A: App> {
    key: &'a Key,
    viewer: Option<Viewer<A>>,
}

impl<'a, A: App> AskedKey<'a, A> {
    /// This key, asked by this viewer.
    pub const fn new(key: &'a Key, viewer: Option<Viewer<A>>) -> Self {
        Self { key, viewer }
    }

    /// The query, if the key names one of this type, and it is its asker's to ask.
    pub fn parse<Q: Query<Nouns = A::Nouns>>(&self) -> Option<Result<Q, A::Failure>> {
        let (question, arguments) = self.key.as_str().split_once('?')?;
        if question.split('.').next()? != Q::NAME {
            return None;
        }
        let query = serde_urlencoded::from_str::<Q>(arguments).ok();
        // A key has one spelling, and its version is part of it.
        let query = query.filter(|query| query.key() == *self.key).ok_or_else(unknown::<A>);
        Some(query.and_then(|query| match query.viewer() {
            // A personal answer is for its viewer alone.
            Some(owner) if self.viewer != Some(owner) => Err(A::Failure::signed_out()),
            Some(_) | None => Ok(query),
        }))
    }
}

/// Looks for the query among all that there are.
pub(super) async fn visit<A: Serve, V: Visit<A>>(
    key: &Key,
    viewer: Option<Viewer<A>>,
    visitor: &V,
) -> Result<V::Output, A::Failure> {
    A::visit(&AskedKey::new(key, viewer), visitor).await.unwrap_or_else(|| Err(unknown::<A>()))
}

fn unknown<A: App>() -> A::Failure {
    A::Failure::unreadable("There is no such question.")
}
