//! The half that speaks HTTP: how a browser hears of commits, what its requests say, and a node's figures.
//!
//! An app puts these into its own router: [`Live`] behind an address for web sockets, and [`answer_figures`] where
//! Prometheus asks.

mod idempotency;
mod live;
mod exporter;

pub use self::{
    exporter::{Families, NodeFigures, answer_figures},
    idempotency::IdempotencyKey,
    live::{Heartbeat, Live},
};
