//! An older state of the database under nodes that run, or that start anew: a browser with proof has the log leap, once,
//! and nobody is shown what was lost.

use std::time::Duration;

use domain::{CatchUp, Change, Rev, Rule, SceneDraft, Seq, Tag};
use store::Store;

use crate::library::{Library, On, fixture::save, on_both, tables};

on_both! {
    a_node_that_was_further_has_the_log_leap
    of_several_nodes_one_has_it_leap
    a_commit_on_a_restored_database_stands_beyond_what_was_lost
    a_log_that_has_grown_past_what_was_lost_is_told_apart
    a_load_on_a_restored_database_is_no_older_than_the_node
    a_browser_that_was_told_proves_it_to_nodes_that_know_nothing
    a_proof_that_was_made_up_proves_nothing
    who_was_told_of_what_is_lost_drops_it
}

/// Δ, and a little for the machine.
const LEASE: Duration = Duration::from_millis(1_050);

/// A library with a backup: its first scene, and where the log stood.
struct Backup {
    library: Library,
    draft: SceneDraft,
    head: Seq,
}

impl Backup {
    async fn take(on: On) -> Self {
        let library = Library::open(on).await;
        let draft = SceneDraft { viewer: library.fixture.ada, scene: library.fixture.out.scenes[0] };
        let head = library.store.watermark();
        Self { library, draft, head }
    }

    /// Saves the scene, which nothing of the backup knows.
    async fn save(&self, text: &str, base: i64) -> Seq {
        let saved = self.library.store.save_scene(self.library.fixture.ada, self.draft.scene, save(text, Rev(base)));
        saved.await.expect("a saved scene").record().seq
    }

    /// The database is again as it was.
    async fn restore(&self) {
        let statements = format!(
            "delete from log where seq > {head}; update log_head set seq = {head};
             update scenes set content = 'Restored.', rev = 2 where id = '{}'",
            self.draft.scene,
            head = self.head,
        );
        tables::run(&self.library.address, &statements).await;
    }

    async fn text(&self, store: &Store) -> String {
        store.fetch(&self.draft, Seq::ZERO).await.expect("a scene").entry.value.content.as_str().to_owned()
    }

    /// How often the log says that it was set back.
    async fn leaps(&self) -> usize {
        let changes = tables::log(&self.library.address).await;
        changes.iter().filter(|change| matches!(change, Change::SetBack)).count()
    }
}

/// Whether the node tells its operator.
fn alerts(store: &Store) -> bool {
    store.evaluate_alerts();
    store.alerts().iter().any(|alert| alert.rule == Rule::SetBack)
}

async fn a_node_that_was_further_has_the_log_leap(on: On) {
    let backup = Backup::take(on).await;
    let store = &backup.library.store;
    let lost = backup.save("Lost.", 2).await;
    assert_eq!(backup.text(store).await, "Lost.");
    assert!(!alerts(store));
    backup.restore().await;
    tokio::time::sleep(LEASE).await;
    assert_eq!(backup.text(store).await, "Restored.");
    assert!(store.watermark() > lost && alerts(store));
    assert_eq!(backup.leaps().await, 1);
    // And once: it goes on from there.
    tokio::time::sleep(LEASE).await;
    assert!(backup.save("New.", 2).await > lost);
    assert_eq!(backup.text(store).await, "New.");
    assert_eq!(backup.leaps().await, 1);
}

async fn of_several_nodes_one_has_it_leap(on: On) {
    let backup = Backup::take(on).await;
    let nodes =
        [backup.library.store.clone(), backup.library.another_node().await, backup.library.another_node().await];
    backup.save("Lost.", 2).await;
    for node in &nodes {
        node.confirm(backup.head.next()).await.expect("the log");
        assert_eq!(backup.text(node).await, "Lost.");
    }
    backup.restore().await;
    tokio::time::sleep(LEASE).await;
    let [first, second, third] = &nodes;
    let texts = tokio::join!(backup.text(first), backup.text(second), backup.text(third));
    assert_eq!((&*texts.0, &*texts.1, &*texts.2), ("Restored.", "Restored.", "Restored."));
    assert_eq!(backup.leaps().await, 1);
    assert_eq!(nodes.iter().filter(|node| alerts(node)).count(), 1);
}

