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
    /// What is on screen became old, and the screen wants it anew: nobody waits, so nothing is missed.
    WantedAgain(Key, Clocks),
    /// The server answered.
    Answered(Key, Record<N>, Asked),
    /// The server answered what nobody has asked yet. It is kept by the same rules, and shown to nobody.
    CameAhead(Key, Record<N>, Asked),
    /// The server answered with what it held, because it could not ask its database (rule 9).
    AnsweredStale(Key, Record<N>, Asked, Millis),
    /// The server could not be asked.
    Failed(Key, Millis),
    /// The server says "no", for a reason that is in no log.
    Refused(Key),
    /// The server says that there is no such thing at this position, or none of this viewer's.
    NotThere(Key, Seq, Asked),
    /// The tab was away or offline: what is held should be confirmed anew.
    Returned,
    /// A mutation of this tab was acknowledged at this position.
    Changed(Seq, Vec<Directive<N::Tag>>),
    /// A catch-up was answered that was asked then.
    CaughtUp(CatchUp<N::Tag>, Clocks),
    /// A catch-up could not be asked.
    CatchUpFailed,
    /// localStorage would not take a record.
    StorageFull(Key),
    /// This browser has seen this position, in whatever tab.
    Seen(Seq),
    /// Somebody wants it empty.
    Cleared,
}

/// What was known when a question was sent. Its answer may be older than when it arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asked {
    /// When; `None` if that is not known by this page's clocks, so that no lease begins with it.
    pub at: Option<Clocks>,
    /// The position that went with it.
    pub seen: Seq,
}

/// What the holder of a client cache must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect<T> {
    /// Answer whoever wants the key with its record.
    Show(Key),
    /// The same, but the server could not be asked: say so (rule 9). Nothing evicted comes this way.
    ShowUnconfirmed(Key),
    /// Ask the server for the key.
    Fetch(Key),
    /// Ask the server which of these tags changed since.
    CatchUp {
        /// The lowest position of what is held.
        since: Seq,
        /// The tags of what is held.
        tags: Vec<T>,
    },
    /// Write the record to localStorage.
    Persist(Key),
    /// Put the record's time in localStorage to 0.
    MarkOld(Key),
    /// Take the record out of localStorage.
    Remove(Key),
    /// What is on screen of this key should ask again; it may stay on screen meanwhile.
    Outdated(Key),
    /// What is on screen of this key must leave it at once.
    Gone(Key),
    /// Every request from now on has seen this position.
    Seen(Seq),
    /// Count this.
    Note(Tier, Outcome, Key),
}
