//! The freshness sampler finds nothing where nothing is wrong, and what is wrong where something is.

use std::time::{Duration, Instant};

use domain::{
    Change, ClientSample, ContentHash, Directive, Entry, Finding, Format, Genre, Listing, Query, ReadingPage, Rev,
    Samples, SceneDraft, ScenePath, Seq, Share, Shown, Tag, Tier, Violation,
};
use store::{Settings, Store};

use crate::library::{
    Library, On,
    fixture::save,
    nodes::{SOON, soon},
    on_both, tables,
};

on_both! {
    a_directive_that_another_node_forgot_is_reported_with_its_tag
    under_concurrent_writes_answers_are_stale_for_less_than_delta_and_nothing_is_violated
    a_tier_that_does_not_judge_is_found_out
    more_than_can_be_looked_at_is_dropped_and_counted
    without_a_database_nothing_is_said
    what_a_browser_says_is_judged_and_is_no_alarm
    a_browser_is_told_nothing_that_its_viewer_may_not_know
}

/// Every answer is looked at.
fn all() -> Settings {
    Settings { sample: Share::ALL, ..Settings::default() }
}

/// The published chapter whose first scene the tests write.
fn chapter(library: &Library) -> ReadingPage {
    ReadingPage { story: library.fixture.out.story, chapter: library.fixture.out.chapters[0] }
}

async fn save_scene(library: &Library, store: &Store, text: &str, base: i64) -> Seq {
    let scene = library.fixture.out.scenes[0];
    store.save_scene(library.fixture.ada, scene, save(text, Rev(base))).await.expect("saved").record().seq
}

fn last(samples: &Samples) -> Option<Violation> {
    samples.caught().next().map(|caught| caught.violation.clone())
}

/// A node of another build commits a scene's text, and does not say that its chapter is old.
async fn forget_the_chapter(library: &Library) -> Seq {
    let out = &library.fixture.out;
    let (author, part, chapter) = (library.fixture.ada, out.parts[0], out.chapters[0]);
    let path = ScenePath { author, story: out.story, part, chapter, scene: out.scenes[0] };
    let change = Change::SceneSaved(path, Listing::Catalogue(Format::Novel, Genre::Mystery));
    let said: Vec<Directive> =
        change.directives().into_iter().filter(|said| said.tag() != Tag::Chapter(chapter)).collect();
    assert_ne!(said, change.directives());
    let statements = format!(
        "begin;
         update scenes set content = 'Nobody was told of this.', rev = rev + 1 where id = '{}';
         update log_head set seq = seq + 1;
         insert into log (seq, at, change, directives, areas) select seq, {}, '{}', '{}', '{}' from log_head;
         commit",
        out.scenes[0],
        library.store.now().0,
        json(&change),
        json(&said),
        json(&change.areas()),
    );
    tables::run(&library.address, &statements).await;
    Seq(*tables::positions(&library.address).await.last().expect("a log"))
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("JSON")
}

async fn a_directive_that_another_node_forgot_is_reported_with_its_tag(on: On) {
    let library = Library::open_with(on, all()).await;
    let (store, page) = (&library.store, chapter(&library));
    store.fetch(&page, Seq::ZERO).await.expect("a chapter");
    soon("the right answer is looked at", || store.samples().checked() == 1).await;
    assert_eq!(store.samples().violations(), 0);

    let seq = forget_the_chapter(&library).await;
    let served = store.fetch(&page, Seq::ZERO).await.expect("a chapter");
    assert_eq!((served.tier, served.entry.as_of < seq), (Tier::Memory, true), "nobody could know");
    soon("the wrong answer is looked at", || store.samples().checked() == 2).await;
    let samples = store.report().samples;
    let missed = Violation::MissedDirective { missing: vec![Tag::Chapter(page.chapter)], rows: vec![seq] };
    assert_eq!((samples.violations(), last(&samples)), (1, Some(missed)));
    assert_eq!(samples.caught().next().map(|caught| caught.shown.key.clone()), Some(page.key()));
    // Memory is wrong, which is what every other test makes sure of that it is not.
    store.clear_memory();
    store.clear_metrics();
    assert_eq!(store.samples(), Samples::default());
}

