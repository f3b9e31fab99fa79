//! Why something is reported, and what is done about it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::UnknownKind;

kinds! {
    /// Why something is reported.
    Reason("reason") {
        /// Advertising, or the same again and again.
        Spam "spam" "Spam or advertising"
        /// Against a person.
        Harassment "harassment" "Harassment or threats"
        /// Against a group of people.
        Hate "hate" "Hatred of a group of people"
        /// Against children.
        Minors "minors" "Sexual content about minors"
        /// Where it is not expected.
        Explicit "explicit" "Sexual or cruel without a warning"
        /// Another person wrote it.
        Copied "copied" "Copied from another person"
        /// An address, a telephone number, a real name.
        Private "private" "A person’s private data"
        /// None of these.
        Other "other" "Something else"
    }

    /// For how long an account is suspended.
    Suspension("suspension") {
        /// A day.
        Day "day" "A day"
        /// Seven days.
        Week "week" "A week"
        /// Thirty days.
        Month "month" "30 days"
        /// Ninety days.
        Season "season" "90 days"
    }

    /// What is done in moderation.
    ActKind("act") {
        /// Only its author and managers can find something.
        Hide "hide" "Hidden"
        /// It is back.
        Restore "restore" "Restored"
        /// Reports were looked at, and nothing was done.
        Dismiss "dismiss" "Reports dismissed"
        /// Nothing more is said below a post.
        Lock "lock" "Thread closed"
        /// Something more may be said.
        Unlock "unlock" "Thread opened again"
        /// A person reads only, for a time.
        Suspend "suspend" "Suspended"
        /// A person can't sign in.
        Ban "ban" "Banned"
        /// A person may do again what they could.
        Lift "lift" "Suspension or ban lifted"
        /// A person answered a decision about them.
        Answer "answer" "Answered"
        /// A manager gave a person another role.
        Role "role" "Role changed"
    }
}

impl Suspension {
    /// In milliseconds.
    pub const fn millis(self) -> i64 {
        const DAY: i64 = 24 * 60 * 60 * 1_000;
        match self {
            Self::Day => DAY,
            Self::Week => 7 * DAY,
            Self::Month => 30 * DAY,
            Self::Season => 90 * DAY,
        }
    }
}
