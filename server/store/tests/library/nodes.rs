//! Several nodes with a Redis between them.

use std::time::{Duration, Instant};

use store::Settings;

/// How long anything may take that happens by itself.
pub const SOON: Duration = Duration::from_secs(10);

/// A node that shares what it reads. It waits for Redis longer than a real one, because the machine
/// is busy with other tests.
pub fn with_redis(url: &str) -> Settings {
    let redis = Some(url.parse().expect("an address"));
    Settings { redis, redis_patience: Duration::from_secs(2), ..Settings::default() }
}

/// Waits until it is so.
pub async fn soon(what: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + SOON;
    while !is_so() {
        assert!(Instant::now() < until, "not so after {SOON:?}: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// The same, where it takes a question to find out.
pub async fn soon_async(what: &str, is_so: impl AsyncFn() -> bool) {
    let until = Instant::now() + SOON;
    while !is_so().await {
        assert!(Instant::now() < until, "not so after {SOON:?}: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
