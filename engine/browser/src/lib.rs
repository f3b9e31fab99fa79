//! The engine's browser half: what a page shows follows the log.
//!
//! Generic over an app ([`App`]). In reading order: what an app says of itself, the two hooks that its pages use
//! ([`use_query`] and [`use_mutation`]), and the tab's tiers behind them. All rules are in `abreast-core`; this carries
//! them out.

mod app;
mod nouns;
mod boot;
mod failure;
mod failed;
mod json_codec;

mod fetch;
mod any_query;
mod query;
mod optimistic;
mod mutation;
mod showing;
mod prefetch;

mod browser;
mod host;
mod storage;
mod records;
mod live;

#[cfg(feature = "ssr")]
pub mod ssr;
mod queries;

#[cfg(test)]
mod example;

pub use crate::{
    any_query::AnyQuery,
    app::App,
    boot::Boot,
    browser::{Applied, Browser, Confirming, ToldBy},
    failed::Failed,
    failure::Failure,
    fetch::Fetch,
    json_codec::{JsonCodec, JsonEncoding},
    live::LiveConnection,
    mutation::{FIELD, IdempotencyKey, KEY_HEADER, Mutates, Mutation, MutationClient, action, use_mutation},
    nouns::{AnswerTo, Changed},
    optimistic::{OptimisticUpdate, apply_optimistic},
    prefetch::{Prefetch, When, likely},
    query::{Reading, outcome, use_query, use_query_if},
    showing::SHOWING_HEADER,
    storage::Storage,
};
