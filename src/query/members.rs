//! Who has an account, for those who look after the place.

use serde::{Deserialize, Serialize};

use super::{Person, Query};
use crate::{
    Millis, Quire, Tags,
    ids::UserId,
    kinds::{Area, Role},
    tag::Tag,
    text::SearchText,
};

/// A page of the members, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    /// The manager.
    pub viewer: UserId,
    /// Only those whose name or handle has these words, or begins a word with them.
    #[serde(default, skip_serializing_if = "SearchText::is_empty")]
    pub name: SearchText,
    /// Which page, from 0.
    #[serde(default, skip_serializing_if = "super::is_first")]
    pub page: u32,
}

/// A page of the members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberPage {
    /// Those on it.
    pub members: Vec<Member>,
    /// Whether there are more.
    pub more: bool,
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub person: Person,
    /// What they may do.
    pub role: Role,
    /// Since when.
    pub since: Millis,
    /// Until when the account is suspended, if it is or was.
    pub suspended_until: Option<Millis>,
    /// Whether it is banned.
    pub banned: bool,
}

impl Members {
    /// How many are on a page.
    pub const PAGE: u32 = 50;
}

impl Query for Members {
    type Nouns = Quire;
    type Output = MemberPage;
    const NAME: &'static str = "members";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, page: &MemberPage) -> Tags {
        let people = page.members.iter().map(|member| member.person.tag());
        Tags::of(Tag::Members, [Tag::Viewer(self.viewer)].into_iter().chain(people))
    }
}
