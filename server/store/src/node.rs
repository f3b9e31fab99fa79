//! This node's follower of the log, and its lease.
//!
//! Writes of this node reach the follower before they are answered (rule 5). What others wrote is
//! learnt by reading the log, at the latest when the lease runs out (rule 7).

use std::{
    sync::{
        RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use domain::{CatchUp, Follower, Judgement, LogId, Receipt, Seq, Tags};
use tokio::sync::Mutex;

use crate::{Result, database::Database, log};

/// Δ: how long this node trusts its follower without asking the log's head.
pub(crate) const LEASE: Duration = Duration::from_secs(1);

/// One follower, and when it last saw the log's head.
pub(crate) struct Node {
    follower: RwLock<Follower>,
    log: LogId,
    started: Instant,
    /// Microseconds from `started` to the last confirmation.
    confirmed: AtomicU64,
    /// Held while the log is read, so that a hundred readers at once read it once.
    reading_log: Mutex<()>,
}

impl Node {
    /// Begins at the log's head.
    pub(crate) async fn start(database: &Database) -> Result<Self> {
        let mut reading = database.begin_reading().await?;
        let head = log::head(&mut reading).await?;
        Ok(Self {
            follower: RwLock::new(Follower::starting_at(head.seq)),
            log: head.log,
            started: Instant::now(),
            confirmed: AtomicU64::new(0),
            reading_log: Mutex::default(),
        })
    }

    /// Which log it follows.
    pub(crate) const fn log(&self) -> LogId {
        self.log
    }

    /// Every directive up to here is applied.
    pub(crate) fn watermark(&self) -> Seq {
        self.read().watermark()
    }

    /// The one judgement.
    pub(crate) fn judge(&self, tags: &Tags, as_of: Seq) -> Judgement {
        self.read().judge(tags, as_of)
    }

    /// Applies what this node committed.
    pub(crate) fn apply(&self, receipt: &Receipt) {
        self.write().apply(receipt.seq, &receipt.directives);
    }

    /// Makes sure that the follower is as far as `seen`, has no gap, and has seen the log's head
    /// within the lease; says whether it heard of evictions. Fails when the log can't be read: then
    /// the follower is blind.
    pub(crate) async fn confirm(&self, database: &Database, seen: Seq) -> Result<bool> {
        if self.is_confirmed(seen) {
            return Ok(false);
        }
        let _one_reader = self.reading_log.lock().await;
        if self.is_confirmed(seen) {
            return Ok(false);
        }
        // The moment before the read: what is committed during it may be missing from it.
        let asked = self.elapsed();
        let since = self.watermark();
        let caught = log::everything_since(&mut database.begin_reading().await?, since).await?;
        let evictions = caught.evicts();
        let mut follower = self.write();
        match caught {
            CatchUp::Changes { head, log } => {
                for (seq, directives) in &log {
                    follower.note(*seq, directives);
                }
                follower.caught_up(head);
            }
            CatchUp::Lost { head } => follower.lost(head),
        }
        drop(follower);
        self.confirmed.fetch_max(asked.max(1), Ordering::Relaxed);
        Ok(evictions)
    }

    fn is_confirmed(&self, seen: Seq) -> bool {
        let confirmed = self.confirmed.load(Ordering::Relaxed);
        let lease = u64::try_from(LEASE.as_micros()).unwrap_or(u64::MAX);
        if confirmed == 0 || self.elapsed().saturating_sub(confirmed) > lease {
            return false;
        }
        let follower = self.read();
        follower.watermark() >= seen && !follower.has_gap()
    }

    fn elapsed(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX)
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
