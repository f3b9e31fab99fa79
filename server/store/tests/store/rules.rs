//! The rules of `docs/ARCHITECTURE.md`, a test or more for each, red when the rule is removed.
//!
//! The fourth, "never back", is a test of `memory.rs` itself: from outside, single flight keeps two
//! loads of one key from overtaking each other.

use std::{sync::Arc, time::Duration};

use domain::{Area, CatchUp, Query, Quire, ReadingPage, Rev, SceneDraft, SceneId, Seq, Tag, Tags, UserId};
use serde::{Deserialize, Serialize};
use store::{Error, Heard, Load, Reader, Result, Store};

use crate::library::{
    Library, On,
    fixture::{save, title},
    gate::gate,
    on_both, tables,
};

on_both! {
    what_is_refused_leaves_nothing
    without_its_fact_nothing_is_written
    the_log_is_dense_under_many_writers
    a_load_that_a_commit_overtakes_is_as_old_as_it_says
    a_load_that_a_commit_overtakes_is_never_fresh
    who_joins_an_older_load_is_told_the_new
    an_answer_is_kept_until_what_it_depends_on_changes
    the_node_that_commits_knows_at_once
    who_has_seen_a_commit_is_never_shown_less_by_another_node
    a_lease_that_ran_out_is_renewed_before_anything_is_served
    what_another_node_withdrew_is_gone_when_the_lease_is
    a_gap_is_healed_before_anything_is_served
    a_node_that_restarts_begins_at_the_head
    who_is_below_the_retained_log_drops_everything
    a_log_of_which_nothing_is_left_is_no_quiet_log
    who_listens_hears_what_another_node_committed
    positions_of_a_log_that_was_renamed_mean_nothing
    without_a_database_what_is_held_is_shown_and_marked
    without_a_database_what_is_old_is_marked_and_never_shown_below_seen
    without_a_database_what_was_evicted_stays_so
    without_a_database_an_evicted_entry_in_memory_is_not_shown
    without_a_database_a_node_that_lags_says_so
    of_two_who_save_from_one_base_the_second_is_told
}

/// Δ, and a little for the machine.
const LEASE: Duration = Duration::from_millis(1_050);

/// What the author of the library's first scene is shown.
fn scene_draft(library: &Library) -> SceneDraft {
    SceneDraft { viewer: library.fixture.ada, scene: library.fixture.out.scenes[0] }
}

/// Saves that scene; says where in the log that is.
async fn save_scene(library: &Library, store: &Store, text: &str, base: i64) -> Seq {
    let scene = library.fixture.out.scenes[0];
    let changed = store.save_scene(library.fixture.ada, scene, save(text, Rev(base))).await;
    changed.expect("a saved scene").record().seq
}

async fn text_of(store: &Store, draft: &SceneDraft, seen: Seq) -> String {
    store.fetch(draft, seen).await.expect("a scene").entry.value.content.as_str().to_owned()
}

// 1. Append in the same transaction.

async fn what_is_refused_leaves_nothing(on: On) {
    let library = Library::open(on).await;
    let before = tables::dump(&library.address).await;
    let scene = library.fixture.out.scenes[0];
    let refused = library.store.save_scene(library.fixture.ada, scene, save("Late.", Rev(1))).await;
    assert!(matches!(refused, Err(Error::Conflict { now: Rev(2) })));
    assert_eq!(tables::dump(&library.address).await, before);
}

async fn without_its_fact_nothing_is_written(on: On) {
    let library = Library::open(on).await;
    tables::refuse(&library.address, "log", "(1 = 1)").await;
    let before = tables::dump(&library.address).await;
    let scene = library.fixture.out.scenes[0];
    let refused = library.store.save_scene(library.fixture.ada, scene, save("Unheard of.", Rev(2))).await;
    assert!(refused.is_err_and(|error| error.is_unavailable()));
    assert_eq!(tables::dump(&library.address).await, before);

    tables::allow(&library.address, "log").await;
    save_scene(&library, &library.store, "Heard of.", 2).await;
}

