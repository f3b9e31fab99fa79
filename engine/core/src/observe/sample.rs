//! The sampler's judgement: was a given answer as new as is promised?
//!
//! A share of the served answers is checked a moment later, past every cache. The result is judged here by the log's
//! positions and rows, and not by the follower or the client cache that served the answer: the judge must not be the
//! judged.

mod client_sample;
mod evidence;
mod finding;
mod samples;
mod share;
mod shown;

pub use self::{
    client_sample::{Checked, ClientSample, ContentHash, NodeTime},
    evidence::{Between, Evidence},
    finding::{Finding, Violation},
    samples::{Caught, Sampled, Samples},
    share::{NotAShare, Share},
    shown::Shown,
};
