//! Something that is written again and again, by one person.

/// What became of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Acknowledged,
    /// It never happened.
    Refused,
    /// It may have happened, or may yet.
    Unknown,
}

/// One write.
#[derive(Debug, Clone)]
pub(super) struct Write {
    pub(super) number: u64,
    pub(super) present: bool,
    pub(super) client: Option<u64>,
    pub(super) sent: u64,
    pub(super) done: u64,
    pub(super) fate: Fate,
    /// Its position in the log, or one at which it had happened.
    pub(super) position: Option<u64>,
    /// When a client was first told that it had happened.
    pub(super) known: Option<u64>,
}

/// All writes of a thing.
#[derive(Debug, Default)]
pub(super) struct Thing {
    pub(super) writes: Vec<Write>,
}

/// After so long, in microseconds, a request that nobody waits for is over.
const SETTLED: u64 = 20_000_000;

impl Thing {
    /// The write of that number.
    pub(super) fn write(&self, number: u64) -> Option<&Write> {
        self.writes.iter().find(|write| write.number == number)
    }

    /// The newest write at or before this position; nothing was there before the first.
    pub(super) fn at(&self, position: u64) -> Option<&Write> {
        self.newest(|write| write.position.is_some_and(|its| its <= position))
    }

    /// The newest write that any client knew of at this moment.
    pub(super) fn known_at(&self, moment: u64) -> Option<&Write> {
        self.newest(|write| write.known.is_some_and(|known| known < moment))
    }

    fn newest(&self, counts: impl Fn(&Write) -> bool) -> Option<&Write> {
        self.writes
            .iter()
            .filter(|write| write.fate != Fate::Refused && counts(write))
            .max_by_key(|write| write.position)
    }

    /// The first that is known to have followed this one.
    pub(super) fn next_after(&self, write: &Write) -> Option<&Write> {
        let later = self.writes.iter().filter(|next| write.position.is_some() && next.position > write.position);
        later.min_by_key(|next| next.position)
    }
}

impl Write {
    /// Whether it may have happened after `other`, or after nothing.
    pub(super) fn may_follow(&self, other: Option<&Self>) -> bool {
        match (self.fate, self.position, other) {
            (Fate::Refused, _, _) => false,
            (_, _, None) => true,
            (_, Some(position), Some(other)) => other.position < Some(position),
            (_, None, Some(other)) => self.done.saturating_add(SETTLED) > other.sent,
        }
    }
}
