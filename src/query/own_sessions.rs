//! A person's sessions: where they are signed in.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Millis, Quire, Tags,
    ids::{SessionTag, UserId},
    kinds::Area,
    tag::Tag,
};

/// Where the viewer is signed in, the last begun first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSessions {
    /// Who.
    pub viewer: UserId,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSession {
    /// Its name, which gives no access.
    pub session: SessionTag,
    /// What it was begun with, as in “Firefox on Windows”.
    pub device: String,
    /// When it began.
    pub since: Millis,
}

impl OwnSessions {
    /// How many there are at most.
    pub const MOST: u32 = 100;
}

impl Query for OwnSessions {
    type Nouns = Quire;
    type Output = Vec<OwnSession>;
    const NAME: &'static str = "own-sessions";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &Vec<OwnSession>) -> Tags {
        Tags::of(Tag::Viewer(self.viewer), [])
    }
}
