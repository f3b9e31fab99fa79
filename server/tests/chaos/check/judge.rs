//! One answer, against all that was written.

use super::{
    DELTA, Verdict, Wrong,
    record::{Read, Record},
    thing::{Fate, Thing, Write},
};

/// Judges answers.
pub(super) struct Judge<'a> {
    record: &'a Record,
    verdict: &'a mut Verdict,
}

/// What an answer must not fall behind, and why.
struct Bound<'a> {
    why: &'static str,
    newest: Option<&'a Write>,
    /// What happened later than this is not in the answer either.
    until: Option<u64>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(record: &'a Record, verdict: &'a mut Verdict) -> Self {
        Self { record, verdict }
    }

    /// All that one answer shows.
    pub(super) fn read(&mut self, read: &Read) {
        for (name, number) in &read.shows {
            self.shows(read, name, *number);
        }
        for (name, present) in &read.is {
            self.is(read, name, *present);
        }
        let Some(prefix) = &read.covers else { return };
        let record = self.record;
        let covered = record.things.keys().filter(|name| name.starts_with(prefix));
        for name in covered.filter(|name| !read.shows.iter().any(|(shown, _)| shown == *name)) {
            self.is(read, name, false);
        }
    }

    fn shows(&mut self, read: &Read, name: &str, number: u64) {
        self.verdict.judged += 1;
        let record = self.record;
        let thing = record.things.get(name);
        let Some((thing, write)) = thing.and_then(|thing| Some((thing, thing.write(number)?))) else {
            return self.wrong("shown, and never written", read, name, &number);
        };
        if write.sent > read.done {
            return self.wrong("shown, and never written", read, name, &number);
        }
        if write.fate == Fate::Refused {
            return self.wrong("refused, and shown", read, name, &number);
        }
        if write.fate == Fate::Acknowledged && read.as_of.is_some_and(|as_of| write.position > Some(as_of)) {
            self.wrong("not what its position says", read, name, &number);
        }
        if let Some(known) = thing.next_after(write).and_then(|next| next.known).filter(|_| !read.stale) {
            self.verdict.oldest = self.verdict.oldest.max(read.sent.saturating_sub(known));
        }
        for bound in bounds(read, thing, false) {
            let newest = bound.newest.and_then(|newest| newest.position);
            if write.position.is_some_and(|position| Some(position) < newest) {
                self.wrong(bound.why, read, name, &number);
            }
        }
    }

    fn is(&mut self, read: &Read, name: &str, present: bool) {
        self.verdict.judged += 1;
        let record = self.record;
        let Some(thing) = record.things.get(name) else { return };
        let evicted = present && name.starts_with('o');
        // A node that reaches neither database nor Redis can't hear of it: what it shows marked, to an asker that has
        // not seen the eviction, may be what was withdrawn elsewhere (docs/protocol.md).
        let must_know = evicted && !(read.stale && record.is_cut_off(read.node, read.sent));
        for bound in bounds(read, thing, must_know) {
            let newest_is = bound.newest.is_some_and(|newest| newest.present) == present;
            let later = thing.writes.iter().filter(|write| {
                write.sent <= read.done
                    && write.may_follow(bound.newest)
                    && (write.position.is_none() || bound.until.is_none_or(|until| write.position <= Some(until)))
            });
            if !newest_is && !later.into_iter().any(|write| write.present == present) {
                let why = if evicted { "withdrawn, and shown" } else { bound.why };
                self.wrong(why, read, name, &present);
            }
        }
    }

    fn wrong(&mut self, kind: &'static str, read: &Read, name: &str, what: &dyn std::fmt::Debug) {
        let (client, sent, as_of, seen) = (read.client, read.sent, read.as_of, read.seen);
        let detail = format!(
            "{} of client {client:?} at {sent}, as of {as_of:?}, seen {seen:?}, stale {}: {name} is {what:?}",
            read.what, read.stale
        );
        self.verdict.wrongs.push(Wrong { kind, detail });
    }
}

/// The bounds of a read for one thing. Marked as old, an answer may be so, unless it shows what was
/// withdrawn.
fn bounds<'a>(read: &Read, thing: &'a Thing, withdrawn: bool) -> Vec<Bound<'a>> {
    let mut bounds = Vec::new();
    if let Some(newest) = read.seen.map(|seen| thing.at(seen)) {
        let own = newest.is_some_and(|newest| newest.client.is_some() && newest.client == read.client);
        bounds.push(Bound { why: if own { "own write not shown" } else { "went back" }, newest, until: None });
    }
    if !read.stale || withdrawn {
        let newest = thing.known_at(read.sent.saturating_sub(DELTA));
        // Write 0 was known at 0.
        bounds.push(Bound { why: "older than Δ", newest: newest.or_else(|| thing.at(0)), until: None });
    }
    if let Some(as_of) = read.as_of {
        bounds.push(Bound { why: "not what its position says", newest: thing.at(as_of), until: Some(as_of) });
    }
    bounds
}
