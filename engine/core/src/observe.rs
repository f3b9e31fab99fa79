//! Observation of the engine: counts, alerts, samples, advice, and reports.

pub mod metrics;
pub mod alert;
pub mod sample;
pub mod advice;
mod report;
mod node_report;

pub use self::{
    node_report::NodeReport,
    report::{Learnt, Logged, NodeStatus, Way, Why},
};
