//! Nouns for the engine's own tests: pages, rows, and a list of them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Example;

/// A tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Tag {
    Page(u64),
    Row(u64),
    List,
    Area,
}

/// A page family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Area {
    Reading,
}

impl crate::Nouns for Example {
    type Tag = Tag;
    type Area = Area;
    type Viewer = u64;

    fn area_tag(area: Area) -> Tag {
        match area {
            Area::Reading => Tag::Area,
        }
    }

    fn policy_of(area: Area) -> crate::Policy {
        match area {
            Area::Reading => crate::Policy::minutes(30),
        }
    }
}

impl crate::nouns::Tag for Tag {
    fn is_named_in(self, change: &str) -> bool {
        match self {
            Self::Page(id) | Self::Row(id) => change.contains(&format!("{id:013}")),
            Self::List | Self::Area => false,
        }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(id) => write!(f, "page:{id:013}"),
            Self::Row(id) => write!(f, "row:{id:014}"),
            Self::List => f.write_str("list"),
            Self::Area => f.write_str("area"),
        }
    }
}

pub(crate) type Tags = crate::Tags<Tag>;
pub(crate) type Directive = crate::Directive<Tag>;
pub(crate) type Follower = crate::Follower<Tag>;
pub(crate) type Judgement = crate::Judgement<Tag>;
pub(crate) type Explanation = crate::Explanation<Tag>;