async fn the_log_is_dense_under_many_writers(on: On) {
    let library = Library::open(on).await;
    let before = tables::positions(&library.address).await;
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            // Half of them write from another node.
            let (store, address) = (library.store.clone(), library.address.clone());
            let (user, story) = (library.fixture.people()[writer % 4], library.fixture.out.story);
            tokio::spawn(async move {
                let store = if writer % 2 == 0 { store } else { Store::open(&address).await.expect("a node") };
                let mut seqs = vec![];
                for round in 0..10 {
                    seqs.push(store.like_story(user, story, round % 2 == 0).await.expect("a like").record().seq.0);
                }
                seqs
            })
        })
        .collect();
    let mut answered = before.clone();
    for writer in writers {
        answered.extend(writer.await.expect("a writer"));
    }
    answered.sort_unstable();
    let positions = tables::positions(&library.address).await;
    assert_eq!(positions, (1..=before.len() as u64 + 80).collect::<Vec<_>>());
    assert_eq!(answered, positions, "every answer names its own position");
    let head = tables::column(&library.address, "select cast(seq as text) from log_head").await;
    assert_eq!(head, [positions.len().to_string()]);
}

// 2. Position before value.

/// A scene's text, read by a load that is held up between the position and the value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct SlowText {
    scene: SceneId,
}

impl Query for SlowText {
    type Nouns = Quire;
    type Output = String;
    const NAME: &'static str = "slow-text";
    const VERSION: u32 = 1;
    const AREA: Area = Area::Writing;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, _: &String) -> Tags {
        Tags::of(Tag::Scene(self.scene), [])
    }
}

impl Load for SlowText {
    async fn load(&self, reader: &mut Reader) -> Result<String> {
        gate(self.scene).pass().await;
        let text = sqlx::query_scalar("select content from scenes where id = $1")
            .bind(self.scene.to_string())
            .fetch_one(&mut **reader)
            .await?;
        Ok(text)
    }
}

async fn a_load_that_a_commit_overtakes_is_as_old_as_it_says(on: On) {
    let library = Library::open(on).await;
    let scene = library.fixture.out.scenes[1];
    let (query, gate, store) = (SlowText { scene }, gate(scene), library.store.clone());
    let load = tokio::spawn({
        let (store, query) = (store.clone(), query.clone());
        async move { store.load(&query).await.expect("a text") }
    });
    gate.wait_until_begun().await;
    let changed = store.save_scene(library.fixture.ada, scene, save("New.", Rev(2))).await.expect("a saved scene");
    gate.open(1);
    let entry = load.await.expect("a load");
    assert!(entry.as_of < changed.record().seq, "it began before");
    assert_ne!(entry.value, "New.", "and so is what it read");
}

async fn a_load_that_a_commit_overtakes_is_never_fresh(on: On) {
    let library = Library::open(on).await;
    let scene = library.fixture.out.scenes[2];
    let (query, gate, store) = (SlowText { scene }, gate(scene), library.store.clone());
    let fetch = tokio::spawn({
        let (store, query) = (store.clone(), query.clone());
        async move { store.fetch(&query, Seq::ZERO).await.expect("a text").entry }
    });
    gate.wait_until_begun().await;
    store.save_scene(library.fixture.ada, scene, save("New.", Rev(2))).await.expect("a saved scene");
    gate.open(1_000);
    assert_eq!(fetch.await.expect("a fetch").value, "New.");
    assert_eq!(store.fetch(&query, Seq::ZERO).await.expect("a text").entry.value, "New.");
}

