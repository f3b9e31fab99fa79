//! The engine's pure half: positions in a log of changes, and the one judgement that every cache obeys.
//!
//! No IO, no clock, no async, no framework, and no noun of any app: tags, page families and viewers are the app's
//! ([`Nouns`]). Time comes in as a value. The same code runs in a server and, compiled to WASM, in a browser. In
//! reading order: the log, the judgement, a browser's cache, its subscription, observation.

mod nouns;
mod id;
mod seq;
mod clocks;
mod lease;
mod fnv;
pub mod date;

mod tag;
mod directive;
mod receipt;
mod log_row;

mod key;
mod policy;
mod query;
mod entry;
mod answer;
mod follower;
mod breaker;

mod client_cache;
mod fresh;
mod layers;
mod prefetch;

mod seen;
mod heartbeat;
mod subscription;
mod tab_leader;

pub mod observe;

#[cfg(test)]
mod example;

#[doc(hidden)]
pub use crate::id::{read_base32, write_base32};
pub use crate::{
    answer::Answer,
    breaker::Breaker,
    client_cache::{Asked, ClientCache, Effect, Event, Holding, Need, Record},
    clocks::Clocks,
    directive::{Audience, Directive},
    entry::Entry,
    follower::{Because, Cause, Explanation, Follower, Judgement},
    fresh::Fresh,
    heartbeat::{BEAT, HERE, UNANSWERED},
    id::{LogId, NotAnId},
    key::Key,
    layers::{LayerId, Layers, Patch},
    lease::{BROWSER_LEASE, DELTA, NODE_LEASE},
    log_row::LogRow,
    nouns::{Noun, Nouns, Tag},
    policy::Policy,
    prefetch::{Ahead, Sign},
    query::Query,
    receipt::{CatchUp, Receipt},
    seen::SeenCookie,
    seq::{Millis, Seq},
    subscription::{MOST_HELD, ServerMessage, Subscribe, Subscription, TabMessage},
    tab_leader::{LineEffect, LineEvent, TabLeader},
    tag::{NoTags, Tags, list_tags},
};

/// The README's example.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
