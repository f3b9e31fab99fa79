//! What several nodes share: answers in Redis, judged by the node that takes them, and word of commits.
//! Redis can be old, empty, lying, slow or gone, and nobody is told anything wrong.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{Audience, Key, LogRow, Millis, Outcome, Query, ReadingPage, Receipt, Rev, SceneDraft, Seq, Tier};
use services::Redis;
use store::{Error, Heard, Store};

use crate::library::{
    Library, On,
    fixture::save,
    nodes::{SOON, soon, with_redis},
    on_both, tables,
};

on_both! {
    what_one_node_read_another_need_not
    a_new_node_finds_a_warm_redis
    an_old_answer_in_redis_is_judged_away
    what_was_evicted_is_not_served_from_redis
    an_answer_beyond_the_log_is_refused
    a_renamed_log_begins_with_an_empty_redis
    nonsense_in_redis_is_a_miss
    what_lies_in_redis_opens_for_its_key_alone
    a_commit_that_was_made_up_is_not_heard
    a_redis_that_is_flushed_is_only_empty
    a_redis_that_is_gone_costs_nothing_but_speed
    a_redis_that_says_nothing_is_left_alone
    a_redis_that_is_not_there_yet_is_no_reason_not_to_start
    word_of_a_commit_is_there_at_once
    lost_word_is_made_up_for_within_the_lease
    a_gap_is_healed_though_nobody_reads
    a_cluster_does_as_well
    nodes_say_how_far_they_are
}

/// Δ, and a little for the machine.
const LEASE: Duration = Duration::from_millis(1_050);

/// Two nodes with a database and a Redis of their own.
struct Nodes {
    library: Library,
    other: Store,
    redis: Redis,
}

impl Nodes {
    async fn open(on: On) -> Self {
        Self::open_on(on, Redis::start()).await
    }

    async fn open_on(on: On, redis: Redis) -> Self {
        let library = Library::open_with(on, with_redis(&redis.url())).await;
        let other = library.another_node_with(with_redis(&redis.url())).await;
        let nodes = Self { library, other, redis };
        nodes.wait_for_subscribers(2).await;
        nodes
    }

    fn draft(&self) -> SceneDraft {
        SceneDraft { viewer: self.library.fixture.ada, scene: self.library.fixture.out.scenes[0] }
    }

    fn page(&self) -> ReadingPage {
        ReadingPage { story: self.library.fixture.out.story, chapter: self.library.fixture.out.chapters[0] }
    }

    /// Saves the draft's scene on the first node.
    async fn save(&self, text: &str, base: i64) -> Seq {
        let scene = self.library.fixture.out.scenes[0];
        let saved = self.library.store.save_scene(self.library.fixture.ada, scene, save(text, Rev(base))).await;
        saved.expect("a saved scene").record().seq
    }

    /// What Redis calls it.
    fn name(&self, key: &Key) -> String {
        format!("quire:{}:{key}", self.library.store.log_id())
    }

    /// Which position Redis holds an answer of.
    fn kept(&self, key: &Key) -> Option<Seq> {
        let answer = self.redis.command(&["get", &self.name(key)]);
        answer.lines().nth(1)?.get(..15)?.parse().ok().map(Seq)
    }

    async fn wait_until_kept(&self, key: &Key) {
        soon("it is kept in Redis", || self.kept(key).is_some()).await;
    }

    async fn wait_for_subscribers(&self, number: usize) {
        let channel = format!("quire:{}", self.library.store.log_id());
        let expected = format!(":{number}\r\n");
        soon("the nodes hear each other", || self.redis.command(&["pubsub", "numsub", &channel]).contains(&expected))
            .await;
    }
}

async fn text_of(store: &Store, draft: &SceneDraft) -> String {
    store.fetch(draft, Seq::ZERO).await.expect("a scene").entry.value.content.as_str().to_owned()
}

