//! A day like any other, replayed: readers read what others read, writers save, members like and answer.
//!
//! Requests arrive when they arrive, at a fixed rate and by chance, however slow the answers are, and
//! each is timed from the moment it was due: a server that falls behind can't hide it. Every answer
//! is checked against what was acknowledged before it was asked for ([`ledger`]).
//!
//! As a test it is short and small, and looks at no times. `cargo xtask load` runs it for minutes
//! against the release build, with browsers beside it, and holds it to `docs/benchmarks.md`.

#[path = "../site/mod.rs"]
mod site;

#[path = "../chaos/marks.rs"]
mod marks;

mod client;
mod crowd;
mod desk;
mod ledger;
mod library;
mod node;
mod options;
mod prose;
mod reading;
mod report;
mod tabs;
mod tally;
mod walk;
mod writing;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rand::{Rng, SeedableRng, rngs::StdRng};
use tokio::{task::JoinSet, time::sleep_until};

use self::{
    crowd::Crowd,
    ledger::Ledger,
    library::Library,
    node::{Asked, Node},
    options::Options,
    tally::Tally,
};

/// Where it all happens.
pub(crate) struct Stage {
    options: Options,
    library: Library,
    node: Node,
    ledger: Ledger,
    tally: Tally,
    http: reqwest::Client,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_like_any_other() {
    let options = Options::read();
    let place = node::Place::find(&options);
    let ledger = Ledger::default();
    let library = Library::make(&place.address, &options, &ledger).await;
    let node = Node::start(place, &options);
    let stage = Arc::new(Stage { http: client::http(), tally: Tally::default(), options, library, node, ledger });
    let mut crowd = Crowd::gather(&stage);

    let cold = stage.node.look(&stage).await;
    play(&stage, &mut crowd, stage.options.warm).await;
    stage.tally.begin();
    let tabs = tabs::Tabs::open(&stage);
    let from = stage.node.look(&stage).await;
    let began = Instant::now();
    let asked = tokio::spawn(watch(Arc::clone(&stage), began + stage.options.long));
    play(&stage, &mut crowd, stage.options.long).await;
    let lasted = began.elapsed();
    let asked = asked.await.expect("the watcher");
    // What was sampled last is looked at a moment later.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let until = stage.node.look(&stage).await;
    let tabs = tabs.map(tabs::Tabs::close);

    let report = report::Report::of(&stage, [&cold, &from, &until], lasted, tabs.flatten(), asked);
    println!("{}", report.table());
    report.write(&stage.options);
    assert!(!matches!(tabs, Some(None)), "the browsers complained");
    let missed = report.missed();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Looks, twice a second, at what was asked last.
async fn watch(stage: Arc<Stage>, until: Instant) -> Asked {
    let mut asked = Asked::default();
    let mut beat = tokio::time::interval(Duration::from_millis(500));
    while Instant::now() < until {
        beat.tick().await;
        asked.look(&stage.node.look(&stage).await.report);
    }
    asked
}

/// Requests arrive by chance, so many a second in the mean.
async fn play(stage: &Arc<Stage>, crowd: &mut Crowd, long: Duration) {
    let mut dice = StdRng::seed_from_u64(stage.options.seed);
    let mut under_way = JoinSet::new();
    let mut due = Instant::now();
    let until = due + long;
    while due < until {
        sleep_until(due.into()).await;
        under_way.spawn(crowd.next().take(Arc::clone(stage), due));
        while under_way.try_join_next().is_some_and(|ended| ended.is_ok()) {}
        // The times between arrivals that don't know of each other.
        due += Duration::from_secs_f64(-(1.0 - dice.random::<f64>()).ln() / stage.options.rate);
    }
    while let Some(ended) = under_way.join_next().await {
        ended.expect("a request that ends");
    }
}
