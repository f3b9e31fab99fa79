//! Directives: what a tier must do, and who may be told.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What every tier must do about a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Directive<T> {
    /// What depends on the tag may be shown while it is fetched anew.
    Refresh(T),
    /// What depends on the tag must never be shown again.
    Evict(T),
}

impl<T: Copy> Directive<T> {
    /// The tag it is about.
    pub const fn tag(self) -> T {
        match self {
            Self::Refresh(tag) | Self::Evict(tag) => tag,
        }
    }
}

/// As in `refresh page:0123456789abc`.
impl<T: fmt::Display> fmt::Display for Directive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refresh(tag) => write!(f, "refresh {tag}"),
            Self::Evict(tag) => write!(f, "evict {tag}"),
        }
    }
}

/// Who may be told of a Change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience<V> {
    /// Everyone.
    Everyone,
    /// One person: it is about their draft, or about themselves.
    Only(V),
}

impl<V: Eq> Audience<V> {
    /// Whether a viewer may be told; `None` is a visitor without a session.
    pub fn includes(self, viewer: Option<V>) -> bool {
        match self {
            Self::Everyone => true,
            Self::Only(user) => viewer == Some(user),
        }
    }
}
