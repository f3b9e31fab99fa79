//! The tiers without a network: a cached read, a save, an invalidation.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use domain::{
    Area, Body, CacheEvent, Heading, Millis, Note, Outcome, Query, Quire, ReadingPage, Rev, SceneSave, Seq, Share,
    StoryId, Tag, Tags, Tier, UserId,
};
use serde::{Deserialize, Serialize};
use store::{Load, Reader, Settings, Store};

use crate::{library::Library, report::Report};

/// A cached answer through the store, beside a bare look-up in the map that the memory tier is.
pub(crate) async fn cached_read(report: &mut Report) {
    const READS: u32 = 500_000;
    let library = Library::open().await;
    let page = ReadingPage { story: library.story, chapter: library.chapter };
    library.store.fetch(&page, Seq::ZERO).await.expect("an answer");
    let began = Instant::now();
    for _ in 0..READS {
        black_box(library.store.fetch(black_box(&page), Seq::ZERO).await.expect("an answer"));
    }
    let through = began.elapsed() / READS;
    let bare = quick_cache::sync::Cache::<domain::Key, std::sync::Arc<str>>::new(1_000);
    let key = page.key();
    bare.insert(key.clone(), "answer".into());
    let began = Instant::now();
    for _ in 0..READS {
        black_box(bare.get(black_box(&key)));
    }
    let bare = began.elapsed() / READS;
    let began = Instant::now();
    for _ in 0..READS {
        black_box(black_box(&page).key());
    }
    let key = began.elapsed() / READS;
    report.add("cached query through the store", nanos(through), "ns", "aim ≤ 1,000");
    report.add("… of which its key", nanos(key), "ns", "");
    report.add("bare get of the same map", nanos(bare), "ns", "");
}

/// What it costs a cached read that one in a hundred is looked at again: both in turns.
pub(crate) async fn sampling(report: &mut Report) {
    const READS: u32 = 50_000;
    let library = Library::open().await;
    let page = ReadingPage { story: library.story, chapter: library.chapter };
    let sampled = Settings { sample: Share::PERCENT, ..Settings::default() };
    let sampled = Store::open_with(&library.address, sampled).await.expect("a store");
    let (mut without, mut with) = (vec![], vec![]);
    for _ in 0..20 {
        for (store, times) in [(&library.store, &mut without), (&sampled, &mut with)] {
            store.fetch(&page, Seq::ZERO).await.expect("an answer");
            let began = Instant::now();
            for _ in 0..READS {
                black_box(store.fetch(black_box(&page), Seq::ZERO).await.expect("an answer"));
            }
            times.push(began.elapsed() / READS);
        }
    }
    assert!(sampled.samples().checked() > 0 && library.store.samples().checked() == 0);
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        nanos(times[times.len() / 2])
    };
    let (without, with) = (median(&mut without), median(&mut with));
    report.add("cached query, 1 % looked at again", with, "ns", "");
    report.add("… and none", without, "ns", "");
    report.add("… ratio", with / without, "×", "");
}

/// What counting and remembering a hit costs the read that it counts, alone and with every core at it.
pub(crate) async fn recording(report: &mut Report) {
    const HITS: u32 = 2_000_000;
    let library = Library::open().await;
    let record = |store: &Store| {
        let key = ReadingPage { story: library.story, chapter: library.chapter }.key();
        let began = Instant::now();
        for hit in 0..HITS {
            let (tier, outcome) = (Tier::Memory, Outcome::Hit);
            let (at, key) = (Millis(i64::from(hit / 1_000)), black_box(&key).clone());
            store.record(black_box(CacheEvent { at, tier, outcome, key, micros: None, bytes: Some(12_000) }));
        }
        began.elapsed() / HITS
    };
    let alone = record(&library.store);
    let together = std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(|| record(&library.store))).collect();
        running.into_iter().map(|thread| thread.join().expect("a thread ends")).max().expect("a thread")
    });
    report.add("recording a hit", nanos(alone), "ns", "aim ≤ 50");
    report.add("… on every core at once", nanos(together), "ns", "aim ≤ 50");
}

/// A save of a scene of 12 kB, synced to disk.
pub(crate) async fn save(report: &mut Report) {
    let library = Library::open().await;
    let mut base = library.store.fetch(&library.draft(), Seq::ZERO).await.expect("a scene").entry.value.rev;
    let mut times = vec![];
    for round in 0..1_000 {
        let began = Instant::now();
        base = save_once(&library, base, round).await;
        times.push(began.elapsed());
    }
    report.add_times("save of a scene (12 kB)", times);
}

/// What a commit costs with few and many entries cached: the directives reach the follower, and
/// nothing walks the entries.
pub(crate) async fn invalidation(report: &mut Report) {
    for entries in [1_000u32, 100_000, 1_000_000] {
        let mut library = Library::open().await;
        let roomy = Settings { memory_bytes: 1024 * 1024 * 1024, ..Settings::default() };
        library.store = Store::open_with(&library.address, roomy).await.expect("a store");
        for number in 0..entries {
            library.store.fetch(&Probe { number }, Seq::ZERO).await.expect("an answer");
        }
        assert_eq!(library.store.report().entries, entries as usize, "all are held");
        let mut base = library.store.fetch(&library.draft(), Seq::ZERO).await.expect("a scene").entry.value.rev;
        let mut times = vec![];
        for round in 0..300 {
            let began = Instant::now();
            base = save_once(&library, base, round).await;
            times.push(began.elapsed());
        }
        report.add_times(&format!("save with {entries} entries cached"), times);
    }
}

/// Saves the library's scene with other words.
pub(crate) async fn save_once(library: &Library, base: Rev, round: u32) -> Rev {
    let save = SceneSave {
        title: Heading::default(),
        content: Body::parse(&format!("Round {round}. {}", "word ".repeat(2_400))).expect("a body"),
        goal: Note::default(),
        conflict: Note::default(),
        outcome: Note::default(),
        base,
        kept: Rev(0),
    };
    library.store.save_scene(library.author, library.scene, save).await.expect("a save").open().1
}

/// A question as small as can be, to fill the memory tier with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Probe {
    number: u32,
}

impl Query for Probe {
    type Nouns = Quire;
    type Output = u32;
    const NAME: &'static str = "probe";
    const VERSION: u32 = 1;
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, _: &u32) -> Tags {
        Tags::of(Tag::Story(StoryId::from_bits(u64::from(self.number))), [])
    }
}

impl Load for Probe {
    async fn load(&self, _: &mut Reader) -> store::Result<u32> {
        Ok(self.number)
    }
}

fn nanos(time: Duration) -> f64 {
    time.as_secs_f64() * 1e9
}
