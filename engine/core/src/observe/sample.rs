//! The sampler's judgement: was an answer that somebody was given as new as is promised?
//!
//! A share of what is served is looked at again a moment later, past every cache. What was found is
//! judged here by the positions in the log and by what the log's rows say, and not by the follower or
//! the client cache that served it: who judges must not be who is judged.

mod claim;
mod evidence;
mod finding;
mod samples;
mod share;
mod shown;

pub use self::{
    claim::{Checked, Claim, Print, Pulse},
    evidence::{Between, Evidence},
    finding::{Finding, Violation},
    samples::{Caught, Sampled, Samples},
    share::{NotAShare, Share},
    shown::Shown,
};