async fn a_commit_on_a_restored_database_stands_beyond_what_was_lost(on: On) {
    let backup = Backup::take(on).await;
    let other = backup.library.another_node().await;
    let lost = backup.save("Lost.", 2).await;
    other.confirm(lost).await.expect("the log");
    assert_eq!(backup.text(&other).await, "Lost.");
    backup.restore().await;
    let saved = backup.save("New.", 2).await;
    assert!(saved > lost, "{saved} was handed out before");
    assert_eq!(backup.text(&backup.library.store).await, "New.", "the node that commits knows at once");
    other.confirm(saved).await.expect("the log");
    assert_eq!(backup.text(&other).await, "New.");
    assert_eq!(backup.leaps().await, 1);
    assert!(alerts(&backup.library.store) && !alerts(&other));
}

/// Another node takes over and writes as much as was lost, before this one reads the log.
async fn a_log_that_has_grown_past_what_was_lost_is_told_apart(on: On) {
    let backup = Backup::take(on).await;
    let store = &backup.library.store;
    let lost = backup.save("Lost.", 2).await;
    assert_eq!(backup.text(store).await, "Lost.");
    backup.restore().await;
    let ignorant = backup.library.another_node().await;
    for _ in 0..3 {
        ignorant.like_post(backup.library.fixture.sid, backup.library.fixture.post, true).await.expect("a like");
    }
    assert!(ignorant.watermark() > lost);
    // However often the log is read afterwards, and by whom: the row that stands there now is no news any more.
    for _ in 0..3 {
        for node in [store, &ignorant] {
            tokio::time::sleep(LEASE).await;
            assert_eq!(backup.text(node).await, "Restored.");
        }
        assert_eq!(backup.leaps().await, 1);
    }
}

async fn a_load_on_a_restored_database_is_no_older_than_the_node(on: On) {
    let backup = Backup::take(on).await;
    let lost = backup.save("Lost.", 2).await;
    backup.restore().await;
    // Past every cache, and within the lease.
    let entry = backup.library.store.load(&backup.draft).await.expect("a scene");
    assert_eq!(entry.value.content.as_str(), "Restored.");
    assert!(entry.as_of > lost);
    assert_eq!(backup.leaps().await, 1);
}

async fn a_browser_that_was_told_proves_it_to_nodes_that_know_nothing(on: On) {
    let backup = Backup::take(on).await;
    let lost = backup.save("Lost.", 2).await;
    let signature = backup.library.store.sign_position(lost);
    backup.restore().await;
    let fresh = backup.library.another_node().await;
    assert_eq!(fresh.watermark(), backup.head, "it knows of nothing else");
    fresh.accept_position(lost, &signature).await;
    assert_eq!(backup.leaps().await, 1);
    assert_eq!(backup.text(&fresh).await, "Restored.");
    assert!(fresh.watermark() > lost && alerts(&fresh));
}

async fn a_proof_that_was_made_up_proves_nothing(on: On) {
    let backup = Backup::take(on).await;
    let store = &backup.library.store;
    let (next, far) = (backup.head.next(), Seq(1 << 40));
    let signature = store.sign_position(next);
    for (seq, signature) in [(far, &*signature), (next, &signature[1..]), (next, ""), (far, "é")] {
        store.accept_position(seq, signature).await;
    }
    // A position that is no proof is asked for as ever.
    store.fetch(&backup.draft, far).await.expect("a scene");
    assert_eq!((backup.leaps().await, store.watermark()), (0, backup.head));
    assert!(!alerts(store));
}

async fn who_was_told_of_what_is_lost_drops_it(on: On) {
    let backup = Backup::take(on).await;
    let store = &backup.library.store;
    let lost = backup.save("Lost.", 2).await;
    backup.restore().await;
    tokio::time::sleep(LEASE).await;
    store.confirm(Seq::ZERO).await.expect("the log");
    // A browser asks what became of what it holds.
    let caught = store.catch_up(store.log_id(), lost, &[Tag::Scene(backup.draft.scene)], None).await;
    assert!(matches!(caught, Ok(CatchUp::Lost { head }) if head > lost), "{caught:?}");
}
