//! How long it took, by what was asked.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use hdrhistogram::Histogram;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A page, by a visitor who is not signed in.
    Page,
    /// A page, by a member who is.
    OwnPage,
    /// What is the same for everybody, by a page's script.
    Question,
    /// What is one's own.
    OwnQuestion,
    /// What became of what is held.
    CatchUp,
    /// A scene.
    Save,
    /// A like, a remark, a story published or withdrawn.
    Deed,
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: [Self; 7] =
        [Self::Page, Self::OwnPage, Self::Question, Self::OwnQuestion, Self::CatchUp, Self::Save, Self::Deed];

    /// Its name in the table.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Page => "a page, signed out",
            Self::OwnPage => "a page, signed in",
            Self::Question => "a question",
            Self::OwnQuestion => "a question about oneself",
            Self::CatchUp => "what became of what is held",
            Self::Save => "a scene saved",
            Self::Deed => "a like, a remark, a story out or back",
        }
    }

    /// Whether it is a page, whole.
    pub(crate) const fn is_page(self) -> bool {
        matches!(self, Self::Page | Self::OwnPage)
    }

    /// Whether the caches may answer it.
    pub(crate) const fn is_read(self) -> bool {
        match self {
            Self::Page | Self::OwnPage | Self::Question | Self::OwnQuestion => true,
            Self::CatchUp | Self::Save | Self::Deed => false,
        }
    }
}

/// What was counted.
pub(crate) struct Tally {
    counts: AtomicBool,
    times: Mutex<Vec<Histogram<u64>>>,
    failures: Mutex<Vec<String>>,
}

impl Default for Tally {
    fn default() -> Self {
        let times = Kind::ALL.map(|_| histogram()).into();
        Self { counts: AtomicBool::new(false), times: Mutex::new(times), failures: Mutex::default() }
    }
}

impl Tally {
    /// What is due from now on counts.
    pub(crate) fn begin(&self) {
        self.counts.store(true, Ordering::Relaxed);
    }

    /// An answer is here whole that was due then.
    pub(crate) fn took(&self, kind: Kind, due: Instant) {
        if self.counts.load(Ordering::Relaxed) {
            let micros = u64::try_from(due.elapsed().as_micros()).unwrap_or(u64::MAX);
            lock(&self.times)[kind as usize].saturating_record(micros);
        }
    }

    /// No answer, or one that is none. Warming up or not.
    pub(crate) fn failed(&self, why: String) {
        lock(&self.failures).push(why);
    }

    /// How long things of a kind took, in microseconds.
    pub(crate) fn times(&self, kind: Kind) -> Histogram<u64> {
        lock(&self.times)[kind as usize].clone()
    }

    /// How long everything took that the caches may answer, whether or not they did.
    pub(crate) fn reads(&self) -> Histogram<u64> {
        let mut sum = histogram();
        for kind in Kind::ALL.into_iter().filter(|kind| kind.is_read()) {
            sum.add(self.times(kind)).expect("of one kind");
        }
        sum
    }

    /// What failed.
    pub(crate) fn failures(&self) -> Vec<String> {
        lock(&self.failures).clone()
    }
}

/// Of microseconds up to a minute, to three digits.
fn histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 60_000_000, 3).expect("bounds in order")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
