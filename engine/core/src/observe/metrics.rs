//! Metrics: what each tier did, counted and remembered. The same types in server and browser, so that
//! one page shows both and one set of rules watches both.

mod tier;
mod event;
mod histogram;
mod tally;
mod timeline;
mod recorder;

pub use self::{
    event::{CacheEvent, Outcome},
    histogram::Histogram,
    recorder::Recorder,
    tally::Tally,
    tier::Tier,
    timeline::{Moment, Timeline},
};
