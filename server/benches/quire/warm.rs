//! Warming: what the first reads after an edit and after a start cost, with it and without.

use std::time::{Duration, Instant};

use domain::{CataloguePage, Format, Home, ReadingPage, Seq, StoryPage, Tier};
use store::{Load, Settings, Store};

use crate::{library::Library, report::Report, tiers::save_once};

/// How long after an edit, or a start, the first reader comes.
const LATER: Duration = Duration::from_millis(20);

/// The first reads after each of many edits, by readers who are back after a moment.
pub(crate) async fn after_edits(report: &mut Report) {
    for (warm, name) in [(false, "not warmed"), (true, "warmed")] {
        let mut library = Library::open().await;
        library.store = open(&library, warm).await;
        let mut base = library.store.fetch(&library.draft(), Seq::ZERO).await.expect("a scene").entry.value.rev;
        first_reads(&library.store, &library).await;
        library.store.clear_metrics();
        let mut times = vec![];
        for round in 0..200 {
            base = save_once(&library, base, round).await;
            tokio::time::sleep(LATER).await;
            times.extend(first_reads(&library.store, &library).await);
        }
        add(report, &format!("first reads after an edit, {name}"), &library.store, times);
    }
}

/// The first reads after each of many starts.
pub(crate) async fn after_starts(report: &mut Report) {
    let library = Library::open().await;
    for (warm, name) in [(false, "not warmed"), (true, "warmed")] {
        let (mut times, mut hits, mut asked) = (vec![], 0, 0);
        for _ in 0..50 {
            let store = open(&library, warm).await;
            tokio::time::sleep(LATER * 5).await;
            times.extend(first_reads(&store, &library).await);
            let tally = store.recorder().tally(Tier::Memory);
            (hits, asked) = (hits + tally.hits, asked + tally.asked());
        }
        let what = format!("first reads after a start, {name}");
        add_rate(report, &what, hits, asked);
        report.add_times(&what, times);
    }
}

async fn open(library: &Library, warm: bool) -> Store {
    let settings = Settings { warm, ..Settings::default() };
    Store::open_with(&library.address, settings).await.expect("a store")
}

/// What a reader who comes by looks at: the front page, the catalogue, the story, its first chapter and one
/// further on, which is the one that is edited.
async fn first_reads(store: &Store, library: &Library) -> Vec<Duration> {
    let story = library.story;
    vec![
        timed(store, &Home {}).await,
        timed(store, &CataloguePage::first(Format::Novel, None)).await,
        timed(store, &StoryPage::first(story)).await,
        timed(store, &ReadingPage { story, chapter: library.first_chapter }).await,
        timed(store, &ReadingPage { story, chapter: library.chapter }).await,
    ]
}

async fn timed<Q: Load>(store: &Store, query: &Q) -> Duration {
    let began = Instant::now();
    store.fetch(query, Seq::ZERO).await.expect("an answer");
    began.elapsed()
}

fn add(report: &mut Report, what: &str, store: &Store, times: Vec<Duration>) {
    let tally = store.recorder().tally(Tier::Memory);
    add_rate(report, what, tally.hits, tally.asked());
    report.add_times(what, times);
}

#[expect(clippy::cast_precision_loss, reason = "a rate for people, of some hundred reads")]
fn add_rate(report: &mut Report, what: &str, hits: u64, asked: u64) {
    report.add(format!("{what}, hit rate"), hits as f64 / asked as f64 * 100.0, "%", "");
}
