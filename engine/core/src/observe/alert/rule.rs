//! The rules: the watched value, its limit, and for how long the limit must be crossed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Level, Limit, Unit, Vitals};
use crate::lease::DELTA;

/// A rule, by the value that it watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// How many questions the caches answer.
    HitRate,
    /// Whether directives are carried out and passed on.
    InvalidationErrors,
    /// How long answers take.
    SlowAnswers,
    /// Whether localStorage takes what it is given, and gives it back.
    StorageQuota,
    /// How far the follower is behind the log.
    FollowerLag,
    /// Whether the circuit breaker for Redis is open.
    RedisBreakerOpen,
    /// Whether an answer was older than is promised.
    FreshnessViolation,
    /// Whether an older state of the database took the place of a newer one.
    SetBack,
}

/// A hit rate of fewer questions says nothing: at night, or just after a start, the few that come
/// are all first ones. Of 100, a cache that truly answers 70 % is seldom seen below 60 %, and would have
/// to be for the whole hold time.
const LEAST_ASKED: u64 = 100;

/// Among fewer answers a single slow one would be one in twenty or more, and be no news.
const LEAST_ANSWERS: u64 = 20;

const SECOND: i64 = 1_000;

impl Rule {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::HitRate,
        Self::InvalidationErrors,
        Self::SlowAnswers,
        Self::StorageQuota,
        Self::FollowerLag,
        Self::RedisBreakerOpen,
        Self::FreshnessViolation,
        Self::SetBack,
    ];

    /// Its name in addresses and metrics.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::HitRate => "hit-rate",
            Self::InvalidationErrors => "invalidation-errors",
            Self::SlowAnswers => "slow-answers",
            Self::StorageQuota => "storage-quota",
            Self::FollowerLag => "follower-lag",
            Self::RedisBreakerOpen => "redis-breaker-open",
            Self::FreshnessViolation => "freshness-violation",
            Self::SetBack => "set-back",
        }
    }

    /// Its name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::HitRate => "hit rate",
            Self::InvalidationErrors => "invalidation errors",
            Self::SlowAnswers => "slow answers",
            Self::StorageQuota => "localStorage errors",
            Self::FollowerLag => "follower lag",
            Self::RedisBreakerOpen => "Redis left alone",
            Self::FreshnessViolation => "freshness violation",
            Self::SetBack => "database set back",
        }
    }

    /// What its alert means, and what to do.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::HitRate => {
                "Caches answer too few of the questions, so the database works for the rest. Right after a start \
                 it passes; otherwise see which queries miss, and whether memory is too small."
            }
            Self::InvalidationErrors => {
                "Word of changes does not get through. Nobody is shown anything wrong, because the log is read \
                 within a second, but others see edits later. See whether Redis can be reached."
            }
            Self::SlowAnswers => {
                "One answer in a hundred takes too long. See which tier is slow: the database if its durations \
                 grew, the machine if all did."
            }
            Self::StorageQuota => {
                "This browser's storage is full, switched off, or holds what can't be read, so less is kept \
                 from visit to visit. Clear what this browser keeps of this site."
            }
            Self::FollowerLag => {
                "This node can't read the log in time, and reads past its caches meanwhile. See whether the \
                 database can be reached and is not overloaded."
            }
            Self::RedisBreakerOpen => {
                "Redis is slow or gone and is left alone. First reads on each node are slower, nothing else. \
                 See whether Redis runs; it is tried again each second."
            }
            Self::FreshnessViolation => {
                "A reader was shown something older than is promised. That is a fault in the program: keep the sample \
                 from the debug page, which names the tag that was missing, and report it."
            }
            Self::SetBack => {
                "An older state of the database took the place of a newer one: what was written in between is lost. \
                 Every cache has dropped what it held. If nobody restored a backup, see what became of the database."
            }
        }
    }

    /// How bad its alert is.
    pub const fn level(self) -> Level {
        match self {
            Self::HitRate
            | Self::InvalidationErrors
            | Self::SlowAnswers
            | Self::StorageQuota
            | Self::RedisBreakerOpen => Level::Warning,
            Self::FollowerLag | Self::FreshnessViolation | Self::SetBack => Level::Critical,
        }
    }

    /// What its value is counted in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::HitRate => Unit::Percent,
            Self::InvalidationErrors | Self::StorageQuota => Unit::PerMinute,
            Self::SlowAnswers | Self::FollowerLag => Unit::Millis,
            Self::RedisBreakerOpen => Unit::Switch,
            Self::FreshnessViolation | Self::SetBack => Unit::Times,
        }
    }

    /// From where on its value is too much or too little.
    pub const fn limit(self) -> Limit {
        match self {
            Self::HitRate => Limit::Below { raise: 60, clear: 65 },
            Self::InvalidationErrors => Limit::Above { raise: 5, clear: 2 },
            Self::SlowAnswers => Limit::Above { raise: 1_000, clear: 500 },
            // A node that keeps up is seen anywhere below half as much again as its lease: no limit below Δ
            // would tell anything.
            Self::FollowerLag => Limit::Above { raise: DELTA.unsigned_abs(), clear: DELTA.unsigned_abs() },
            Self::StorageQuota | Self::RedisBreakerOpen | Self::FreshnessViolation | Self::SetBack => {
                Limit::Above { raise: 0, clear: 0 }
            }
        }
    }

    /// For how many milliseconds its condition must hold before it is raised.
    pub const fn raise_after(self) -> i64 {
        match self {
            // A node that has just started begins with nothing.
            Self::HitRate => 60 * SECOND,
            Self::InvalidationErrors | Self::SlowAnswers => 10 * SECOND,
            // Several attempts: one that failed is tried again each second.
            Self::RedisBreakerOpen => 5 * SECOND,
            Self::FollowerLag => 2 * SECOND,
            // Each is a deed, not a state: the window holds on to it.
            Self::StorageQuota | Self::FreshnessViolation | Self::SetBack => 0,
        }
    }

    /// For how many milliseconds its condition must be away before it is cleared.
    pub const fn clear_after(self) -> i64 {
        match self {
            Self::HitRate | Self::InvalidationErrors | Self::SlowAnswers | Self::StorageQuota => 60 * SECOND,
            Self::FollowerLag | Self::RedisBreakerOpen => 30 * SECOND,
            // Once it is acknowledged.
            Self::FreshnessViolation | Self::SetBack => 0,
        }
    }

    /// Whether its alert stays until it is acknowledged.
    pub const fn stays(self) -> bool {
        match self {
            Self::FreshnessViolation | Self::SetBack => true,
            Self::HitRate
            | Self::InvalidationErrors
            | Self::SlowAnswers
            | Self::StorageQuota
            | Self::FollowerLag
            | Self::RedisBreakerOpen => false,
        }
    }

    /// What it is about among these numbers; nothing if there is too little to judge by.
    pub(super) fn reading(self, vitals: &Vitals) -> Option<u64> {
        match self {
            Self::HitRate => (vitals.asked >= LEAST_ASKED).then(|| vitals.hits * 100 / vitals.asked),
            Self::InvalidationErrors => Some(vitals.invalidation_errors),
            Self::SlowAnswers => (vitals.answers >= LEAST_ANSWERS).then_some(vitals.p99_ms),
            Self::StorageQuota => Some(vitals.quota_errors),
            Self::FollowerLag => vitals.lag_ms,
            Self::RedisBreakerOpen => Some(vitals.is_breaker_open.into()),
            Self::FreshnessViolation => Some(vitals.violations),
            Self::SetBack => Some(vitals.set_backs),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}
