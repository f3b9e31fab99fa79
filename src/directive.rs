//! Directives: what a tier must do, and who may be told.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{ids::UserId, tag::Tag};

/// What every tier must do about a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Directive {
    /// What depends on the tag may be shown while it is fetched anew.
    Refresh(Tag),
    /// What depends on the tag must never be shown again.
    Evict(Tag),
}

impl Directive {
    /// The tag it is about.
    pub const fn tag(self) -> Tag {
        match self {
            Self::Refresh(tag) | Self::Evict(tag) => tag,
        }
    }
}

/// As in `refresh story:0123456789abc`.
impl fmt::Display for Directive {
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
pub enum Audience {
    /// Anybody.
    Everyone,
    /// One person: it is about their draft, or about themselves.
    Only(UserId),
}

impl Audience {
    /// Whether somebody may be told; `None` is nobody signed in.
    pub fn includes(self, viewer: Option<UserId>) -> bool {
        match self {
            Self::Everyone => true,
            Self::Only(user) => viewer == Some(user),
        }
    }
}
