//! A PostgreSQL that is killed, paused or cut off during a commit. Nothing is restarted but itself.

use std::time::{Duration, Instant};

use domain::{Home, Rev, SceneDraft, Seq};
use services::Postgres;
use store::{Address, Error, Store};

use crate::library::{Fixture, fixture::save, tables};

/// What nobody may wait longer than to be told that the database is gone.
const BOUND: Duration = Duration::from_secs(5);

struct Outage {
    store: Store,
    fixture: Fixture,
    address: Address,
    _database: services::Database,
    postgres: Postgres,
}

impl Outage {
    async fn prepare() -> Self {
        let postgres = Postgres::start();
        let database = postgres.empty();
        let address = Address::Postgres(database.url.clone());
        let store = Store::open(&address).await.expect("an open library");
        let fixture = Fixture::write(&store).await.expect("the small library");
        Self { store, fixture, address, _database: database, postgres }
    }

    fn draft(&self) -> SceneDraft {
        SceneDraft { viewer: self.fixture.ada, scene: self.fixture.out.scenes[0] }
    }

    async fn save(&self, text: &str, base: i64) -> store::Result<Seq> {
        let saved = self.store.save_scene(self.fixture.ada, self.fixture.out.scenes[0], save(text, Rev(base))).await;
        saved.map(|changed| changed.record().seq)
    }

    /// Waits until the database has such a row.
    async fn wait_for(&self, row: &str) {
        let began = Instant::now();
        while tables::column(&self.address, row).await.is_empty() {
            assert!(began.elapsed() < BOUND, "never seen: {row}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// While it is gone: what is held is shown and marked, what is not is unavailable, and neither
    /// takes long.
    async fn check_gone(&self) {
        tokio::time::sleep(Duration::from_millis(1_050)).await;
        let began = Instant::now();
        let readers = (0..20).map(|_| {
            let (store, draft) = (self.store.clone(), self.draft());
            tokio::spawn(async move { store.fetch(&draft, Seq::ZERO).await.expect("what is held").stale })
        });
        for reader in readers.collect::<Vec<_>>() {
            assert!(reader.await.expect("a reader"), "it can't be confirmed");
        }
        let unseen = self.store.fetch(&Home {}, Seq::ZERO).await.map(drop);
        assert!(unseen.is_err_and(|error| error.is_unavailable()));
        assert!(began.elapsed() < BOUND, "{:?}", began.elapsed());
    }

    /// Once it is back everything is as before, after a moment.
    async fn check_back(&self, text: &str) {
        let began = Instant::now();
        loop {
            match self.store.fetch(&self.draft(), Seq::ZERO).await {
                Ok(fetched) if !fetched.stale => {
                    assert_eq!(fetched.entry.value.content.as_str(), text);
                    return;
                }
                _ => assert!(began.elapsed() < BOUND, "it is back, and nobody noticed"),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_and_started_again() {
    let outage = Outage::prepare().await;
    outage.save("Before.", 2).await.expect("a save");
    outage.store.fetch(&outage.draft(), Seq::ZERO).await.expect("a scene");
    outage.postgres.kill();
    outage.check_gone().await;
    outage.postgres.restart();
    outage.check_back("Before.").await;
    outage.save("After.", 3).await.expect("a save");
    outage.check_back("After.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paused() {
    let outage = Outage::prepare().await;
    outage.store.fetch(&outage.draft(), Seq::ZERO).await.expect("a scene");
    outage.postgres.pause();
    outage.check_gone().await;
    outage.postgres.resume();
    outage.save("After.", 2).await.expect("a save");
    outage.check_back("After.").await;
}

/// From now on a commit takes two seconds.
const SLOW: &str = "create function slow() returns trigger language plpgsql as $$
                    begin perform pg_sleep(2); return null; end $$;
                    create constraint trigger slow after insert on log deferrable initially deferred
                    for each row execute function slow()";

/// The connections that sleep, in the database.
const BUSY: &str = "select 'busy' from pg_stat_activity where wait_event = 'PgSleep'";

/// Sends them away.
const SEND_AWAY: &str = "select cast(pg_terminate_backend(pid) as text) from pg_stat_activity
                         where wait_event = 'PgSleep'";

/// Who can't know whether something was saved says so, and serves nothing from cache before the log
/// was read again.
#[tokio::test(flavor = "multi_thread")]
async fn cut_off_during_a_commit() {
    let outage = Outage::prepare().await;
    outage.store.fetch(&outage.draft(), Seq::ZERO).await.expect("a scene");
    tables::run(&outage.address, SLOW).await;
    let (saved, ()) = tokio::join!(outage.save("Perhaps.", 2), async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        outage.postgres.kill();
    });
    assert!(matches!(saved, Err(Error::Uncertain(_))), "{saved:?}");
    outage.postgres.restart();
    tables::run(&outage.address, "drop trigger slow on log").await;
    outage.check_back("The Tide Table: *scene* 1.").await;
    outage.save("Certainly.", 2).await.expect("a save");
}

/// So does who is sent away: PostgreSQL may have committed before it says so.
#[tokio::test(flavor = "multi_thread")]
async fn sent_away_during_a_commit() {
    let outage = Outage::prepare().await;
    tables::run(&outage.address, SLOW).await;
    let (saved, ()) = tokio::join!(outage.save("Perhaps.", 2), async {
        outage.wait_for(BUSY).await;
        tables::column(&outage.address, SEND_AWAY).await;
    });
    assert!(matches!(saved, Err(Error::Uncertain(_))), "{saved:?}");
    tables::run(&outage.address, "drop trigger slow on log").await;
    outage.check_back("The Tide Table: *scene* 1.").await;
}

/// Who writes while the database falls silent is told so, and nothing was saved: the commit had not begun.
#[tokio::test(flavor = "multi_thread")]
async fn silent_in_the_middle_of_a_write() {
    let outage = Outage::prepare().await;
    let slow = "create function slow() returns trigger language plpgsql as $$
                begin perform pg_sleep(1); return new; end $$;
                create trigger slow before update on scenes for each row execute function slow()";
    tables::run(&outage.address, slow).await;
    let (saved, ()) = tokio::join!(outage.save("Never.", 2), async {
        outage.wait_for(BUSY).await;
        outage.postgres.pause();
    });
    assert!(matches!(saved, Err(Error::Database(_))), "{saved:?}");
    outage.postgres.resume();
    tables::run(&outage.address, "drop trigger slow on scenes").await;
    outage.check_back("The Tide Table: *scene* 1.").await;
    outage.save("After.", 2).await.expect("a save");
    outage.check_back("After.").await;
}

/// So is a writer who waits for the log's position, when its holder keeps it.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_the_position_back() {
    let outage = Outage::prepare().await;
    let holding = "begin; update log_head set seq = seq; select pg_sleep(20)";
    let holder = tokio::spawn({
        let address = outage.address.clone();
        async move { tables::run(&address, holding).await }
    });
    outage.wait_for(BUSY).await;
    let saved = outage.save("Never.", 2).await;
    assert!(matches!(saved, Err(Error::Database(_))), "{saved:?}");
    tables::column(&outage.address, SEND_AWAY).await;
    assert!(holder.await.is_err(), "it was sent away");
    outage.save("After.", 2).await.expect("a save");
    outage.check_back("After.").await;
}
