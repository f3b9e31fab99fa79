//! The engine's nouns here: rows, and one page family.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The family of nouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rows {}

/// What stands for a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag(pub u8);

/// The only page family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Area;

impl abreast_core::Nouns for Rows {
    type Tag = Tag;
    type Area = Area;
    /// There are no secrets here: audiences are not modelled.
    type Viewer = u8;

    /// Rows are numbered from 0, and there are few.
    fn area_tag(Area: Area) -> Tag {
        Tag(u8::MAX)
    }

    fn policy_of(Area: Area) -> abreast_core::Policy {
        abreast_core::Policy::minutes(30)
    }
}

impl abreast_core::Tag for Tag {}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row:{}", self.0)
    }
}

pub(crate) type Answer<V> = abreast_core::Answer<V, Tag>;
pub(crate) type CatchUp = abreast_core::CatchUp<Tag>;
pub(crate) type ClientCache = abreast_core::ClientCache<Rows>;
pub(crate) type Directive = abreast_core::Directive<Tag>;
pub(crate) type Effect = abreast_core::Effect<Tag>;
pub(crate) type Entry<V> = abreast_core::Entry<V, Tag>;
pub(crate) type Event = abreast_core::Event<Rows>;
pub(crate) type LineEffect = abreast_core::LineEffect<Rows>;
pub(crate) type LineEvent = abreast_core::LineEvent<Rows>;
pub(crate) type Follower = abreast_core::Follower<Tag>;
pub(crate) type Judgement = abreast_core::Judgement<Tag>;
pub(crate) type Record = abreast_core::Record<Rows>;
pub(crate) type ServerMessage = abreast_core::ServerMessage<Tag>;
pub(crate) type Subscribe = abreast_core::Subscribe<Tag>;
pub(crate) type TabLeader = abreast_core::TabLeader<Rows>;
pub(crate) type TabMessage = abreast_core::TabMessage<Rows>;
pub(crate) type Tags = abreast_core::Tags<Tag>;
