//! This node's follower of the log, and its lease.
//!
//! Writes of this node reach the follower before they are answered (rule 5). What others wrote is
//! learnt by reading the log, at the latest when the lease runs out (rule 7).

mod set_back;

use std::{
    sync::{
        Arc, RwLock, RwLockReadGuard, RwLockWriteGuard, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use domain::{Clocks, Explanation, Follower, Judgement, LogId, LogRow, NODE_LEASE, Seq, Tags, Way};
use tokio::{
    sync::{
        Mutex,
        broadcast::{self, error::RecvError},
    },
    time::timeout,
};

use crate::{
    Error, Result, clock,
    database::{Database, PATIENCE_READING},
    journal::Journal,
    lease::Lease,
    log::{self, Landmark, Missed},
    metrics::Metrics,
    secret::Secret,
};

/// How long this node trusts its follower without asking the log's head.
pub(crate) const LEASE: Duration = Duration::from_millis(NODE_LEASE.unsigned_abs());

/// Within this the log is read, or is found not to be readable, without anybody noticing.
const QUICK: Duration = Duration::from_millis(100);

/// How many rows a listener may lag behind before it is told to ask the log itself.
const BACKLOG: usize = 1_024;

/// What a node's follower heard of the log.
#[derive(Debug, Clone)]
pub enum Heard {
    /// This was committed, here or elsewhere. Rows come about in order, some of them twice.
    Row(Arc<LogRow>),
    /// The log can't be read back to where this node was: whatever is older than this is dropped.
    Lost(Seq),
}

impl Heard {
    /// Waits until something must never be shown again, or may have been missed; false once nothing
    /// more is heard. For tiers that give the memory back.
    pub async fn eviction(heard: &mut broadcast::Receiver<Self>) -> bool {
        loop {
            match heard.recv().await {
                Ok(Self::Row(row)) if !row.receipt.evicts() => {}
                Ok(Self::Row(_) | Self::Lost(_)) | Err(RecvError::Lagged(_)) => return true,
                Err(RecvError::Closed) => return false,
            }
        }
    }
}

/// One follower, and when it last saw the log's head.
pub(crate) struct Node {
    follower: RwLock<Follower>,
    log: LogId,
    secret: Secret,
    lease: Lease,
    /// The furthest head that a snapshot of this node had. Nothing is served from cache below it: "not there" and
    /// what was loaded may have told somebody of it.
    known: AtomicU64,
    heard: broadcast::Sender<Heard>,
    journal: Journal,
    /// How often a directive could not be carried out or passed on.
    invalidation_errors: AtomicU64,
    /// The furthest row that this node committed or read.
    landmark: std::sync::Mutex<Option<Landmark>>,
    /// How often this node found that the log had been set back.
    set_backs: AtomicU64,
    metrics: Arc<Metrics>,
    /// Held while the log is read, so that a hundred readers at once read it once. Holds why it
    /// could not be read, if finding out took long.
    reading_log: Mutex<Option<Blind>>,
}

/// The log could not be read, and it took a while to find out.
struct Blind {
    error: Error,
    /// Until then everybody is told so at once.
    until: Instant,
}

impl Node {
    /// Begins at the log's head. One that shares answers with others reads back some way first, so
    /// that it can judge what they read before.
    pub(crate) async fn start(
        database: &Database,
        shares: bool,
        metrics: Arc<Metrics>,
        clocks: fn() -> Clocks,
    ) -> Result<Self> {
        let mut reading = database.begin_reading().await?;
        let head = log::head(&mut *reading).await?;
        let secret = Secret::fetch(&mut *reading).await?;
        let since = if shares { log::furthest(&mut reading, head.seq).await? } else { head.seq };
        let mut follower = Follower::starting_at(since);
        if let Missed::Rows { rows, .. } = log::missed_since(&mut reading, since, None).await? {
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

    /// A directive could not be carried out or passed on. Nobody is shown anything wrong for that: the
    /// log is read within the lease.
    pub(crate) fn invalidation_failed(&self) {
        self.invalidation_errors.fetch_add(1, Ordering::Relaxed);
    }

    /// How often that happened.
    pub(crate) fn invalidation_errors(&self) -> u64 {
        self.invalidation_errors.load(Ordering::Relaxed)
    }

    /// The rows it learnt of last.
    pub(crate) const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The one judgement.
    pub(crate) fn judge(&self, tags: &Tags, as_of: Seq) -> Judgement {
        self.read().judge(tags, as_of)
    }

    /// The same, tag by tag.
    pub(crate) fn explain(&self, tags: &Tags, as_of: Seq) -> Explanation {
        self.read().explain(tags, as_of)
    }

    /// Whether an Entry may be shown, marked, when nothing newer can be had.
    pub(crate) fn may_fall_back(&self, tags: &Tags, as_of: Seq, seen: Seq) -> bool {
        self.read().may_fall_back(tags, as_of, seen)
    }

    /// Hears of every row from now on, as soon as it is applied.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Heard> {
        self.heard.subscribe()
    }

    /// Applies what was committed, here or elsewhere, and passes it on. Hearing it twice does no harm.
    pub(crate) fn apply(&self, row: Arc<LogRow>, way: Way) {
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
    /// stand further ahead than anybody reads is left to the log.
    pub(crate) fn hear(&self, row: LogRow) {
        let watermark = self.watermark();
        if row.receipt.seq > watermark && row.receipt.seq.0 - watermark.0 <= log::FURTHEST {
            self.apply(Arc::new(row), Way::Push);
        }
    }

    /// Makes sure that the follower is as far as `seen`, has no gap, and has seen the log's head
    /// within the lease. Fails when the log can't be read: then the follower is blind.
    pub(crate) async fn confirm(&self, database: &Database, seen: Seq) -> Result<()> {
        if self.is_confirmed(seen) {
            return Ok(());
        }
        let asked = self.lease.ask();
        let mut reading_log = self.reading_log.lock().await;
        // What was read since this asker asked has all that they can have seen, whatever they say: a
        // cookie that claims more has the log read no more often than others do.
        let read_since = self.lease.was_confirmed_after(asked) && !self.read().has_gap();
        if read_since || self.is_confirmed(seen) {
            return Ok(());
        }
        if let Some(blind) = reading_log.as_ref().filter(|blind| Instant::now() < blind.until) {
            return Err(blind.error.clone());
        }
        let began = Instant::now();
        let read = timeout(PATIENCE_READING, self.read_log(database)).await;
        let read = read.unwrap_or_else(|_| Err(Error::silence().into()));
        // A database that is silent keeps one asker waiting; the others are told at once for as long.
        let took = began.elapsed();
        let is_silent = read.as_ref().err().filter(|_| took > QUICK);
        *reading_log = is_silent.map(|error| Blind { error: error.clone(), until: Instant::now() + took.min(LEASE) });
        read
    }

    /// Nothing is taken for confirmed until the log is read again.
    pub(crate) fn doubt(&self) {
        self.lease.doubt();
    }

    async fn read_log(&self, database: &Database) -> Result<()> {
        // The moment before the read: what is committed during it may be missing from it.
        let asked = self.lease.ask();
        let (since, told, landmark) = (self.watermark(), self.told(), self.landmark());
        let mut missed = log::missed_since(&mut database.begin_reading().await?, since, landmark).await?;
        if let Some(told) = missed.proof(told) {
            Box::pin(self.leap(database, told)).await?;
            missed = log::missed_since(&mut database.begin_reading().await?, since, None).await?;
        }
        match missed {
            Missed::Rows { head, rows } => {
                for row in rows {
                    self.apply(Arc::new(row), Way::Log);
                }
                self.write().caught_up(head);
            }
            Missed::Lost { head } | Missed::Replaced { head } => {
                self.invalidation_failed();
                // What stood where this node once was is no news any more.
                self.forget_landmark();
                self.write().lost(head);
                self.tell(Heard::Lost(head));
            }
        }
        self.lease.confirm(asked);
        Ok(())
    }

    fn tell(&self, heard: Heard) {
        // Nobody listening is no failure.
        let _ = self.heard.send(heard);
    }

    fn is_confirmed(&self, seen: Seq) -> bool {
        self.lease.runs() && self.read().is_as_far_as(seen.max(Seq(self.known.load(Ordering::Relaxed))))
    }

    // A panic while the follower was held leaves it half-applied at worst with marks that are too
    // new, which only costs a load: the lock's poison is no reason to stop serving.
    fn read(&self) -> RwLockReadGuard<'_, Follower> {
        self.follower.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Follower> {
        self.follower.write().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Keeps a node's follower no further behind than Δ while somebody listens to it, and heals a gap
/// even if nobody does; who reads asks for itself. Ends with the node.
///
/// A node that serves always has listeners (its live lines, its kept pages), so it reads the head a
/// few times a second even when nobody is there. A store without a server doesn't: so many listeners are
/// its own, the memory tier's sweeper and, if there is one, the job that warms.
pub(crate) async fn follow(node: Weak<Node>, database: Database, own: usize) {
    loop {
        tokio::time::sleep(LEASE / 2).await;
        let Some(node) = node.upgrade() else { return };
        if (node.heard.receiver_count() > own || node.read().has_gap())
            && let Err(error) = node.confirm(&database, Seq::ZERO).await
        {
            tracing::debug!(%error, "the log can't be read just now");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use domain::{Doubt, Tag};
    use futures_util::FutureExt;

    use crate::{Address, Store};

    use super::*;

    /// Many at once who say that they have seen what isn't there are one reader of the log.
    #[tokio::test]
    async fn a_read_serves_all_who_asked_before_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = async |name| Store::open(&Address::Sqlite(folder.path().join(name))).await.expect("a store");
        let (store, other) = (open("one.db").await, open("other.db").await);
        store.doubt(vec![Doubt::Tag(Tag::Feed)]).await.expect("a log with something in it");
        let (node, forged) = (&store.node, Seq(1 << 40));
        let mut heard = node.listen();
        let held = node.reading_log.lock().await;
        let mut first = pin!(node.confirm(&store.database, forged));
        // If this one read a log, it would be another.
        let mut second = pin!(node.confirm(&other.database, forged));
        assert!(first.as_mut().now_or_never().is_none() && second.as_mut().now_or_never().is_none());
        let asked = node.lease.elapsed();
        while node.lease.elapsed() == asked {
            std::hint::spin_loop();
        }
        drop(held);
        first.await.expect("the log");
        second.await.expect("the same");
        assert!(heard.try_recv().is_err(), "nothing new, and nothing lost");
    }

    /// A commit of which nobody knows what became: what was read of the log before it may lack it.
    #[tokio::test]
    async fn a_doubt_outlives_a_read_that_began_before_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&Address::Sqlite(folder.path().join("library.db"))).await.expect("a store");
        let mut reading = pin!(store.confirm(Seq::ZERO));
        assert!(reading.as_mut().now_or_never().is_none());
        store.node.doubt();
        reading.await.expect("the log");
        assert!(!store.node.is_confirmed(Seq::ZERO));
        store.confirm(Seq::ZERO).await.expect("the log");
        assert!(store.node.is_confirmed(Seq::ZERO));
    }
}
