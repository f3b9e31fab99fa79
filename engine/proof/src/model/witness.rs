//! What was seen to happen while the states were visited: a promise kept because nothing ever
//! happened would be worth nothing.

use crate::nouns::CatchUp;

use crate::reading::{Said, Stage, Weather};

use std::sync::atomic::{AtomicU64, Ordering};

/// Something that must happen somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// A node answered from memory.
    ServedFromMemory,
    /// A node answered with what the shared tier had.
    ServedFromShared,
    /// What the shared tier had was refused by the judgement.
    SharedRefused,
    /// A tab answered from its cache.
    ServedFromClientCache,
    /// A node heard of a fact by reading the log, before the push.
    PushOvertaken,
    /// A push was lost with the node it was for.
    PushLost,
    /// A push left a gap.
    Gap,
    /// A browser came to a node that knew less than it had seen elsewhere.
    Moved,
    /// What a node had loaded was overtaken by a write, and loaded again.
    LoadOvertaken,
    /// Another's load was joined.
    Joined,
    /// An answer was dropped by the tab, and asked again.
    AnswerDropped,
    /// What was held was shown, marked.
    FellBack,
    /// A follower found the log too short.
    LogLost,
    /// A clock was set, or stood still.
    ClockLied,
    /// Something evicted was shown before any node or browser had heard of the eviction.
    EvictedShownInTime,
    /// A node said that it is not there.
    NotThere,
    /// An older state of the database was noticed.
    SetBack,
    /// A browser without our script was shown something.
    ShownWithoutScript,
}

impl Sight {
    /// All of them.
    pub const ALL: [(Self, &'static str); 18] = [
        (Self::ServedFromMemory, "a node answered from memory"),
        (Self::ServedFromShared, "a node answered from the shared tier"),
        (Self::SharedRefused, "the shared tier's old entry was refused"),
        (Self::ServedFromClientCache, "a tab answered from its cache"),
        (Self::PushOvertaken, "a push came after the log was read"),
        (Self::PushLost, "a push was lost"),
        (Self::Gap, "a push left a gap"),
        (Self::Moved, "a browser moved to a node that knew less"),
        (Self::LoadOvertaken, "a load was overtaken by a write"),
        (Self::Joined, "another's load was joined"),
        (Self::AnswerDropped, "a tab dropped an answer"),
        (Self::FellBack, "something was shown, marked"),
        (Self::LogLost, "a follower found the log too short"),
        (Self::ClockLied, "a clock was set, or stood still"),
        (Self::EvictedShownInTime, "something was shown while it was being evicted"),
        (Self::NotThere, "a node said that it is not there"),
        (Self::SetBack, "an older database was noticed"),
        (Self::ShownWithoutScript, "something was shown without our script"),
    ];
}

/// How often each was seen.
#[derive(Debug, Default)]
pub struct Witness([AtomicU64; Sight::ALL.len()]);

impl Witness {
    /// It happened.
    pub fn saw(&self, sight: Sight) {
        self.0[sight as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// A question went on.
    pub fn stepped(&self, before: &Stage, after: &Stage, weather: &Weather) {
        match (before, after, weather) {
            (Stage::Arrived | Stage::Confirming { .. }, Stage::Done(Some(Said::Answer(answer))), _)
                if !answer.stale =>
            {
                self.saw(Sight::ServedFromMemory);
            }
            (_, Stage::Done(Some(Said::NotThere(..))), _) => self.saw(Sight::NotThere),
            (_, Stage::Leaping(_), _) => self.saw(Sight::SetBack),
            (Stage::Looking, Stage::Done(Some(_)), Weather::Shared(_)) => self.saw(Sight::ServedFromShared),
            (Stage::Looking, _, Weather::Shared(_)) => self.saw(Sight::SharedRefused),
            (Stage::Loading { .. }, Stage::Loading { .. }, _) => self.saw(Sight::LoadOvertaken),
            _ => {}
        }
        if let Stage::Confirming { caught: CatchUp::Lost { .. }, .. } = after {
            self.saw(Sight::LogLost);
        }
    }

    /// How often it happened.
    pub fn count(&self, sight: Sight) -> u64 {
        self.0[sight as usize].load(Ordering::Relaxed)
    }
}
