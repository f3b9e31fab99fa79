//! Observation of the engine: counts, alerts, samples, advice, and reports.

pub mod metrics;
pub mod alert;
pub mod sample;
pub mod advice;
mod report;

pub use self::report::{Learnt, Logged, NodeStatus, Way, Why};
