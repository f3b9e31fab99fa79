//! Invitations to make an account, for those who look after the place.

use serde::{Deserialize, Serialize};

use super::{Person, Query};
use crate::{
    Millis, Quire, Tags,
    ids::{InvitationId, UserId},
    kinds::Area,
    tag::Tag,
    text::Name,
};

/// The invitations that can be used, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitations {
    /// The manager.
    pub viewer: UserId,
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its name, which gives no access.
    pub invitation: InvitationId,
    /// What its link holds.
    pub code: String,
    /// For whom it is, in the manager's words.
    pub who: Name,
    /// The manager who made it.
    pub by: Person,
    /// When it was made.
    pub at: Millis,
    /// Until when it can be used.
    pub until: Millis,
}

impl Query for Invitations {
    type Nouns = Quire;
    type Output = Vec<Invitation>;
    const NAME: &'static str = "invitations";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, open: &Vec<Invitation>) -> Tags {
        let people = open.iter().map(|invitation| invitation.by.tag());
        Tags::of(Tag::Members, [Tag::Viewer(self.viewer)].into_iter().chain(people))
    }
}
