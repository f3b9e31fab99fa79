//! The browser's tiers, and the two hooks that pages use: [`use_query`] and [`use_mutation`].
//!
//! All rules are in [`domain::ClientCache`]; here are its hands.

mod browser;
mod clock;
mod fetch;
mod live;
mod mutation;
mod prefetch;
mod query;
mod storage;

pub use self::{
    browser::{Applied, Browser, ToldBy, record},
    fetch::Fetch,
    live::Line,
    mutation::{Mutates, Mutation, use_mutation},
    prefetch::{Prefetch, When, likely},
    query::{Laid, Reading, lay, outcome, use_query, use_query_if},
    storage::Storage,
};