/// A reader who asks after a commit and joins a load that began before it is not given that load's answer.
async fn who_joins_an_older_load_is_told_the_new(on: On) {
    let library = Library::open(on).await;
    let scene = library.fixture.out.scenes[3];
    let (query, gate, store) = (SlowText { scene }, gate(scene), library.store.clone());
    let ask = || {
        let (store, query) = (store.clone(), query.clone());
        tokio::spawn(async move { store.fetch(&query, Seq::ZERO).await.expect("a text").entry.value.clone() })
    };
    let early = ask();
    gate.wait_until_begun().await;
    store.save_scene(library.fixture.ada, scene, save("New.", Rev(2))).await.expect("a saved scene");
    let late = ask();
    tokio::time::sleep(Duration::from_millis(20)).await;
    gate.open(1_000);
    assert_eq!(early.await.expect("a fetch"), "New.");
    assert_eq!(late.await.expect("a fetch"), "New.");
}

// 3. One judgement.

async fn an_answer_is_kept_until_what_it_depends_on_changes(on: On) {
    let library = Library::open(on).await;
    let (store, draft) = (&library.store, scene_draft(&library));
    let first = store.fetch(&draft, Seq::ZERO).await.expect("a scene").entry;
    store.like_story(library.fixture.sid, library.fixture.out.story, true).await.expect("a like");
    let second = store.fetch(&draft, Seq::ZERO).await.expect("a scene").entry;
    assert!(Arc::ptr_eq(&first, &second), "a member's like is none of its business");
    save_scene(&library, store, "New.", 2).await;
    assert_eq!(text_of(store, &draft, Seq::ZERO).await, "New.");
}

// 5. Own writes first.

async fn the_node_that_commits_knows_at_once(on: On) {
    let library = Library::open(on).await;
    let (store, draft) = (&library.store, scene_draft(&library));
    for round in 2..12 {
        text_of(store, &draft, Seq::ZERO).await;
        save_scene(&library, store, &format!("Round {round}."), round).await;
        assert_eq!(text_of(store, &draft, Seq::ZERO).await, format!("Round {round}."));
    }
}

// 6. Seen travels.

async fn who_has_seen_a_commit_is_never_shown_less_by_another_node(on: On) {
    let library = Library::open(on).await;
    let (other, draft) = (library.another_node().await, scene_draft(&library));
    for round in 2..12 {
        text_of(&library.store, &draft, Seq::ZERO).await;
        let seen = save_scene(&library, &other, &format!("Round {round}."), round).await;
        assert_eq!(text_of(&library.store, &draft, seen).await, format!("Round {round}."));
    }
}

// 7. A blind node doesn't guess.

async fn a_lease_that_ran_out_is_renewed_before_anything_is_served(on: On) {
    let library = Library::open(on).await;
    let (other, draft) = (library.another_node().await, scene_draft(&library));
    text_of(&library.store, &draft, Seq::ZERO).await;
    save_scene(&library, &other, "From elsewhere.", 2).await;
    tokio::time::sleep(LEASE).await;
    assert_eq!(text_of(&library.store, &draft, Seq::ZERO).await, "From elsewhere.");
}

async fn what_another_node_withdrew_is_gone_when_the_lease_is(on: On) {
    let library = Library::open(on).await;
    let (other, tale) = (library.another_node().await, &library.fixture.out);
    let page = ReadingPage { story: tale.story, chapter: tale.chapters[0] };
    library.store.fetch(&page, Seq::ZERO).await.expect("a page");
    other.unpublish_story(library.fixture.ada, tale.story).await.expect("withdrawn");
    tokio::time::sleep(LEASE).await;
    assert!(matches!(library.store.fetch(&page, Seq::ZERO).await.map(drop), Err(Error::NotThere { .. })));
}

// 8. Losing a message is harmless.

async fn a_gap_is_healed_before_anything_is_served(on: On) {
    let library = Library::open(on).await;
    let (other, draft) = (library.another_node().await, scene_draft(&library));
    text_of(&library.store, &draft, Seq::ZERO).await;
    save_scene(&library, &other, "From elsewhere.", 2).await;
    // The node's own commit stands one further: it has not heard of what came before.
    library.store.like_story(library.fixture.sid, library.fixture.out.story, true).await.expect("a like");
    assert_eq!(text_of(&library.store, &draft, Seq::ZERO).await, "From elsewhere.");
}

