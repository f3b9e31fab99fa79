//! How a node keeps up: it reads the log when its lease has run out, its follower has a gap, or an asker has seen more.

use std::{
    sync::{Arc, Weak, atomic::Ordering},
    time::{Duration, Instant},
};

use abreast_core::{Seq, observe::Way};
use tokio::{task::JoinSet, time::timeout};

use super::{LEASE, Node};
use crate::{
    App, Database, Error, Heard, Result,
    database::READ_TIMEOUT,
    log::{self, Missed},
};

/// Within this the log is read, or is found not to be readable, before an asker notices.
const QUICK: Duration = Duration::from_millis(100);

/// How often the log is read at once, at most, so that a lease never runs out while it is.
const MOST_READS: usize = 4;

/// The log could not be read, and it took a while to find out.
pub(super) struct Blind {
    error: Error,
    /// Until then everybody is told so at once.
    until: Instant,
}

impl<A: App> Node<A> {
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
        let (read, took) = self.read_in_time(database).await;
        // A database that is silent keeps one asker waiting; the others are told at once for as long.
        let is_silent = read.as_ref().err().filter(|_| took > QUICK);
        *reading_log = is_silent.map(|error| Blind { error: error.clone(), until: Instant::now() + took.min(LEASE) });
        read
    }

    /// Reads the log if the lease runs out within so much time. Others may be reading it: to take in rows twice, or in
    /// any order, does no harm.
    async fn renew(&self, database: &Database, ahead: Duration) -> Result<()> {
        if !self.is_confirmed(Seq::ZERO) {
            self.confirm(database, Seq::ZERO).await
        } else if self.lease.runs_for(ahead) {
            Ok(())
        } else {
            self.read_in_time(database).await.0
        }
    }

    /// Reads the log, or finds out that it can't be read; and says how long that took.
    async fn read_in_time(&self, database: &Database) -> (Result<()>, Duration) {
        let began = Instant::now();
        let read = timeout(READ_TIMEOUT, self.read_log(database)).await;
        let took = began.elapsed();
        self.reading_took.store(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
        (read.unwrap_or_else(|_| Err(Error::silence().into())), took)
    }

    async fn read_log(&self, database: &Database) -> Result<()> {
        // The moment before the read: what is committed during it may be missing from it.
        let asked = self.lease.ask();
        let (since, told, landmark) = (self.watermark(), self.told(), self.landmark());
        let mut missed = log::missed_since(database, since, landmark).await?;
        if let Some(told) = missed.proof(told) {
            Box::pin(self.leap(database, told)).await?;
            missed = log::missed_since(database, since, None).await?;
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

    fn is_confirmed(&self, seen: Seq) -> bool {
        self.lease.runs() && self.read().is_as_far_as(seen.max(Seq(self.known.load(Ordering::Relaxed))))
    }
}

/// Keeps a node's follower no further behind than Δ while it has a listener, and heals a gap
/// even without one; a reader asks for itself. Ends with the node.
///
/// A node that serves always has listeners (its live lines, its kept pages), so it reads the head a
/// few times a second even without readers. A node without a server doesn't: so many listeners are
/// its own, the memory tier's sweeper and, if there is one, the job that warms.
///
/// The lease counts from the moment of the question, and a database that is far away takes most of it to answer. So the
/// next question goes off before the last is answered: readers wait for none up to three quarters of a lease. How long an
/// answer takes, every read tells, a reader's too: who waited for another's read would learn what was left of it.
pub(crate) async fn follow<A: App>(node: Weak<Node<A>>, database: Database, own: usize) {
    let mut reads = JoinSet::new();
    let mut took = Duration::ZERO;
    loop {
        let pause = if took < LEASE / 4 { LEASE / 2 } else { LEASE / 4 };
        tokio::time::sleep(pause).await;
        while reads.try_join_next().is_some() {}
        let Some(node) = node.upgrade() else { return };
        took = Duration::from_micros(node.reading_took.load(Ordering::Relaxed));
        if (node.heard.receiver_count() > own || node.read().has_gap()) && reads.len() < MOST_READS {
            let (database, ahead) = (database.clone(), pause + took);
            reads.spawn(async move {
                if let Err(error) = node.renew(&database, ahead).await {
                    tracing::debug!(%error, "the log can't be read just now");
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::FutureExt;

    use super::*;
    use crate::{
        Settings,
        example::{self, Change},
    };

    /// Many at once who say that they have seen what isn't there are one reader of the log.
    #[tokio::test]
    async fn a_read_serves_all_who_asked_before_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (engine, writer) = example::open(&folder.path().join("one.db"), Settings::default()).await;
        let (other, _) = example::open(&folder.path().join("other.db"), Settings::default()).await;
        let tx = writer.begin().await.expect("a transaction");
        tx.commit(Change::Saved(1), ()).await.expect("a log with something in it");
        let (node, forged) = (&engine.node, Seq(1 << 40));
        let mut heard = node.listen();
        let held = node.reading_log.lock().await;
        let mut first = pin!(node.confirm(&engine.database, forged));
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

    /// The next question goes off so much earlier: a node that learnt nothing of its readers' reads could fall into step
    /// with a lease that had just run out, and each of its readers waited half a second later again.
    #[tokio::test]
    async fn a_readers_read_tells_how_long_it_took() {
        let folder = tempfile::tempdir().expect("a folder");
        let (engine, _) = example::open(&folder.path().join("app.db"), Settings::default()).await;
        assert_eq!(engine.node.reading_took.load(Ordering::Relaxed), 0);
        engine.confirm(Seq::ZERO).await.expect("the log");
        assert!(engine.node.reading_took.load(Ordering::Relaxed) > 0);
    }

    /// After a commit with an unknown end: what was read of the log before it may lack it.
    #[tokio::test]
    async fn a_doubt_outlives_a_read_that_began_before_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (engine, _) = example::open(&folder.path().join("app.db"), Settings::default()).await;
        let mut reading = pin!(engine.confirm(Seq::ZERO));
        assert!(reading.as_mut().now_or_never().is_none());
        engine.node.revoke_lease();
        reading.await.expect("the log");
        assert!(!engine.node.is_confirmed(Seq::ZERO));
        engine.confirm(Seq::ZERO).await.expect("the log");
        assert!(engine.node.is_confirmed(Seq::ZERO));
    }
}
