//! This node's follower of the log, and its lease.
//!
//! Writes of this node reach the follower before they are answered (rule 5). What others wrote is
//! learnt by reading the log, at the latest when the lease runs out (rule 7).

mod catch_up;
mod set_back;

use std::{
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use abreast_core::{Clocks, Explanation, Follower, Judgement, LogId, NODE_LEASE, Seq, observe::Way};
use tokio::sync::{Mutex, broadcast};

use self::catch_up::Blind;
pub(crate) use self::catch_up::follow;
use crate::{
    App, Database, Heard, Result, clock,
    journal::Journal,
    lease::Lease,
    log::{self, Landmark, Missed},
    metrics::Metrics,
    nouns::{LogRow, Nouns, Tag, Tags},
    secret::Secret,
};

/// How long this node trusts its follower without asking the log's head.
pub(crate) const LEASE: Duration = Duration::from_millis(NODE_LEASE.unsigned_abs());

/// How many rows a listener may lag behind before it is told to ask the log itself.
const BACKLOG: usize = 1_024;

/// One follower, and when it last saw the log's head.
pub(crate) struct Node<A: App> {
    follower: RwLock<Follower<Tag<A>>>,
    log: LogId,
    secret: Secret,
    lease: Lease,
    /// The furthest head that a snapshot of this node had. Nothing is served from cache below it: "not there" and
    /// an answer that was loaded may have told a reader of it.
    known: AtomicU64,
    heard: broadcast::Sender<Heard<Nouns<A>>>,
    journal: Journal<Nouns<A>>,
    /// How often a directive could not be carried out or passed on.
    invalidation_errors: AtomicU64,
    /// The furthest row that this node committed or read.
    landmark: std::sync::Mutex<Option<Landmark>>,
    /// How often this node found that the log had been set back.
    set_backs: AtomicU64,
    metrics: Arc<Metrics>,
    /// Microseconds that the last read of the log took.
    reading_took: AtomicU64,
    /// Held while the log is read, so that a hundred readers at once read it once. Holds why it
    /// could not be read, if finding out took long.
    reading_log: Mutex<Option<Blind>>,
}

impl<A: App> Node<A> {
    /// Begins at the log's head. One that shares answers with others reads back some way first, so
    /// that it can judge what they read before.
    pub(crate) async fn start(
        database: &Database,
        shares: bool,
        metrics: Arc<Metrics>,
        clocks: fn() -> Clocks,
    ) -> Result<Self> {
        let mut reading = database.begin_reading().await?;
        let head = reading.head();
        let secret = Secret::fetch(&mut *reading).await?;
        let since = if shares { log::replay_start(&mut reading).await? } else { head.seq };
        let mut follower = Follower::starting_at(since);
        if let Missed::Rows { rows, .. } = log::missed_in::<Nouns<A>>(&mut reading, since).await? {
            for row in rows {
                follower.apply(row.receipt.seq, &row.receipt.directives);
            }
        }
        Ok(Self {
            follower: RwLock::new(follower),
            log: head.log,
            secret,
            lease: Lease::new(clocks),
            known: AtomicU64::new(0),
            heard: broadcast::channel(BACKLOG).0,
            journal: Journal::default(),
            invalidation_errors: AtomicU64::new(0),
            landmark: std::sync::Mutex::default(),
            set_backs: AtomicU64::new(0),
            metrics,
            reading_took: AtomicU64::new(0),
            reading_log: Mutex::default(),
        })
    }

    /// Which log it follows.
    pub(crate) const fn log(&self) -> LogId {
        self.log
    }

    /// The log's secret.
    pub(crate) const fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Every directive up to here is applied.
    pub(crate) fn watermark(&self) -> Seq {
        self.read().watermark()
    }

    /// Milliseconds since the log's head was seen; `None` if it must be looked at before anything is served.
    pub(crate) fn confirmed_ago(&self) -> Option<i64> {
        self.lease.confirmed_ago()
    }

    /// A directive could not be carried out or passed on. No reader is shown anything wrong for that: the
    /// log is read within the lease.
    pub(crate) fn invalidation_failed(&self) {
        self.invalidation_errors.fetch_add(1, Ordering::Relaxed);
    }

    /// How often that happened.
    pub(crate) fn invalidation_errors(&self) -> u64 {
        self.invalidation_errors.load(Ordering::Relaxed)
    }

    /// The rows it learnt of last.
    pub(crate) const fn journal(&self) -> &Journal<Nouns<A>> {
        &self.journal
    }

    /// The one judgement.
    pub(crate) fn judge(&self, tags: &Tags<A>, as_of: Seq) -> Judgement<Tag<A>> {
        self.read().judge(tags, as_of)
    }

    /// The same, tag by tag.
    pub(crate) fn explain(&self, tags: &Tags<A>, as_of: Seq) -> Explanation<Tag<A>> {
        self.read().explain(tags, as_of)
    }

    /// Whether an Entry may be shown, marked, when nothing newer can be had.
    pub(crate) fn may_fall_back(&self, tags: &Tags<A>, as_of: Seq, seen: Seq) -> bool {
        self.read().may_fall_back(tags, as_of, seen)
    }

    /// Hears of every row from now on, as soon as it is applied.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Heard<Nouns<A>>> {
        self.heard.subscribe()
    }

    /// Applies what was committed, here or elsewhere, and passes it on. Hearing it twice does no harm.
    pub(crate) fn apply(&self, row: Arc<LogRow<A>>, way: Way) {
        self.write().apply(row.receipt.seq, &row.receipt.directives);
        match way {
            Way::Commit | Way::Log => self.note_landmark(&row),
            // Only what the database itself said tells one past from another.
            Way::Push => {}
        }
        let now = clock::now();
        if self.journal.note(&row, way, now) {
            self.metrics.invalidated(now, &row.receipt.directives);
        }
        self.tell(Heard::Row(row));
    }

    /// Applies what another node says it committed. What is known is not told twice; what claims to
    /// stand further ahead than a catch-up reads is left to the log.
    pub(crate) fn hear(&self, row: LogRow<A>) {
        let watermark = self.watermark();
        if row.receipt.seq > watermark && row.receipt.seq.0 - watermark.0 <= log::MAX_CATCH_UP_ROWS {
            self.apply(Arc::new(row), Way::Push);
        }
    }

    /// Nothing is taken for confirmed until the log is read again.
    pub(crate) fn revoke_lease(&self) {
        self.lease.revoke();
    }

    fn tell(&self, heard: Heard<Nouns<A>>) {
        // To have no listener is no failure.
        let _ = self.heard.send(heard);
    }

    // A panic while the follower was held leaves it half-applied at worst with marks that are too
    // new, which only costs a load: the lock's poison is no reason to stop serving.
    fn read(&self) -> RwLockReadGuard<'_, Follower<Tag<A>>> {
        self.follower.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Follower<Tag<A>>> {
        self.follower.write().unwrap_or_else(PoisonError::into_inner)
    }
}
