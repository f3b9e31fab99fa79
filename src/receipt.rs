//! What a commit leaves in the log, and tells its asker.

use serde::{Deserialize, Serialize};

use crate::{
    directive::Directive,
    kinds::Area,
    seq::{Millis, Seq},
};

/// What a commit left in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its position.
    pub seq: Seq,
    /// When it was.
    pub at: Millis,
    /// What it made old.
    pub directives: Vec<Directive>,
    /// The page families it concerns.
    pub areas: Vec<Area>,
}

impl Receipt {
    /// Whether something must never be shown again.
    pub fn evicts(&self) -> bool {
        self.directives.iter().any(|directive| match directive {
            Directive::Refresh(_) => false,
            Directive::Evict(_) => true,
        })
    }
}

/// The answer to every mutation: what was written, and what that made old. Only a commit makes one.
///
/// ```compile_fail
/// # let receipt: domain::Receipt = unimplemented!();
/// let forged: domain::Changed<()> = domain::Changed { record: receipt, value: () };
/// ```
pub type Changed<T> = envelope::Envelope<Receipt, T>;

/// What became of a follower's tags since its watermark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CatchUp {
    /// These positions concern it; it is now as far as `head`.
    Changes {
        /// The log's head.
        head: Seq,
        /// Positions with what each made old, ascending.
        log: Vec<(Seq, Vec<Directive>)>,
    },
    /// The log no longer reaches back that far, or it is another log.
    Lost {
        /// The log's head.
        head: Seq,
    },
}