/// Asks until Redis has the answer again.
async fn until_hit(store: &Store, draft: &SceneDraft) {
    let (before, until) = (hits(store, Tier::Redis), Instant::now() + SOON);
    while hits(store, Tier::Redis) == before {
        assert!(Instant::now() < until, "it is there, and nobody noticed");
        store.clear_memory();
        text_of(store, draft).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// How often this node found an answer in a tier.
fn hits(store: &Store, tier: Tier) -> u64 {
    store.report().recorder.tally(tier).hits
}

async fn what_one_node_read_another_need_not(on: On) {
    let nodes = Nodes::open(on).await;
    let first = nodes.library.store.fetch(&nodes.page(), Seq::ZERO).await.expect("a page").entry;
    nodes.wait_until_kept(&nodes.page().key()).await;
    let second = nodes.other.fetch(&nodes.page(), Seq::ZERO).await.expect("a page").entry;
    assert_eq!(second, first);
    assert_eq!((hits(&nodes.other, Tier::Redis), hits(&nodes.other, Tier::Database)), (1, 0));
    nodes.other.fetch(&nodes.page(), Seq::ZERO).await.expect("a page");
    assert_eq!((hits(&nodes.other, Tier::Redis), hits(&nodes.other, Tier::Memory)), (1, 1), "it is in memory now");
}

/// A node that starts reads enough of the log to judge what others read before some commits.
async fn a_new_node_finds_a_warm_redis(on: On) {
    let nodes = Nodes::open(on).await;
    nodes.library.store.fetch(&nodes.page(), Seq::ZERO).await.expect("a page");
    nodes.wait_until_kept(&nodes.page().key()).await;
    let (sid, post) = (nodes.library.fixture.sid, nodes.library.fixture.post);
    nodes.library.store.like_post(sid, post, true).await.expect("a like");
    let fresh = nodes.library.another_node_with(with_redis(&nodes.redis.url())).await;
    fresh.fetch(&nodes.page(), Seq::ZERO).await.expect("a page");
    assert_eq!((hits(&fresh, Tier::Redis), hits(&fresh, Tier::Database)), (1, 0));
}

async fn an_old_answer_in_redis_is_judged_away(on: On) {
    let nodes = Nodes::open(on).await;
    let (store, draft) = (&nodes.library.store, nodes.draft());
    text_of(store, &draft).await;
    nodes.wait_until_kept(&draft.key()).await;
    let saved = nodes.save("New.", 2).await;
    assert!(nodes.kept(&draft.key()).expect("the old one") < saved);
    soon("the other node has heard", || nodes.other.watermark() >= saved).await;
    assert_eq!(text_of(&nodes.other, &draft).await, "New.");
    assert_eq!(hits(&nodes.other, Tier::Redis), 0);
    soon("the new one is kept", || nodes.kept(&draft.key()).is_some_and(|kept| kept >= saved)).await;
    assert_eq!(text_of(store, &draft).await, "New.");
    assert_eq!(hits(store, Tier::Redis), 1);
}

async fn what_was_evicted_is_not_served_from_redis(on: On) {
    let nodes = Nodes::open(on).await;
    let page = nodes.page();
    nodes.library.store.fetch(&page, Seq::ZERO).await.expect("a page");
    nodes.wait_until_kept(&page.key()).await;
    let ada = nodes.library.fixture.ada;
    let withdrawn = nodes.library.store.unpublish_story(ada, page.story).await.expect("withdrawn").record().seq;
    let fresh = nodes.library.another_node_with(with_redis(&nodes.redis.url())).await;
    for store in [&nodes.library.store, &nodes.other, &fresh] {
        assert!(matches!(store.fetch(&page, withdrawn).await.map(drop), Err(Error::NotThere { .. })));
    }
    assert!(nodes.kept(&page.key()).is_some(), "it is there all the same, until its time is over");
}

/// A database that was restored from a backup, under Redis's feet.
async fn an_answer_beyond_the_log_is_refused(on: On) {
    let nodes = Nodes::open(on).await;
    let (store, draft) = (&nodes.library.store, nodes.draft());
    nodes.save("Undone.", 2).await;
    text_of(store, &draft).await;
    nodes.wait_until_kept(&draft.key()).await;
    let set_back = format!(
        "update log_head set seq = seq - 1; delete from log where seq > (select seq from log_head);
         update scenes set content = 'Restored.', rev = 2 where id = '{}'",
        draft.scene
    );
    tables::run(&nodes.library.address, &set_back).await;
    let fresh = nodes.library.another_node_with(with_redis(&nodes.redis.url())).await;
    let restored = fresh.fetch(&draft, Seq::ZERO).await.expect("a scene").entry;
    assert_eq!(restored.value.content.as_str(), "Restored.");
    assert_eq!(fresh.report().recorder.tally(Tier::Redis).errors, 1, "and it is counted");
    // What lay there was proof: the nodes that lived through it know now, too.
    let leapt = restored.as_of;
    for node in [store, &nodes.other] {
        assert_eq!(node.fetch(&draft, leapt).await.expect("a scene").entry.value.content.as_str(), "Restored.");
    }
}

/// What is to be done then: under another id nothing of it is met again.
async fn a_renamed_log_begins_with_an_empty_redis(on: On) {
    let nodes = Nodes::open(on).await;
    text_of(&nodes.library.store, &nodes.draft()).await;
    nodes.wait_until_kept(&nodes.draft().key()).await;
    nodes.library.store.rename_log().await.expect("another id");
    let fresh = nodes.library.another_node_with(with_redis(&nodes.redis.url())).await;
    assert_ne!(fresh.log_id(), nodes.library.store.log_id());
    text_of(&fresh, &nodes.draft()).await;
    let tally = fresh.report().recorder.tally(Tier::Redis);
    assert_eq!((tally.hits, tally.misses, tally.errors), (0, 1, 0));
}

async fn nonsense_in_redis_is_a_miss(on: On) {
    let nodes = Nodes::open(on).await;
    let draft = nodes.draft();
    let nonsense = ["nonsense", "000000000000001", "000000000000001\u{2}???", "999999999999999\u{2}???"];
    for (round, nonsense) in (1..).zip(nonsense) {
        nodes.redis.command(&["set", &nodes.name(&draft.key()), nonsense]);
        nodes.other.clear_memory();
        assert_eq!(text_of(&nodes.other, &draft).await, "The Tide Table: *scene* 1.");
        let tally = nodes.other.report().recorder.tally(Tier::Redis);
        assert_eq!((tally.hits, tally.errors), (0, round), "{nonsense}");
        let head = nodes.other.watermark();
        soon("what is right takes its place", || nodes.kept(&draft.key()) == Some(head)).await;
    }
}

/// Who can write Redis can neither read a draft there nor put an answer in another's place.
async fn what_lies_in_redis_opens_for_its_key_alone(on: On) {
    let nodes = Nodes::open(on).await;
    let draft = nodes.draft();
    let other = SceneDraft { viewer: draft.viewer, scene: nodes.library.fixture.out.scenes[1] };
    for draft in [&draft, &other] {
        text_of(&nodes.library.store, draft).await;
        nodes.wait_until_kept(&draft.key()).await;
    }
    let kept = nodes.redis.command(&["get", &nodes.name(&draft.key())]);
    assert!(!kept.contains("Tide Table"), "a draft lies there in clear");
    nodes.redis.command(&["copy", &nodes.name(&other.key()), &nodes.name(&draft.key()), "replace"]);
    nodes.other.clear_memory();
    assert_eq!(text_of(&nodes.other, &draft).await, "The Tide Table: *scene* 1.");
    let tally = nodes.other.report().recorder.tally(Tier::Redis);
    assert_eq!((tally.hits, tally.errors), (0, 1));
}

async fn a_commit_that_was_made_up_is_not_heard(on: On) {
    let nodes = Nodes::open(on).await;
    nodes.other.confirm(Seq::ZERO).await.expect("the log");
    let head = nodes.other.watermark();
    let row = LogRow {
        receipt: Receipt { seq: head.next().next(), at: Millis(0), directives: vec![], areas: vec![] },
        audience: Audience::Everyone,
    };
    let channel = format!("quire:{}", nodes.library.store.log_id());
    nodes.redis.command(&["publish", &channel, &serde_json::to_string(&row).expect("JSON")]);
    // Heard in the order in which they were said: once the next is known, this one was passed over.
    let saved = nodes.save("Heard of.", 2).await;
    soon("the real one is heard", || nodes.other.watermark() >= saved).await;
    assert_eq!(nodes.other.watermark(), saved);
}

async fn a_redis_that_is_flushed_is_only_empty(on: On) {
    let nodes = Nodes::open(on).await;
    text_of(&nodes.library.store, &nodes.draft()).await;
    nodes.wait_until_kept(&nodes.draft().key()).await;
    nodes.redis.command(&["flushall"]);
    assert_eq!(text_of(&nodes.other, &nodes.draft()).await, "The Tide Table: *scene* 1.");
    nodes.wait_until_kept(&nodes.draft().key()).await;
}

async fn a_redis_that_is_gone_costs_nothing_but_speed(on: On) {
    let nodes = Nodes::open(on).await;
    nodes.redis.kill();
    let began = Instant::now();
    for question in nodes.library.questions() {
        assert_eq!(question.through(&nodes.other, Seq::ZERO).await.value, question.past(&nodes.other).await);
    }
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    nodes.save("New.", 2).await;
    tokio::time::sleep(LEASE).await;
    assert_eq!(text_of(&nodes.other, &nodes.draft()).await, "New.");
    nodes.redis.restart();
    until_hit(&nodes.other, &nodes.draft()).await;
    nodes.wait_for_subscribers(2).await;
}

async fn a_redis_that_says_nothing_is_left_alone(on: On) {
    let redis = Redis::start();
    let hasty = store::Settings { redis_patience: Duration::from_millis(50), ..with_redis(&redis.url()) };
    let library = Library::open_with(on, hasty).await;
    redis.pause();
    let began = Instant::now();
    for question in library.questions() {
        assert_eq!(question.through(&library.store, Seq::ZERO).await.value, question.past(&library.store).await);
    }
    let took = began.elapsed();
    let asked = library.store.report().recorder.tally(Tier::Redis);
    let slow = library
        .store
        .report()
        .recorder
        .events()
        .filter(|event| event.tier == Tier::Redis && event.outcome == Outcome::Error)
        .count();
    // Three in a row, and then one a second.
    let expected = 4 + usize::try_from(took.as_secs()).expect("seconds");
    assert!(slow <= expected, "{slow} of {asked:?} waited for it in {took:?}");
    redis.resume();
    let draft = SceneDraft { viewer: library.fixture.ada, scene: library.fixture.out.scenes[0] };
    until_hit(&library.store, &draft).await;
}

async fn a_redis_that_is_not_there_yet_is_no_reason_not_to_start(on: On) {
    let redis = Redis::start();
    redis.kill();
    let library = Library::open_with(on, with_redis(&redis.url())).await;
    let draft = SceneDraft { viewer: library.fixture.ada, scene: library.fixture.out.scenes[0] };
    text_of(&library.store, &draft).await;
    redis.restart();
    until_hit(&library.store, &draft).await;
}

async fn word_of_a_commit_is_there_at_once(on: On) {
    let nodes = Nodes::open(on).await;
    let mut heard = nodes.other.listen();
    for base in 2..12 {
        let saved = nodes.save("New.", base).await;
        let began = Instant::now();
        // A row that was read in the log meanwhile is told a second time.
        let told = async {
            while !matches!(heard.recv().await.expect("a row"), Heard::Row(row) if row.receipt.seq == saved) {}
        };
        tokio::time::timeout(LEASE / 4, told).await.expect("long before the lease");
        println!("heard after {:?}", began.elapsed());
    }
}

async fn lost_word_is_made_up_for_within_the_lease(on: On) {
    let nodes = Nodes::open(on).await;
    text_of(&nodes.other, &nodes.draft()).await;
    nodes.redis.kill();
    nodes.save("Unheard of.", 2).await;
    tokio::time::sleep(LEASE).await;
    assert_eq!(text_of(&nodes.other, &nodes.draft()).await, "Unheard of.");
}

async fn a_gap_is_healed_though_nobody_reads(on: On) {
    let nodes = Nodes::open(on).await;
    nodes.redis.kill();
    nodes.save("Unheard of.", 2).await;
    nodes.redis.restart();
    nodes.wait_for_subscribers(2).await;
    // The first of these may still be lost, because the publisher finds out by it.
    let mut base = 3;
    let saved = nodes.save("Heard of.", base).await;
    let until = Instant::now() + 2 * LEASE;
    while nodes.other.watermark() < saved {
        assert!(Instant::now() < until, "the gap is not healed");
        base += 1;
        nodes.save("Heard of.", base).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn a_cluster_does_as_well(on: On) {
    let redis = Redis::start_cluster();
    let url = redis.url().replace("redis://", "redis+cluster://");
    let library = Library::open_with(on, with_redis(&url)).await;
    let other = library.another_node_with(with_redis(&url)).await;
    let draft = SceneDraft { viewer: library.fixture.ada, scene: library.fixture.out.scenes[0] };
    let before = library.store.fetch(&draft, Seq::ZERO).await.expect("a scene").entry;
    soon("it is kept", || redis.command(&["dbsize"]).starts_with(":1")).await;
    let taken = other.fetch(&draft, Seq::ZERO).await.expect("a scene").entry;
    assert_eq!((&taken, hits(&other, Tier::Redis)), (&before, 1));
    assert!(!Arc::ptr_eq(&taken, &before));
    let saved = library.store.save_scene(library.fixture.ada, draft.scene, save("New.", Rev(2))).await.expect("a save");
    soon("the other node has heard", || other.watermark() >= saved.record().seq).await;
    assert_eq!(text_of(&other, &draft).await, "New.");
}

/// By name, this node first; and when Redis is gone, only what it knows of itself goes on.
async fn nodes_say_how_far_they_are(on: On) {
    let nodes = Nodes::open(on).await;
    nodes.library.store.join("first".to_owned());
    nodes.other.join("second".to_owned());
    let names = |store: &Store| store.report().nodes.into_iter().map(|node| node.name).collect::<Vec<_>>();
    soon("each hears of the other", || {
        names(&nodes.library.store) == ["first", "second"] && names(&nodes.other) == ["second", "first"]
    })
    .await;
    let saved = nodes.save("Further.", 2).await;
    soon("the other hears how far the first is", || nodes.other.report().nodes[1].watermark >= saved).await;
}
