//! What one says of oneself, to be changed.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{Quire, Tags, handle::Handle, ids::UserId, kinds::Area, rev::Rev, tag::Tag, text::Bio};

/// The viewer's own profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyProfile {
    /// Whose.
    pub viewer: UserId,
}

/// What one says of oneself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnProfile {
    /// The handle.
    pub handle: Handle,
    /// The text on one's page.
    pub bio: Bio,
    /// How often these were saved.
    pub rev: Rev,
}

impl Query for MyProfile {
    type Nouns = Quire;
    type Output = OwnProfile;
    const NAME: &'static str = "my-profile";
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &OwnProfile) -> Tags {
        Tags::of(Tag::Person(self.viewer), [])
    }
}
