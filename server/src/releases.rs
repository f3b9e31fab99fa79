//! Scheduled chapters: each second, those whose moment has come are published.

use std::time::Duration;

use store::Store;

/// How long a chapter may wait at most, on a node that can ask the database.
const EVERY: Duration = Duration::from_secs(1);
/// The pause after the database could not be asked.
const AFTER_FAILURE: Duration = Duration::from_secs(3);

/// Publishes what is due, for as long as the node runs. What became due while no node ran is published at once.
pub(crate) async fn watch(store: Store) {
    loop {
        let pause = match store.release_due().await {
            Ok(0) => EVERY,
            Ok(chapters) => {
                tracing::info!(chapters, "published chapters whose moment had come");
                EVERY
            }
            Err(error) => {
                tracing::warn!(%error, "scheduled chapters could not be published");
                AFTER_FAILURE
            }
        };
        tokio::time::sleep(pause).await;
    }
}
