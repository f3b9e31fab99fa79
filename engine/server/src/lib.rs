//! The engine's server half: a log of changes in SQL, and every tier between the database and a question.
//!
//! Generic over an app ([`App`]): its nouns, its changes, its questions, its tables. In reading order: the app's
//! description of itself, the database and its log, how it is written ([`Tx`]) and read ([`Reader`]), the caches, the
//! figures of a node, and the half that speaks HTTP ([`http`]).

mod app;
mod nouns;
mod error;
pub mod clock;
mod hex;

mod address;
mod database;
mod writing;
mod migrations;
mod schema;
mod tables;
pub mod backup;
pub mod checkup;
mod secret;
mod seal;

mod log;
mod journal;
mod lease;
mod heard;
mod node;
mod idempotency;
mod tx;
#[cfg(debug_assertions)]
mod touched;

mod reader;
mod load;
mod flight;
mod lifetime_stats;
mod housekeeping;
mod memory;
mod shared;
mod push;
mod rollout;
mod fetch;
mod position;
mod sampler;
mod warm;

mod metrics;
mod watch;
mod nodes;
mod report;

mod engine;

pub mod http;

#[cfg(test)]
mod example;

pub use crate::{
    address::Address,
    app::{App, Load, RowRules, TouchedRow, WarmUp, WatchedTable},
    database::Database,
    engine::{Engine, Settings},
    error::Error,
    fetch::Fetched,
    heard::Heard,
    hex::hex,
    idempotency::{Answered, Intention},
    migrations::migrations,
    reader::Reader,
    sampler::Begun,
    shared::RedisAddress,
    tx::{Count, Tx, Writer},
    warm::Ahead,
    writing::Writing,
};

/// The result of everything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;