async fn a_node_that_restarts_begins_at_the_head(on: On) {
    let library = Library::open(on).await;
    let seen = save_scene(&library, &library.store, "Before.", 2).await;
    let again = library.another_node().await;
    assert_eq!(text_of(&again, &scene_draft(&library), seen).await, "Before.");
}

async fn who_is_below_the_retained_log_drops_everything(on: On) {
    let library = Library::open(on).await;
    let (other, draft) = (library.another_node().await, scene_draft(&library));
    text_of(&library.store, &draft, Seq::ZERO).await;
    let missed = save_scene(&library, &other, "From elsewhere.", 2).await;
    other.like_story(library.fixture.sid, library.fixture.out.story, true).await.expect("a like");
    tables::run(&library.address, &format!("delete from log where seq <= {missed}")).await;
    tokio::time::sleep(LEASE).await;
    assert_eq!(text_of(&library.store, &draft, Seq::ZERO).await, "From elsewhere.");
}

async fn a_log_of_which_nothing_is_left_is_no_quiet_log(on: On) {
    let library = Library::open(on).await;
    let (other, draft) = (library.another_node().await, scene_draft(&library));
    text_of(&library.store, &draft, Seq::ZERO).await;
    save_scene(&library, &other, "From elsewhere.", 2).await;
    tables::run(&library.address, "delete from log").await;
    tokio::time::sleep(LEASE).await;
    assert_eq!(text_of(&library.store, &draft, Seq::ZERO).await, "From elsewhere.");
}

async fn who_listens_hears_what_another_node_committed(on: On) {
    let library = Library::open(on).await;
    let other = library.another_node().await;
    let mut heard = library.store.listen();
    let seq = save_scene(&library, &other, "From elsewhere.", 2).await;
    let row = tokio::time::timeout(2 * LEASE, heard.recv()).await.expect("in time").expect("a row");
    assert!(matches!(row, Heard::Row(row) if row.receipt.seq == seq));
}

/// An older state of the database was restored, and its log has a name of its own from then on.
async fn positions_of_a_log_that_was_renamed_mean_nothing(on: On) {
    let library = Library::open(on).await;
    let before = library.store.log_id();
    let renamed = library.store.rename_log().await.expect("a new name");
    let after = library.another_node().await;
    assert_eq!(after.log_id(), renamed);
    let caught = after.catch_up(before, Seq(1), &[Tag::Feed], None).await.expect("an answer");
    assert!(matches!(caught, CatchUp::Lost { .. }), "{caught:?}");
}

// 9. Falling back is honest.

/// Makes the log unreadable, as a database that is gone would be.
async fn break_the_database(library: &Library) {
    tables::run(&library.address, "alter table log_head rename to lost").await;
}

async fn mend_the_database(library: &Library) {
    tables::run(&library.address, "alter table lost rename to log_head").await;
}

async fn without_a_database_what_is_held_is_shown_and_marked(on: On) {
    let library = Library::open(on).await;
    let (store, draft) = (&library.store, scene_draft(&library));
    let held = store.fetch(&draft, Seq::ZERO).await.expect("a scene").entry;
    break_the_database(&library).await;
    tokio::time::sleep(LEASE).await;
    let blind = store.fetch(&draft, Seq::ZERO).await.expect("what is held");
    assert!(blind.stale, "it can't be confirmed");
    assert!(Arc::ptr_eq(&blind.entry, &held));

    mend_the_database(&library).await;
    let mended = store.fetch(&draft, Seq::ZERO).await.expect("a scene");
    assert!(!mended.stale);
}

async fn without_a_database_what_is_old_is_marked_and_never_shown_below_seen(on: On) {
    let library = Library::open(on).await;
    let (store, draft) = (&library.store, scene_draft(&library));
    let before = text_of(store, &draft, Seq::ZERO).await;
    let seen = save_scene(&library, store, "New.", 2).await;
    break_the_database(&library).await;
    let old = store.fetch(&draft, Seq::ZERO).await.expect("what is held");
    assert!(old.stale);
    assert_eq!(old.entry.value.content.as_str(), before);
    let below_seen = store.fetch(&draft, seen).await.map(drop);
    assert!(below_seen.is_err_and(|error| error.is_unavailable()), "its asker has seen newer");
    mend_the_database(&library).await;
}

