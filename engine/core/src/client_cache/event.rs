//! What happens to a client cache, and what it has its holder do.

use super::Record;
use crate::{
    clocks::Clocks,
    directive::Directive,
    key::Key,
    nouns::Nouns,
    observe::metrics::{Outcome, Tier},
    receipt::CatchUp,
    seq::{Millis, Seq},
};

/// What happens to a client cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<N: Nouns> {
    /// A record was found in localStorage.
    Restored(Key, Record<N>),
    /// Something on screen wants an answer, now.
    Wanted(Key, Clocks),
    /// An answer on screen became old, and the screen wants a new one. No person waits, so it counts as no miss.
    WantedAgain(Key, Clocks),
    /// The server answered.
    Answered(Key, Record<N>, Asked),
    /// The server answered a prefetch. The answer is kept by the same rules, and shown nowhere.
    CameAhead(Key, Record<N>, Asked),
    /// The server answered from its caches, because it could not ask its database (rule 9).
    AnsweredStale(Key, Record<N>, Asked, Millis),
    /// The server could not be asked.
    Failed(Key, Millis),
    /// The server says "no", for a reason that is in no log.
    Refused(Key),
    /// The server says that there is no such thing at this position, or none of this viewer's.
    NotThere(Key, Seq, Asked),
    /// An answer is on screen from now on: it must follow the log, so it makes room for none.
    OnScreen(Key),
    /// It is no longer.
    OffScreen(Key),
    /// The tab was away or offline: the held answers should be confirmed again.
    Returned,
    /// A mutation of this tab was acknowledged at this position.
    Changed(Seq, Vec<Directive<N::Tag>>),
    /// A catch-up was answered that was asked then.
    CaughtUp(CatchUp<N::Tag>, Clocks),
    /// A catch-up could not be asked.
    CatchUpFailed,
    /// localStorage would not take a record.
    StorageFull(Key),
    /// This browser has seen this position, in any of its tabs.
    Seen(Seq),
    /// It is to be emptied.
    Cleared,
}

/// The state at the moment when a question was sent: its answer may be as old as that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asked {
    /// When; `None` if that is not known by this page's clocks, so that no lease begins with it.
    pub at: Option<Clocks>,
    /// The position that went with it.
    pub seen: Seq,
}

/// A task for the owner of a client cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect<T> {
    /// Answer those who wait for the key with its record.
    Show(Key),
    /// The same, but the server could not be asked: say so (rule 9). Nothing evicted comes this way.
    ShowUnconfirmed(Key),
    /// Ask the server for the key.
    Fetch(Key),
    /// Ask the server which of these tags changed since.
    CatchUp {
        /// The lowest position among the held records.
        since: Seq,
        /// The tags of the held records.
        tags: Vec<T>,
    },
    /// Write the record to localStorage.
    Persist(Key),
    /// Write beside the record in localStorage that it is as true at `to` as it was at `from`.
    Confirmed {
        /// The key.
        key: Key,
        /// The position that it was known up to.
        from: Seq,
        /// The position that it is known up to.
        to: Seq,
    },
    /// Put the record's time in localStorage to 0.
    MarkOld(Key),
    /// Take the record out of localStorage.
    Remove(Key),
    /// The screen should ask for this key again; the old answer may stay on screen meanwhile.
    Outdated(Key),
    /// The answer to this key must leave the screen at once.
    Gone(Key),
    /// Every request from now on has seen this position.
    Seen(Seq),
    /// Count this.
    Note(Tier, Outcome, Key),
}
