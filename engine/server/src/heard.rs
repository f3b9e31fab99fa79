//! What a node tells those of its process who listen.

use std::sync::Arc;

use abreast_core::{LogRow, Nouns, Seq};
use tokio::sync::broadcast::{self, error::RecvError};

/// What a node's follower heard of the log.
#[derive(Debug, Clone)]
pub enum Heard<N: Nouns> {
    /// This was committed, here or elsewhere. Rows come about in order, some of them twice.
    Row(Arc<LogRow<N>>),
    /// The log can't be read back to where this node was: whatever is older than this is dropped.
    Lost(Seq),
}

impl<N: Nouns> Heard<N> {
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
