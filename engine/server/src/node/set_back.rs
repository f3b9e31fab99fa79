//! A log that was set back: an older state of the database took the place of one that had gone further. A backup was
//! restored, or a standby took over that lacked the last commits.
//!
//! Proof is a position that this log has handed out and no longer reaches: this node's own, that of an answer in Redis
//! that a node sealed, or one that a browser brings back with our signature; or a landmark, at which another row stands
//! than the one that this node committed or read, because the log has grown past it since.
//!
//! The node that notices has the log leap far beyond all of them, in the database and so for all nodes. What was read
//! before lies below that, and further back than a catch-up reads: everything is dropped (rule 8), and no position means
//! two things.

use std::sync::{PoisonError, atomic::Ordering};

use abreast_core::Seq;

use super::Node;
use crate::{
    App, Database, Reader, Result,
    log::{self, Landmark},
    nouns::LogRow,
};

impl<A: App> Node<A> {
    /// The furthest position of the log that this node has seen.
    pub(crate) fn told(&self) -> Seq {
        self.watermark().max(Seq(self.known.load(Ordering::Relaxed)))
    }

    /// The furthest row that it committed or read.
    pub(super) fn landmark(&self) -> Option<Landmark> {
        *self.landmark.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The log was lost, or leapt: it begins anew.
    pub(super) fn forget_landmark(&self) {
        *self.landmark.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// It committed or read this row.
    pub(super) fn note_landmark(&self, row: &LogRow<A>) {
        let mut landmark = self.landmark.lock().unwrap_or_else(PoisonError::into_inner);
        if landmark.is_none_or(|furthest| furthest.seq < row.receipt.seq) {
            *landmark = Some(Landmark { seq: row.receipt.seq, at: row.receipt.at });
        }
    }

    /// How often this node found that the log had been set back.
    pub(crate) fn set_backs(&self) -> u64 {
        self.set_backs.load(Ordering::Relaxed)
    }

    /// A snapshot that is no older than anything that this node has seen. What a cache serves from now on must be
    /// judged at its position, too: the asker hears what is there, or that it is not.
    pub(crate) async fn reader(&self, database: &Database) -> Result<Reader> {
        let told = self.told();
        let mut reader = database.begin_reading().await?;
        if reader.as_of() < told {
            drop(reader);
            Box::pin(self.leap(database, told)).await?;
            reader = database.begin_reading().await?;
        }
        self.known.fetch_max(reader.as_of().0, Ordering::Relaxed);
        Ok(reader)
    }

    /// Whether the log reaches a position that was proven to have been handed out, and this node has read as far. If the
    /// log does not, it leaps.
    pub(crate) async fn reaches(&self, database: &Database, told: Seq) -> bool {
        let confirmed = self.confirm(database, told).await;
        if confirmed.is_ok() && self.watermark() < told {
            if let Err(error) = Box::pin(self.leap(database, told)).await {
                tracing::warn!(%error, %told, "the log was set back, and can't be written just now");
            }
            return false;
        }
        confirmed.is_ok()
    }

    /// Has the log leap, unless another node was quicker. So seldom that its callers box it: each load's future would be
    /// two kilobytes larger.
    pub(super) async fn leap(&self, database: &Database, told: Seq) -> Result<()> {
        let mut writing = database.begin_writing().await?;
        let has_leapt = log::leap::<A>(&mut writing, told).await?;
        writing.commit().await?;
        if has_leapt {
            self.was_set_back(told);
        }
        Ok(())
    }

    /// The log had been set back behind this position, and has leapt.
    pub(crate) fn was_set_back(&self, told: Seq) {
        self.set_backs.fetch_add(1, Ordering::Relaxed);
        // Nothing is served from cache before the log is read.
        self.revoke_lease();
        tracing::error!(
            %told,
            "the database is older than it was: the log no longer reached a position that had been handed out. It goes \
             on beyond, and every cache drops what it holds. What was written in between is lost"
        );
    }
}
