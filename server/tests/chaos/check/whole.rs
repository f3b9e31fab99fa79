//! What no single answer shows: the log, and writes whose outcome no client was told.

use std::collections::BTreeSet;

use super::{
    Verdict, Wrong,
    record::Record,
    thing::{Fate, Thing, Write},
};

/// Longer than any fault lasts (12 s), with what follows it: after so long, in microseconds, all is told.
const TELLING: u64 = 15_000_000;

/// Judges the record as a whole.
pub(super) fn check(record: &Record, verdict: &mut Verdict) {
    log(record, verdict);
    live(record, verdict);
    for (name, thing) in &record.things {
        both_ways(name, thing, record, verdict);
    }
}

/// The log has no gap, ends at its head, and each position in it was given to one write.
fn log(record: &Record, verdict: &mut Verdict) {
    let mut wrong = |kind, detail| verdict.wrongs.push(Wrong { kind, detail });
    let mut given = BTreeSet::new();
    for position in &record.positions {
        if !given.insert(position) {
            wrong("one position, two writes", format!("{position}"));
        }
    }
    let Some([head, first, rows]) = record.log else { return };
    if first + rows != head + 1 {
        wrong("a gap in the log", format!("{rows} rows from {first} to {head}"));
    }
    if let Some(last) = given.last().filter(|last| ***last > head) {
        wrong("acknowledged, and lost", format!("the log ends at {head}, and {last} was acknowledged"));
    }
}

/// Who holds a line is told of every write of what it holds, whatever was lost on the way.
fn live(record: &Record, verdict: &mut Verdict) {
    let texts = || record.things.iter().filter_map(|(name, thing)| Some((story(name)?, name, thing)));
    for line in record.lines.values() {
        for (_, name, thing) in texts().filter(|(story, ..)| line.stories.contains(story)) {
            let during = |write: &&Write| write.sent > line.opened && write.done + TELLING < line.closed;
            for write in thing.writes.iter().filter(|write| write.fate == Fate::Acknowledged).filter(during) {
                let told = write.position.and_then(|position| line.told.get(&position));
                verdict.told.extend(told.map(|told| told.saturating_sub(write.done)));
                if told.is_none_or(|told| *told > write.done + TELLING) {
                    let detail = format!("{name} at {:?}, done at {}: {told:?}", write.position, write.done);
                    verdict.wrongs.push(Wrong { kind: "held, and not told", detail });
                }
            }
        }
    }
    verdict.told.sort_unstable();
}

/// Which story a text belongs to.
fn story(thing: &str) -> Option<u64> {
    thing.strip_prefix(['t', 'c', 's'])?.split('.').next()?.parse().ok()
}

/// A thing that comes and goes changes, between two acknowledged writes, no more often than there
/// were writes whose fate is unknown: such a write may be there or not, but not both in turn.
fn both_ways(name: &str, thing: &Thing, record: &Record, verdict: &mut Verdict) {
    let unknown = thing.writes.iter().filter(|write| write.fate == Fate::Unknown).count();
    let shown = |read: &super::record::Read| read.is.iter().find(|(its, _)| its == name).map(|(_, present)| *present);
    let seen = record.reads.iter().filter_map(|read| Some((read.as_of?, 1, shown(read)?)));
    let written = thing.writes.iter().filter(|write| write.fate == Fate::Acknowledged);
    let written = written.filter_map(|write| Some((write.position?, 0, write.present)));
    let mut all: Vec<(u64, u8, bool)> = seen.chain(written).collect();
    all.sort_unstable();
    let mut changes = 0;
    for pair in all.windows(2) {
        changes = if pair[1].1 == 0 { 0 } else { changes + usize::from(pair[0].2 != pair[1].2) };
        if changes > unknown {
            let detail = format!("{name} at {} after {unknown} such writes", pair[1].0);
            return verdict.wrongs.push(Wrong { kind: "there and not there", detail });
        }
    }
}
