//! New connections take turns.
//!
//! A crowd asks at the same moment, and a request passes the runtime's queue several times until it is answered.
//! If a whole crowd stood in that queue, earlier readers, the follower of the log and the health checks would stand
//! behind all of it each time. So a connection's first request waits here, where waiting holds up no other request.

use std::{pin::pin, time::Duration};

use tokio::{sync::Semaphore, time::timeout};

/// How many first requests are begun and not yet answered.
const TOGETHER: usize = 64;
/// A turn is over after this, answered or not: a slow request holds up no other. So the last of 4,096 connections
/// begins after 3.2 s at the latest, when nothing is answered at all.
const TURN: Duration = Duration::from_millis(50);

/// A node on which newcomers wait longer than this is not ready. With what a render thread may take it is a second.
const SOON: Duration = Duration::from_millis(500);

/// Whose turn it is.
pub(super) struct Turns(Semaphore);

impl Turns {
    pub(super) fn new() -> Self {
        Self(Semaphore::new(TOGETHER))
    }

    /// Does this when it is its turn.
    pub(super) async fn take<T>(&self, answer: impl Future<Output = T>) -> T {
        let turn = self.0.acquire().await;
        let mut answer = pin!(answer);
        if let Ok(answer) = timeout(TURN, answer.as_mut()).await {
            return answer;
        }
        drop(turn);
        answer.await
    }

    /// Whether a connection that came now would have its turn soon.
    pub(super) async fn are_soon(&self) -> bool {
        timeout(SOON, self.0.acquire()).await.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use std::{future::pending, sync::Arc, time::Instant};

    use tokio::task::JoinSet;

    use super::*;

    /// So many turns that never end begin before, and a connection after them waits for as many turns.
    async fn check(before: usize, waits: u32, are_soon: bool) {
        let turns = Arc::new(Turns::new());
        let mut stuck = JoinSet::new();
        for _ in 0..before {
            let turns = turns.clone();
            stuck.spawn(async move { turns.take(pending::<()>()).await });
        }
        // The runtime comes back here after some sixty of them.
        for _ in 0..=before / 32 {
            tokio::task::yield_now().await;
        }
        let soon = {
            let turns = turns.clone();
            tokio::spawn(async move { turns.are_soon().await })
        };
        let began = Instant::now();
        assert_eq!(turns.take(async { 7 }).await, 7);
        let waited = began.elapsed();
        // Timers are late on a busy machine, and never early.
        assert!((TURN * waits..TURN * (waits + 4)).contains(&(waited + TURN / 10)), "{before} before: {waited:?}");
        assert_eq!(soon.await.expect("an answer"), are_soon, "{before} before");
    }

    #[tokio::test]
    async fn nobody_waits_for_what_does_not_end() {
        check(0, 0, true).await;
        check(TOGETHER - 1, 0, true).await;
        check(TOGETHER, 1, true).await;
        check(TOGETHER * 3 + 1, 3, true).await;
        check(TOGETHER * 12 + 1, 12, false).await;
    }
}
