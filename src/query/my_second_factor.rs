//! Whether an account asks for a second step at sign-in.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{Millis, Quire, Tags, ids::UserId, kinds::Area, tag::Tag};

/// The second factor of the viewer's account, if it is on. Nothing secret is in the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MySecondFactor {
    /// Whose.
    pub viewer: UserId,
}

/// A second factor that is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactor {
    /// Since when.
    pub since: Millis,
    /// How many recovery codes are left.
    pub codes_left: u32,
}

impl Query for MySecondFactor {
    type Nouns = Quire;
    type Output = Option<SecondFactor>;
    const NAME: &'static str = "my-second-factor";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &Option<SecondFactor>) -> Tags {
        Tags::of(Tag::Viewer(self.viewer), [])
    }
}