async fn under_concurrent_writes_answers_are_stale_for_less_than_delta_and_nothing_is_violated(on: On) {
    let library = Library::open_with(on, all()).await;
    let other = library.another_node_with(all()).await;
    let (page, draft) =
        (chapter(&library), SceneDraft { viewer: library.fixture.ada, scene: library.fixture.out.scenes[0] });
    let until = Instant::now() + 2 * SOON;
    for round in 2.. {
        // The other node learns of it when its lease runs out.
        let seen = save_scene(&library, &library.store, &format!("Round {round}."), round).await;
        for (store, seen) in [(&library.store, seen), (&other, Seq::ZERO), (&other, Seq::ZERO)] {
            store.fetch(&page, seen).await.expect("a chapter");
            store.fetch(&draft, seen).await.expect("a scene");
        }
        let samples = other.samples();
        if samples.checked() >= 10 && samples.tier(Tier::Memory).staleness.count() >= 5 {
            break;
        }
        assert!(Instant::now() < until, "{samples:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let mut samples = library.store.samples();
    samples.merge(other.samples());
    assert_eq!((samples.violations(), samples.reported()), (0, 0), "{samples:?}");
    for tier in Tier::ALL {
        let beyond_delta: u64 =
            samples.tier(tier).staleness.buckets().filter(|(bound, _)| bound.is_none()).map(|(_, count)| count).sum();
        assert_eq!(beyond_delta, 0, "{samples:?}");
    }
    // Who writes here is shown what was written.
    let own = library.store.samples();
    assert_eq!(own.tier(Tier::Memory).staleness.count(), 0, "{own:?}");
}

/// A tier of one's own that hands out the same for ever.
async fn a_tier_that_does_not_judge_is_found_out(on: On) {
    let library = Library::open_with(on, all()).await;
    let (store, page) = (&library.store, chapter(&library));
    let old: Entry<_> = (*store.load(&page).await.expect("a chapter")).clone();
    let serve = |store: &Store, seen: Seq| {
        let begun = store.begin_sample().expect("every answer is looked at");
        store.take_sample(begun, &page.key(), Tier::Page, &old, seen);
    };
    let expect = async |store: &Store, many: u64, expected: Violation| {
        soon("it is looked at", || store.samples().checked() == many).await;
        assert_eq!(last(&store.samples()), Some(expected));
    };
    let tag = Tag::Chapter(page.chapter);

    serve(store, Seq::ZERO);
    soon("it is looked at", || store.samples().tier(Tier::Page).current == 1).await;
    let seq = save_scene(&library, store, "New.", 2).await;
    serve(store, Seq::ZERO);
    expect(store, 2, Violation::BelowWatermark(tag, seq)).await;
    serve(store, seq);
    expect(store, 3, Violation::BelowSeen(tag, seq)).await;

    // A node that never looks at the log serves the same, and does not know better.
    let blind = library.another_node_with(all()).await;
    let seq = save_scene(&library, store, "Newer.", 3).await;
    let newest = store.load(&page).await.expect("a chapter");
    let held = Entry { as_of: Seq(seq.0 - 1), ..(*newest).clone() };
    let until = Instant::now() + SOON;
    while blind.samples().violations() == 0 {
        let begun = blind.begin_sample().expect("every answer is looked at");
        blind.take_sample(begun, &page.key(), Tier::Page, &held, Seq::ZERO);
        assert!(Instant::now() < until, "{:?}", blind.samples());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    match last(&blind.samples()) {
        Some(Violation::TooOld(of, at, millis)) => assert_eq!((of, at, millis > domain::DELTA), (tag, seq, true)),
        other => panic!("{other:?}"),
    }
    assert!(blind.samples().tier(Tier::Page).staleness.count() > 0, "less than Δ was no violation");

    let seq = store.unpublish_story(library.fixture.ada, page.story).await.expect("withdrawn").record().seq;
    serve(store, Seq::ZERO);
    soon("it is looked at", || store.samples().checked() == 4).await;
    assert_eq!(last(&store.samples()), Some(Violation::Evicted(Tag::Contents(page.story), seq)));
}

async fn more_than_can_be_looked_at_is_dropped_and_counted(on: On) {
    let library = Library::open_with(on, all()).await;
    for _ in 0..500 {
        library.store.fetch(&chapter(&library), Seq::ZERO).await.expect("a chapter");
    }
    let samples = library.store.samples();
    assert!(samples.dropped() > 0, "{samples:?}");
    soon("the others are looked at", || library.store.samples().checked() > 0).await;
}

async fn without_a_database_nothing_is_said(on: On) {
    let library = Library::open_with(on, all()).await;
    let page = chapter(&library);
    library.store.fetch(&page, Seq::ZERO).await.expect("a chapter");
    tables::run(&library.address, "alter table log_head rename to lost").await;
    soon("it is passed over", || library.store.samples().skipped() == 1).await;
    tables::run(&library.address, "alter table lost rename to log_head").await;
    library.store.fetch(&page, Seq::ZERO).await.expect("a chapter");
    soon("the next is looked at", || library.store.samples().checked() == 1).await;
    assert_eq!(library.store.samples().violations(), 0);
}

/// What a browser that holds this says of it.
fn shown(query: &impl Query, tags: &domain::Tags, as_of: Seq) -> Shown {
    let (key, tags) = (query.key(), tags.clone());
    Shown { key, tier: Tier::Signals, tags, as_of, watermark: as_of, seen: as_of, marked: false }
}

fn sample(body: &str) -> ClientSample {
    ClientSample { ago: 0, after: None, hash: Some(ContentHash::of(body)) }
}

async fn what_a_browser_says_is_judged_and_is_no_alarm(on: On) {
    let library = Library::open_with(on, all()).await;
    let (store, page) = (&library.store, chapter(&library));
    let entry = store.load(&page).await.expect("a chapter");
    let body = serde_json::to_string(&entry.value).expect("JSON");
    let check = async |shown: Shown, sample: ClientSample| {
        store.check_shown(&page, shown, sample, None).await.expect("an answer").expect("a turn")
    };
    let old = || shown(&page, &entry.tags, entry.as_of);
    assert_eq!(check(old(), sample(&body)).await.finding, Finding::Current);
    let forged = Violation::MissedDirective { missing: vec![], rows: vec![] };
    assert_eq!(check(old(), sample("{}")).await.finding, Finding::Violated(forged));

    let seq = save_scene(&library, store, "New.", 2).await;
    let sampled = check(old(), ClientSample { ago: 60_000, ..sample(&body) }).await;
    assert_eq!(sampled.finding, Finding::Current, "a minute ago it was");
    let tag = Tag::Chapter(page.chapter);
    let below = Shown { seen: seq, ..old() };
    assert_eq!(check(below, sample(&body)).await.finding, Finding::Violated(Violation::BelowSeen(tag, seq)));
    // However long the word of it was under way, it was shown after the browser had this node's time.
    let later = |later| ClientSample { after: Some((sampled.node_time, later)), ..sample(&body) };
    let until = Instant::now() + SOON;
    let too_old = loop {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let ago = i64::try_from((until - Instant::now()).as_millis()).expect("few");
        let since = i64::try_from(SOON.as_millis()).expect("few") - ago;
        match check(old(), later(since)).await.finding {
            Finding::Stale(_) => assert!(Instant::now() < until),
            other => break other,
        }
    };
    assert!(
        matches!(too_old, Finding::Violated(Violation::TooOld(of, at, _)) if (of, at) == (tag, seq)),
        "{too_old:?}"
    );
    // Of the future, or of another node, nothing is believed.
    for after in
        [Some((sampled.node_time, i64::MAX)), Some((sampled.node_time, 3_600_000)), Some((sampled.node_time, i64::MIN))]
    {
        assert!(
            matches!(check(old(), ClientSample { after, ..sample(&body) }).await.finding, Finding::Stale(_)),
            "{after:?}"
        );
    }
    let samples = store.samples();
    assert_eq!((samples.violations(), samples.reported()), (0, 3), "{samples:?}");

    let beyond = store.check_shown(&page, shown(&page, &entry.tags, Seq(1_000_000)), sample(&body), None).await;
    assert_eq!(beyond.expect("an answer"), None, "beyond the log nothing can be said");
}

async fn a_browser_is_told_nothing_that_its_viewer_may_not_know(on: On) {
    let library = Library::open_with(on, all()).await;
    let (store, page) = (&library.store, chapter(&library));
    let as_of = store.load(&page).await.expect("a chapter").as_of;
    let secret = library.fixture.bens.scenes[0];
    let seq = store.save_scene(library.fixture.ben, secret, save("Secret.", Rev(2))).await.expect("saved").record().seq;
    let tags = domain::Tags::of(Tag::Scene(secret), []);
    let asked = Shown { seen: seq, ..shown(&page, &tags, as_of) };
    for (viewer, expected) in [
        (None, Finding::Current),
        (Some(library.fixture.ada), Finding::Current),
        (Some(library.fixture.ben), Finding::Violated(Violation::BelowSeen(Tag::Scene(secret), seq))),
    ] {
        let sample = ClientSample { ago: 0, after: None, hash: None };
        let checked =
            store.check_shown(&page, asked.clone(), sample, viewer).await.expect("an answer").expect("a turn");
        assert_eq!(checked.finding, expected, "{viewer:?}");
    }
}
