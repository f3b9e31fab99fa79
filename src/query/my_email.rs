//! The address of one's own account.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{Quire, Tags, ids::UserId, kinds::Area, tag::Tag, text::Email};

/// The e-mail address of the viewer's account, which nobody else sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyEmail {
    /// Whose.
    pub viewer: UserId,
}

impl Query for MyEmail {
    type Nouns = Quire;
    type Output = Email;
    const NAME: &'static str = "my-email";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &Email) -> Tags {
        Tags::of(Tag::Viewer(self.viewer), [])
    }
}