async fn without_a_database_what_was_evicted_stays_so(on: On) {
    let library = Library::open(on).await;
    let (store, tale) = (&library.store, &library.fixture.out);
    let page = ReadingPage { story: tale.story, chapter: tale.chapters[0] };
    store.fetch(&page, Seq::ZERO).await.expect("a page");
    store.unpublish_story(library.fixture.ada, tale.story).await.expect("withdrawn");
    break_the_database(&library).await;
    assert!(store.fetch(&page, Seq::ZERO).await.map(drop).is_err_and(|error| error.is_unavailable()));
    mend_the_database(&library).await;
}

/// A load that a deletion overtakes puts what it read into memory after the sweep. It is judged
/// there all the same.
async fn without_a_database_an_evicted_entry_in_memory_is_not_shown(on: On) {
    let library = Library::open(on).await;
    let scene = library.fixture.out.scenes[0];
    let (query, gate, store) = (SlowText { scene }, gate(scene), library.store.clone());
    let late = tokio::spawn({
        let (store, query) = (store.clone(), query.clone());
        async move { store.fetch(&query, Seq::ZERO).await.map(drop) }
    });
    gate.wait_until_begun().await;
    store.delete_scene(library.fixture.ada, scene).await.expect("deleted");
    // Time for the sweep, which finds nothing yet.
    tokio::time::sleep(Duration::from_millis(100)).await;
    gate.open(1_000);
    assert!(matches!(late.await.expect("a fetch"), Err(Error::NotThere { .. })));
    assert!(store.memory_keys().contains(&query.key()), "the overtaken load left it there");
    break_the_database(&library).await;
    assert!(store.fetch(&query, Seq::ZERO).await.map(drop).is_err_and(|error| error.is_unavailable()));
    mend_the_database(&library).await;
    store.clear_memory();
}

/// A commit that another node can't be told of, because the database went away right after: it
/// may not claim to be as new as a reader who has seen it.
async fn without_a_database_a_node_that_lags_says_so(on: On) {
    let library = Library::open(on).await;
    let (other, draft) = (library.another_node().await, scene_draft(&library));
    text_of(&library.store, &draft, Seq::ZERO).await;
    let seen = save_scene(&library, &other, "From elsewhere.", 2).await;
    break_the_database(&library).await;
    assert!(library.store.fetch(&draft, seen).await.map(drop).is_err_and(|error| error.is_unavailable()));
    mend_the_database(&library).await;
    assert_eq!(text_of(&library.store, &draft, seen).await, "From elsewhere.");
}

// And what a conflict is for: nobody's text is overwritten unseen.

async fn of_two_who_save_from_one_base_the_second_is_told(on: On) {
    let library = Library::open(on).await;
    save_scene(&library, &library.store, "Mine.", 2).await;
    let scene = library.fixture.out.scenes[0];
    let second = library.store.save_scene(library.fixture.ada, scene, save("Also mine.", Rev(2))).await;
    assert!(matches!(second, Err(Error::Conflict { now: Rev(3) })));
    let story = library.fixture.out.story;
    let draft = |base| domain::StoryDraft {
        title: title("Renamed"),
        blurb: domain::Note::default(),
        format: domain::Format::Novel,
        genre: domain::Genre::Mystery,
        facts: None,
        base,
    };
    let (ada, store) = (library.fixture.ada, &library.store);
    assert_eq!(*store.save_story(ada, story, draft(Rev(1))).await.expect("a save").value(), Rev(2));
    assert!(matches!(store.save_story(ada, story, draft(Rev(1))).await, Err(Error::Conflict { now: Rev(2) })));
}
