//! What this node's tiers did.

use std::{
    cell::Cell,
    fmt::Display,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use abreast_core::{
    Directive, Key, Millis,
    observe::metrics::{CacheEvent, Outcome, Recorder, Tier},
};

use crate::{App, Engine, clock};

/// Of so many reads that memory answers, one is timed: looking at a clock twice takes as long as the
/// rest of the recording.
pub(crate) const TIMED: u32 = 64;

/// How many events go to a page that looks each second.
const EVENTS_TOLD: usize = 100;

/// This node's recorders: one for each of the first few threads, so that no thread waits for another's
/// lock. They are added up when a report is made.
pub(crate) struct Metrics(Vec<Mutex<Recorder>>);

impl Default for Metrics {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(4, usize::from);
        Self((0..threads.next_power_of_two()).map(|_| Mutex::default()).collect())
    }
}

thread_local! {
    /// Which recorder is this thread's.
    static PLACE: usize = {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        NEXT.fetch_add(1, Ordering::Relaxed)
    };
    static READS: Cell<u32> = const { Cell::new(0) };
}

impl Metrics {
    /// Counts what happened.
    pub(crate) fn record(&self, event: CacheEvent) {
        self.own().record(event);
    }

    /// Counts what happened just now, and how long it took.
    pub(crate) fn timed(&self, tier: Tier, outcome: Outcome, key: &Key, began: Instant) {
        let micros = Some(micros(began.elapsed()));
        self.record(CacheEvent { at: clock::now(), tier, outcome, key: key.clone(), micros, bytes: None });
    }

    /// Notes that something became old, by tag.
    pub(crate) fn invalidated(&self, at: Millis, directives: &[Directive<impl Display>]) {
        for directive in directives {
            let key = Key::from_text(&directive.to_string());
            let (tier, outcome) = (Tier::Memory, Outcome::Invalidation);
            self.record(CacheEvent { at, tier, outcome, key, micros: None, bytes: None });
        }
    }

    /// A moment to time a read from, for one read of many.
    pub(crate) fn begin() -> Option<Instant> {
        let reads = READS.replace(READS.get().wrapping_add(1));
        reads.is_multiple_of(TIMED).then(Instant::now)
    }

    /// Looks at each recorder.
    pub(crate) fn each(&self, mut look: impl FnMut(&Recorder)) {
        self.0.iter().for_each(|recorder| look(&lock(recorder)));
    }

    /// All that was recorded.
    pub(crate) fn sum(&self) -> Recorder {
        let mut sum = Recorder::default();
        self.0.iter().for_each(|recorder| sum.merge(lock(recorder).clone()));
        sum
    }

    fn own(&self) -> MutexGuard<'_, Recorder> {
        lock(&self.0[PLACE.with(|place| place % self.0.len())])
    }
}

impl<A: App> Engine<A> {
    /// Counts what happened in a tier outside this package.
    pub fn record(&self, event: CacheEvent) {
        self.metrics.record(event);
    }

    /// Counts a request that was answered.
    pub fn answered(&self, took: Duration) {
        self.metrics.own().answered(clock::now(), micros(took));
    }

    /// Counts, last minutes and last events of this node's tiers.
    pub fn recorder(&self) -> Recorder {
        self.metrics.sum()
    }

    /// The same with few events: for a page that looks each second.
    pub(crate) fn told_recorder(&self) -> Recorder {
        let mut recorder = self.metrics.sum();
        recorder.keep_events(EVENTS_TOLD);
        recorder
    }

    /// Starts counting anew.
    pub fn clear_metrics(&self) {
        self.metrics.0.iter().for_each(|recorder| lock(recorder).clear());
        self.memory.lifetime_stats().clear();
        self.sampler.clear();
    }
}

/// A duration as metrics count it.
pub(crate) fn micros(took: Duration) -> u64 {
    u64::try_from(took.as_micros()).unwrap_or(u64::MAX)
}

fn lock(recorder: &Mutex<Recorder>) -> MutexGuard<'_, Recorder> {
    recorder.lock().unwrap_or_else(PoisonError::into_inner)
}
