//! What a commit leaves in the log, and tells its asker.

use serde::{Deserialize, Serialize};

use crate::{
    directive::Directive,
    nouns::Nouns,
    seq::{Millis, Seq},
};

/// What a commit left in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Receipt<N: Nouns> {
    /// Its position.
    pub seq: Seq,
    /// When it was.
    pub at: Millis,
    /// What it made old.
    pub directives: Vec<Directive<N::Tag>>,
    /// The page families it concerns.
    pub areas: Vec<N::Area>,
}

impl<N: Nouns> Receipt<N> {
    /// Whether something must never be shown again.
    pub fn evicts(&self) -> bool {
        self.directives.iter().any(|directive| match directive {
            Directive::Refresh(_) => false,
            Directive::Evict(_) => true,
        })
    }
}

/// What became of a follower's tags since its watermark.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CatchUp<T> {
    /// These positions concern it; it is now as far as `head`.
    Changes {
        /// The log's head.
        head: Seq,
        /// Positions with what each made old, ascending.
        log: Vec<(Seq, Vec<Directive<T>>)>,
    },
    /// The log no longer reaches back that far, or it is another log.
    Lost {
        /// The log's head.
        head: Seq,
    },
}

impl<T> CatchUp<T> {
    /// Whether a log that begins at `first` and ends at `head` can't tell what happened after `since`
    /// (rule 8). Positions are dense: if the first is not the next one, the log was trimmed above it.
    pub fn is_lost(since: Seq, first: Option<Seq>, head: Seq) -> bool {
        let trimmed = first.map_or(since < head, |first| first > since.next());
        // A position beyond the head belongs to a log that is no more.
        trimmed || since > head
    }

    /// The log's head.
    pub const fn head(&self) -> Seq {
        match self {
            Self::Changes { head, .. } | Self::Lost { head } => *head,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_that_does_not_reach_back_is_lost() {
        for (since, first, head, lost) in [
            (5, Some(1), 9, false),
            (5, Some(6), 9, false),
            (5, Some(7), 9, true),
            (9, Some(7), 9, false),
            (10, Some(7), 9, true),
            // Trimmed to nothing: only who was at the head has missed nothing.
            (9, None, 9, false),
            (5, None, 9, true),
        ] {
            assert_eq!(
                CatchUp::<u64>::is_lost(Seq(since), first.map(Seq), Seq(head)),
                lost,
                "{since} in {first:?}..={head}"
            );
        }
    }
}
