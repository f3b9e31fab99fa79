//! Upkeep of what authors can have back: each hour the trash loses what was in it for 30 days, and old versions are
//! thinned out.

use std::time::Duration;

use store::Store;

/// How late it may be.
const EVERY: Duration = Duration::from_hours(1);

/// Looks after it for as long as the node runs.
pub(crate) async fn watch(store: Store) {
    let mut pause = tokio::time::interval(EVERY);
    loop {
        pause.tick().await;
        match store.empty_trash().await {
            Ok(0) => {}
            Ok(things) => tracing::info!(things, "deleted for good what was in the trash for 30 days"),
            Err(error) => tracing::warn!(%error, "the trash could not be emptied"),
        }
        match store.thin_versions().await {
            Ok(0) => {}
            Ok(versions) => tracing::info!(versions, "thinned out old versions"),
            Err(error) => tracing::warn!(%error, "old versions could not be thinned out"),
        }
    }
}
