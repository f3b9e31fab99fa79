//! What is to come in a schedule, in order, and what happened in it.

use std::{collections::BTreeMap, fmt};

use abreast_core::Millis;

/// When a schedule begins: long after zero, which is when nothing was ever confirmed.
const BEGINNING: Millis = Millis(1_000_000);

/// A schedule of such happenings.
#[derive(Debug)]
pub(super) struct Schedule<H> {
    pub(super) now: Millis,
    /// What is to come; the second number keeps in order too what is due at once.
    to_come: BTreeMap<(Millis, u32), H>,
    planned: u32,
    /// What happened, if it is wanted.
    trace: Option<Vec<String>>,
}

impl<H> Schedule<H> {
    /// With nothing in it.
    pub(super) fn new(traced: bool) -> Self {
        Self { now: BEGINNING, to_come: BTreeMap::new(), planned: 0, trace: traced.then(Vec::new) }
    }

    /// This happens in so many milliseconds.
    pub(super) fn plan(&mut self, after: i64, happening: H) {
        self.planned += 1;
        self.to_come.insert((Millis(self.now.0 + after), self.planned), happening);
    }

    /// What happens next, and it is that moment now.
    pub(super) fn next(&mut self) -> Option<H> {
        let ((at, _), happening) = self.to_come.pop_first()?;
        self.now = at;
        Some(happening)
    }

    /// Milliseconds since it began.
    pub(super) fn elapsed(&self) -> i64 {
        self.now.since(BEGINNING)
    }

    pub(super) fn is_traced(&self) -> bool {
        self.trace.is_some()
    }

    /// A line of the trace.
    pub(super) fn note(&mut self, what: impl fmt::Display) {
        let line = format!("{:>5} ms  {what}", self.elapsed());
        if let Some(trace) = &mut self.trace {
            trace.push(line);
        }
    }

    /// What happened.
    pub(super) fn trace(&mut self) -> Vec<String> {
        self.trace.take().unwrap_or_default()
    }
}
