//! What was reported, for those who look after the place.

use serde::{Deserialize, Serialize};

use super::{Act, Person, Query};
use crate::{
    Millis, Quire, Tags,
    ids::{PostId, UserId},
    kinds::{Area, Reason},
    moderation::Reportable,
    tag::Tag,
    text::Note,
};

/// A page of what was reported and not decided, what waited longest first; and what is in force now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModerationQueue {
    /// The manager.
    pub viewer: UserId,
    /// Which page, from 0.
    #[serde(default, skip_serializing_if = "super::is_first")]
    pub page: u32,
}

/// What a manager finds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCases {
    /// What was reported.
    pub cases: Vec<Case>,
    /// Whether there is more.
    pub more: bool,
    /// What is hidden, the last first.
    pub hidden: Vec<HiddenThing>,
    /// Whose accounts are suspended or banned, the last first.
    pub barred: Vec<BarredPerson>,
}

/// Something that was reported, with all open reports of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// What.
    pub what: Reportable,
    /// The address of its page.
    pub at: String,
    /// The post it is, or stands below.
    pub post: Option<PostId>,
    /// Its title, if it has one.
    pub title: String,
    /// Its text, or the beginning of that, as it was when it was reported last.
    pub text: String,
    /// Who wrote it.
    pub author: Person,
    /// The reports, the first first.
    pub reports: Vec<Report>,
    /// How many there are.
    pub count: u32,
    /// What was done before, about it or about its author, the last first.
    pub before: Vec<Act>,
    /// Whether nothing more may be said below it.
    pub locked: bool,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Whose.
    pub by: Person,
    /// Why.
    pub reason: Reason,
    /// In their own words, if they wrote any.
    pub words: Note,
    /// When.
    pub at: Millis,
}

/// Something that is hidden.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenThing {
    /// What.
    pub what: Reportable,
    /// Its title, if it has one.
    pub title: String,
    /// Its text, or the beginning of that, as it was when it was hidden.
    pub text: String,
    /// Who wrote it.
    pub author: Person,
    /// Since when.
    pub since: Millis,
}

/// A person whose account is suspended or banned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BarredPerson {
    /// Who.
    pub person: Person,
    /// Until when; `None` of a ban.
    pub until: Option<Millis>,
}

impl ModerationQueue {
    /// How many cases are on a page.
    pub const CASES: u32 = 20;
    /// How many reports of one thing are shown, and how much of what is in force.
    pub const MOST: u32 = 50;
    /// How much of what was done before is shown beside a case.
    pub const BEFORE: u32 = 5;
}

impl Query for ModerationQueue {
    type Nouns = Quire;
    type Output = OpenCases;
    const NAME: &'static str = "moderation-queue";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, open: &OpenCases) -> Tags {
        let of_cases = open.cases.iter().flat_map(|case| {
            let reporters = case.reports.iter().map(|report| report.by.tag());
            [case.author.tag()].into_iter().chain(reporters).chain(case.before.iter().flat_map(Act::people))
        });
        let in_force = open.hidden.iter().map(|hidden| hidden.author.tag());
        let barred = open.barred.iter().map(|barred| barred.person.tag());
        Tags::of(Tag::Moderation, [Tag::Viewer(self.viewer)].into_iter().chain(of_cases).chain(in_force).chain(barred))
    }
}
