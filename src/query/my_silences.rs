//! Whom one person mutes or blocks.

use serde::{Deserialize, Serialize};

use super::{Person, Query};
use crate::{
    Millis, Quire, Tags,
    ids::UserId,
    kinds::{Area, Silence},
    tag::Tag,
};

/// Whom a person mutes or blocks: the last one first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MySilences {
    /// Who does. Not `viewer`, as in [`MyLikes`](super::MyLikes): in the body of a page the two must differ, because each
    /// has a place of its own.
    pub by: UserId,
}

/// The people whom a person mutes or blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilencedPeople(pub Vec<Silenced>);

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silenced {
    /// Who.
    pub person: Person,
    /// Whether they are muted or blocked.
    pub how: Silence,
    /// Since when.
    pub since: Millis,
}

impl SilencedPeople {
    /// How this person is silenced, if they are.
    pub fn of(&self, person: UserId) -> Option<Silence> {
        self.0.iter().find(|silenced| silenced.person.user == person).map(|silenced| silenced.how)
    }
}

impl Query for MySilences {
    type Nouns = Quire;
    type Output = SilencedPeople;
    const NAME: &'static str = "my-silences";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        Some(self.by)
    }

    fn tags(&self, people: &SilencedPeople) -> Tags {
        Tags::of(Tag::Silences(self.by), people.0.iter().map(|silenced| silenced.person.tag()))
    }
}
