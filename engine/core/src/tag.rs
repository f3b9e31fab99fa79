//! Tags: what an answer depends on.

mod list;

use serde::{Deserialize, Serialize};

pub use self::list::list_tags;
use crate::nouns::Noun;

/// The tags of an answer: never none, because what depends on nothing could never be made old.
///
/// ```compile_fail
/// let none = abreast_core::Tags::<u64>::default();
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<T>", into = "Vec<T>", bound = "T: Noun")]
pub struct Tags<T>(Box<[T]>);

impl<T: Noun> Tags<T> {
    /// These tags, in a fixed order and each once.
    pub fn of(first: T, others: impl IntoIterator<Item = T>) -> Self {
        let mut tags: Vec<T> = std::iter::once(first).chain(others).collect();
        tags.sort_unstable();
        tags.dedup();
        Self(tags.into())
    }

    /// These and one more.
    #[must_use]
    pub fn and(self, tag: T) -> Self {
        Self::of(tag, self.0)
    }

    /// The tags, at least one.
    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.0.iter().copied()
    }
}

/// A list of tags was empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an answer without tags could never be made old")]
pub struct NoTags;

impl<T: Noun> TryFrom<Vec<T>> for Tags<T> {
    type Error = NoTags;
    fn try_from(tags: Vec<T>) -> Result<Self, NoTags> {
        match tags.split_first() {
            Some((first, others)) => Ok(Self::of(*first, others.iter().copied())),
            None => Err(NoTags),
        }
    }
}

impl<T> From<Tags<T>> for Vec<T> {
    fn from(tags: Tags<T>) -> Self {
        tags.0.into_vec()
    }
}
