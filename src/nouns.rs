//! The engine with Quire's nouns in it.
//!
//! The engine is generic over tags, page families and viewers. Everything else in Quire names its types here, so
//! that it reads as if there were no other app.

use abreast_core as engine;

use crate::{areas::Areas, ids::UserId, kinds::Area, policy, tag::Tag};

/// Quire's nouns, for the engine. Never made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quire {}

impl engine::Nouns for Quire {
    type Tag = Tag;
    type Area = Area;
    type Viewer = UserId;

    fn area_tag(area: Area) -> Tag {
        Tag::Area(area)
    }

    fn policy_of(area: Area) -> engine::Policy {
        policy::policy_of(area)
    }
}

/// What an answer depends on.
pub type Tags = engine::Tags<Tag>;
/// What every tier must do about a tag.
pub type Directive = engine::Directive<Tag>;
/// Who may be told of a Change.
pub type Audience = engine::Audience<UserId>;
/// What a commit left in the log.
pub type Receipt = engine::Receipt<Quire>;
/// One row of the invalidation log.
pub type LogRow = engine::LogRow<Quire>;
/// What became of a follower's tags since its watermark.
pub type CatchUp = engine::CatchUp<Tag>;

/// A cached answer.
pub type Entry<V> = engine::Entry<V, Tag>;
/// An answer on its way to its asker.
pub type Answer<V> = engine::Answer<V, Tag>;
/// One reader of the log.
pub type Follower = engine::Follower<Tag>;
/// What a follower says of an Entry.
pub type Judgement = engine::Judgement<Tag>;
/// Why.
pub type Cause = engine::Cause<Tag>;
/// A judgement with all that led to it.
pub type Explanation = engine::Explanation<Tag>;
/// What a follower knows of one tag.
pub type Because = engine::Because<Tag>;

/// A browser's answers.
pub type ClientCache = engine::ClientCache<Quire>;
/// What happens to it.
pub type Event = engine::Event<Quire>;
/// A task that follows from an event.
pub type Effect = engine::Effect<Tag>;
/// An answer as a browser keeps it.
pub type Record = engine::Record<Quire>;
/// The record held for one key, for the debug page.
pub type Holding = engine::Holding<Quire>;
/// A new answer that a mutation's answer brings along.
pub type Fresh = engine::Fresh<Quire>;

/// The tags that a browser wants to hear of.
pub type Subscribe = engine::Subscribe<Tag>;
/// Which rows concern one connection.
pub type Subscription = engine::Subscription<Quire>;
/// A message from a server to a browser.
pub type ServerMessage = engine::ServerMessage<Tag>;
/// A message between the tabs of one browser.
pub type TabMessage = engine::TabMessage<Quire>;
/// A tab's part in its browser's one live connection.
pub type TabLeader = engine::TabLeader<Quire>;
/// What happens to it.
pub type LineEvent = engine::LineEvent<Quire>;
/// A task that follows from an event.
pub type LineEffect = engine::LineEffect<Quire>;

/// A row of the log, and how a node learnt of it.
pub type Learnt = engine::observe::Learnt<Quire>;
/// What a node says of itself.
pub type NodeReport = engine::observe::NodeReport<Quire, Areas>;
/// A row of the log with the name of its Change.
pub type Logged = engine::observe::Logged<Quire>;
/// An answer that a tier holds, and why it is judged as it is.
pub type Why = engine::observe::Why<Tag>;
/// An answer that was given.
pub type Shown = engine::observe::sample::Shown<Tag>;
/// What was found about it.
pub type Finding = engine::observe::sample::Finding<Tag>;
/// A promise that was not kept.
pub type Violation = engine::observe::sample::Violation<Tag>;
/// What the database says a moment later.
pub type Evidence = engine::observe::sample::Evidence<Tag>;
/// A row of the log between two answers.
pub type Between = engine::observe::sample::Between<Tag>;
/// What a browser is told of an answer that it showed.
pub type Checked = engine::observe::sample::Checked<Tag>;
/// What the sampler found so far.
pub type Samples = engine::observe::sample::Samples<Tag>;
/// A violation, and the answer.
pub type Caught = engine::observe::sample::Caught<Tag>;
