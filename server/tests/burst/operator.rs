//! An operator who asks all the time whether the node is ready, and at the same moment for a page, to see whether
//! that was true.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use tokio::{runtime, time::sleep};

use super::wire::{Fate, Wire};

const PAUSE: Duration = Duration::from_millis(200);
/// Who says that it can begin a page within a second has it made and sent within this; the development build has to
/// make the 32 pages of each thread that were begun before.
const TRUE_WITHIN: Duration = Duration::from_secs(if cfg!(debug_assertions) { 6 } else { 2 });

/// What was said.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) answered: usize,
    /// Said so itself, or said nothing.
    pub(crate) unready: usize,
    pub(crate) closed: usize,
    pub(crate) slowest: Duration,
    pub(crate) slowest_page: Duration,
    /// What became of the page although it said 200.
    pub(crate) untrue: Vec<String>,
}

pub(crate) struct Operator {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Report>,
}

impl Operator {
    pub(crate) fn begin(wire: &Wire) -> Self {
        let wire = *wire;
        let stop = Arc::new(AtomicBool::new(false));
        let told = stop.clone();
        let thread = thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(watch(wire, &told))
        });
        Self { stop, thread }
    }

    pub(crate) fn end(self) -> Report {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().expect("they watch to the end")
    }
}

async fn watch(wire: Wire, told: &AtomicBool) -> Report {
    let mut report = Report::default();
    while !told.load(Ordering::Relaxed) {
        let ((ready, took), (page, page_took)) = tokio::join!(timed(wire, "/readyz"), timed(wire, "/sign-in"));
        match ready {
            Fate::Answered(_) => report.answered += 1,
            Fate::Closed | Fate::Forgotten => report.closed += 1,
        }
        report.slowest = report.slowest.max(took);
        report.slowest_page = report.slowest_page.max(page_took);
        if ready == Fate::Answered(200) {
            let is_true = page != Fate::Forgotten && page_took < TRUE_WITHIN;
            if !is_true {
                report.untrue.push(format!("{page:?} after {page_took:?}"));
            }
        } else {
            report.unready += 1;
        }
        sleep(PAUSE).await;
    }
    report
}

async fn timed(wire: Wire, path: &str) -> (Fate, Duration) {
    let began = Instant::now();
    (wire.ask(path).await, began.elapsed())
}
