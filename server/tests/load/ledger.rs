//! What was written, and when it was acknowledged: what no answer may fall behind.
//!
//! There is one node, and it tells its follower of a commit before it answers (rule 5). So any
//! client that asks after a write was acknowledged is shown it: no Δ is granted. Each thing
//! has one writer, who waits for an answer before the next write.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// Everything that is written, by name: see `marks` for what they are called.
#[derive(Default)]
pub(crate) struct Ledger(Mutex<Written>);

#[derive(Default)]
struct Written {
    things: BTreeMap<String, Vec<Write>>,
    judged: u64,
    wrongs: Vec<String>,
}

/// One write of a thing; its number is its place.
struct Write {
    present: bool,
    /// When it was acknowledged.
    done: Option<Instant>,
}

impl Ledger {
    /// As a thing is before anybody writes it: write 0.
    pub(crate) fn exists(&self, thing: &str, present: bool) {
        let first = Write { present, done: None };
        self.written().things.entry(thing.to_owned()).or_insert_with(|| vec![first]);
    }

    /// A write is sent now. Its number.
    pub(crate) fn begin(&self, thing: &str, present: bool) -> usize {
        let mut written = self.written();
        let writes = written.things.entry(thing.to_owned()).or_default();
        writes.push(Write { present, done: None });
        writes.len() - 1
    }

    /// It was acknowledged.
    pub(crate) fn acknowledge(&self, thing: &str, number: usize) {
        if let Some(write) = self.written().things.get_mut(thing).and_then(|writes| writes.get_mut(number)) {
            write.done = Some(Instant::now());
        }
    }

    /// What was shown of a text, to who asked at `sent`.
    pub(crate) fn shown(&self, thing: &str, number: usize, sent: Instant) {
        let mut written = self.written();
        written.judged += 1;
        let Some(writes) = written.things.get(thing) else { return };
        let (floor, newest) = bounds(writes, sent);
        if number < floor || number > newest {
            let wrong = format!("{thing}: {number} was shown, where {floor} was acknowledged and {newest} sent");
            written.wrongs.push(wrong);
        }
    }

    /// Whether a thing was there for who asked at `sent`.
    pub(crate) fn is(&self, thing: &str, present: bool, sent: Instant) {
        let mut written = self.written();
        written.judged += 1;
        let Some(writes) = written.things.get(thing) else { return };
        let (floor, newest) = bounds(writes, sent);
        if !writes[floor..=newest].iter().any(|write| write.present == present) {
            let wrong = format!("{thing}: there is {present}, at write {floor} to {newest}");
            written.wrongs.push(wrong);
        }
    }

    /// Something else that must not be.
    pub(crate) fn wrong(&self, wrong: String) {
        self.written().wrongs.push(wrong);
    }

    /// The things whose names begin so.
    pub(crate) fn below(&self, prefix: &str) -> Vec<String> {
        let written = self.written();
        let from = written.things.range(prefix.to_owned()..);
        from.map(|(thing, _)| thing).take_while(|thing| thing.starts_with(prefix)).cloned().collect()
    }

    /// How many things shown were judged, and what was wrong.
    pub(crate) fn verdict(&self) -> (u64, Vec<String>) {
        let written = self.written();
        (written.judged, written.wrongs.clone())
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The newest write that was acknowledged before `sent`, and the newest that was sent by now.
fn bounds(writes: &[Write], sent: Instant) -> (usize, usize) {
    let floor = writes.iter().rposition(|write| write.done.is_some_and(|done| done <= sent));
    (floor.unwrap_or_default(), writes.len().saturating_sub(1))
}

#[test]
fn what_was_acknowledged_is_shown() {
    let check = |shown: usize, late: bool, expected: usize| {
        let ledger = Ledger::default();
        ledger.exists("s1.0", true);
        let early = Instant::now();
        for _ in 0..2 {
            let number = ledger.begin("s1.0", true);
            ledger.acknowledge("s1.0", number);
        }
        ledger.begin("s1.0", false);
        ledger.shown("s1.0", shown, if late { Instant::now() } else { early });
        assert_eq!(ledger.verdict().1.len(), expected, "{shown} {late}");
    };
    check(0, false, 0);
    check(2, false, 0);
    check(1, true, 1);
    check(2, true, 0);
    check(3, true, 0);
    check(4, true, 1);
}

#[test]
fn what_was_withdrawn_is_gone() {
    let ledger = Ledger::default();
    ledger.exists("o1", true);
    let number = ledger.begin("o1", false);
    ledger.is("o1", true, Instant::now());
    ledger.is("o1", false, Instant::now());
    ledger.acknowledge("o1", number);
    ledger.is("o1", false, Instant::now());
    assert_eq!(ledger.verdict().1.len(), 0);
    ledger.is("o1", true, Instant::now());
    assert_eq!(ledger.verdict().1.len(), 1);
}
