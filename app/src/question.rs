//! Which query a key names, for who may ask it.

use std::future::Future;

use domain::{Key, Query, Quire, UserId};
use store::Load;

use crate::{
    AppError,
    api::{community, reading, studio},
};

/// An action with any query.
pub(crate) trait Visit: Sync {
    /// What comes of it.
    type Output: Send;

    /// Does it.
    fn visit<Q: Load>(&self, query: &Q) -> impl Future<Output = Self::Output> + Send;
}

/// A question, by its key, and who asks it.
pub(crate) struct Question<'a> {
    key: &'a Key,
    viewer: Option<UserId>,
}

impl<'a> Question<'a> {
    /// What this key names, asked by this viewer.
    pub(crate) const fn new(key: &'a Key, viewer: Option<UserId>) -> Self {
        Self { key, viewer }
    }

    /// Looks for it among every query there is, and has it visited.
    pub(crate) async fn visit<V: Visit>(&self, visitor: &V) -> Result<V::Output, AppError> {
        if let Some(visited) = reading::visit(self, visitor).await {
            return visited;
        }
        if let Some(visited) = community::visit(self, visitor).await {
            return visited;
        }
        studio::visit(self, visitor).await.unwrap_or_else(|| Err(unknown()))
    }

    /// The question, if it is one of this query's and its asker's to ask.
    pub(crate) fn parse<Q: Query<Nouns = Quire>>(&self) -> Option<Result<Q, AppError>> {
        let (question, arguments) = self.key.as_str().split_once('?')?;
        if question.split('.').next()? != Q::NAME {
            return None;
        }
        let query = serde_urlencoded::from_str::<Q>(arguments).ok();
        // A key has one spelling, and its version is part of it.
        let query = query.filter(|query| query.key() == *self.key).ok_or_else(unknown);
        Some(query.and_then(|query| match query.viewer() {
            // A personal answer is for its viewer alone.
            Some(owner) if self.viewer != Some(owner) => Err(AppError::SignedOut),
            Some(_) | None => Ok(query),
        }))
    }
}

fn unknown() -> AppError {
    AppError::Invalid("There is no such question.".to_owned())
}
