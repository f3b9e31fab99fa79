//! Queries: what can be read, and so cached.
//!
//! A query's arguments are its key, made by serde from the struct itself, so that no argument can be left out of it.
//! Everything about one person has that person among its arguments.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};

use crate::{Key, Nouns, Policy, Tags};

/// Something that can be read, and so cached.
pub trait Query: Debug + Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The nouns of the app whose query it is.
    type Nouns: Nouns;
    /// What it answers with.
    type Output: Debug + Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static;

    /// Its name in keys, addresses and metrics.
    const NAME: &'static str;
    /// Raised when the output's shape changes, so that no tier hands out the old shape.
    const VERSION: u32 = 1;
    /// The page family it serves.
    const AREA: <Self::Nouns as Nouns>::Area;

    /// Whose answer this is; `None` if it is the same for everybody. No default: each query decides.
    fn viewer(&self) -> Option<<Self::Nouns as Nouns>::Viewer>;

    /// What the answer depends on. Its area is added by the engine.
    fn tags(&self, output: &Self::Output) -> Tags<<Self::Nouns as Nouns>::Tag>;

    /// How long its answers may be kept: as its area's, unless it says otherwise.
    fn policy() -> Policy {
        Self::Nouns::policy_of(Self::AREA)
    }

    /// For how many milliseconds a browser may keep its answers: as nodes do, unless it says otherwise. What a person
    /// wants to open without a network is kept for longer.
    fn browser_lifetime() -> i64 {
        Self::policy().keep_for
    }

    /// The name of this very question in every tier.
    fn key(&self) -> Key {
        Key::of(Self::NAME, Self::VERSION, self)
    }
}
