//! Writes to Redis: one after the other, off everybody's path.

use std::{
    sync::{Arc, LazyLock},
    time::Instant,
};

use abreast_core::{
    Key,
    observe::metrics::{Outcome, Tier},
};
use redis::{AsyncCommands, Script};
use tokio::sync::mpsc;

use super::{Guarded, Unanswered, payload};
use crate::metrics::Metrics;

/// No request waits for a write, so it may take longer than an answer.
const WRITE_TIMEOUT_FACTOR: u32 = 10;

/// Rule 4 in Redis itself, where no two writers come between each other: an older answer never
/// takes the place of a newer one. The payload begins with its position in decimal digits, so that
/// nothing must be decoded here; a value that begins otherwise is no answer, and gives way. One key, so that
/// it runs on any cluster.
static KEEP: LazyLock<Script> = LazyLock::new(|| {
    Script::new(&format!(
        "local held = tonumber(redis.call('GETRANGE', KEYS[1], 0, {last}))
         if held and held > tonumber(string.sub(ARGV[1], 1, {digits})) then return 0 end
         redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
         return 1",
        last = payload::DIGITS - 1,
        digits = payload::DIGITS,
    ))
});

/// Something to be done.
pub(super) enum Write {
    /// Keep this.
    Keep { key: Key, name: String, encode: Box<dyn FnOnce() -> Option<Vec<u8>> + Send>, keep_for: i64 },
    /// Forget this.
    Discard { key: Key, name: String },
}

/// Does the work in its queue until the queue has no sender left.
pub(super) async fn write_all(redis: Arc<Guarded>, mut queue: mpsc::Receiver<Write>, metrics: Arc<Metrics>) {
    while let Some(write) = queue.recv().await {
        let began = Instant::now();
        let (key, written) = match write {
            // Not even encoded while the circuit breaker is open; readers find out when it is back.
            Write::Keep { .. } | Write::Discard { .. } if !redis.breaker().is_closed() => continue,
            Write::Keep { key, name, encode, keep_for } => {
                let Some(payload) = encode() else { continue };
                (key, keep(&redis, &name, &payload, keep_for).await)
            }
            Write::Discard { key, name } => {
                let unlink = async |mut connection: super::link::Connection| connection.unlink(&name).await;
                (key, redis.ask(redis.patience * WRITE_TIMEOUT_FACTOR, unlink).await)
            }
        };
        if let Err(error) = written {
            tracing::debug!(%key, %error, "not kept in Redis");
            metrics.timed(Tier::Redis, Outcome::Error, &key, began);
        }
    }
}

async fn keep(redis: &Guarded, name: &str, payload: &[u8], keep_for: i64) -> Result<(), Unanswered> {
    let mut invocation = KEEP.prepare_invoke();
    invocation.key(name).arg(payload).arg(keep_for);
    redis
        .ask(redis.patience * WRITE_TIMEOUT_FACTOR, async |mut connection| {
            invocation.invoke_async(&mut connection).await
        })
        .await
}
