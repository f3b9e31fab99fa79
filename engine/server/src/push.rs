//! Push between nodes, over Redis: who commits says so, and the others know in a millisecond.
//!
//! It only makes things fast (rule 8). A message that is lost, doubled or late changes nothing: the
//! lease makes every node read the log, and a gap makes it read the log at once.

use std::{
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

use futures_util::StreamExt;
use redis::{AsyncCommands, ErrorKind, RedisError, RedisResult};
use tokio::{sync::mpsc, time::timeout};

use crate::{App, node::Node, nouns::LogRow, seal::Seal, secret::Purpose, shared::Link};

/// How many rows wait to be published at most.
const BACKLOG: usize = 1_024;

/// How long anything may take that is asked of Redis here. No request waits for it.
const REDIS_TIMEOUT: Duration = Duration::from_secs(1);

/// After so much silence Redis is asked whether it is still there.
const SILENCE: Duration = Duration::from_secs(5);

/// The pause before another attempt to subscribe doubles from the first to the last.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(5));

/// What this node has to say. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Push<A: App> {
    rows: mpsc::Sender<Arc<LogRow<A>>>,
    node: Weak<Node<A>>,
}

impl<A: App> Push<A> {
    /// Begins to publish, and to hear what other nodes publish about the same log.
    pub(crate) fn start(link: &Arc<Link>, node: &Arc<Node<A>>) -> Self {
        let channel = format!("{}:{}", A::NAME, node.log());
        let seal = Seal::new(node.secret(), Purpose::Commits);
        let (rows, queue) = mpsc::channel(BACKLOG);
        let node = Arc::downgrade(node);
        tokio::spawn(publish_all(Arc::clone(link), channel.clone(), seal.clone(), queue, node.clone()));
        tokio::spawn(hear_all(Arc::clone(link), channel, seal, node.clone()));
        Self { rows, node }
    }

    /// Tells the other nodes, as soon as it can: a commit does not wait for it.
    pub(crate) fn publish(&self, row: Arc<LogRow<A>>) {
        if self.rows.try_send(row).is_err() {
            failed(&self.node);
            tracing::debug!("more commits than Redis can pass on; the others read the log");
        }
    }
}

async fn publish_all<A: App>(
    link: Arc<Link>,
    channel: String,
    seal: Seal,
    mut queue: mpsc::Receiver<Arc<LogRow<A>>>,
    node: Weak<Node<A>>,
) {
    while let Some(row) = queue.recv().await {
        let publish = async {
            // Sealed: who can write Redis could make up commits, and read what they are about.
            let message = seal.seal(channel.as_bytes(), &serde_json::to_vec(&*row).unwrap_or_default());
            link.connection()?.publish::<_, _, ()>(&channel, message.unwrap_or_default()).await
        };
        if let Err(error) = within(REDIS_TIMEOUT, publish).await {
            tracing::debug!(%error, "a commit was not published");
            failed(&node);
            link.reconnect();
        }
    }
}

/// Subscribes again and again, until the node is gone.
async fn hear_all<A: App>(link: Arc<Link>, channel: String, seal: Seal, node: Weak<Node<A>>) {
    let (first, longest) = PAUSES;
    let mut pause = first;
    for attempt in 0.. {
        let began = Instant::now();
        match hear(&link, attempt, &channel, &seal, &node).await {
            Ok(()) => return,
            Err(error) => tracing::debug!(%error, "the subscription was cut"),
        }
        pause = if began.elapsed() > longest { first } else { (pause * 2).min(longest) };
        // Not all nodes at once.
        tokio::time::sleep(pause.mul_f64(rand::random_range(0.5..1.0))).await;
    }
}

/// Hears until the subscription is cut, or the node is gone.
async fn hear<A: App>(
    link: &Link,
    attempt: usize,
    channel: &str,
    seal: &Seal,
    node: &Weak<Node<A>>,
) -> RedisResult<()> {
    let client = link.address().client(attempt)?;
    let (mut sink, mut messages) = within(REDIS_TIMEOUT, client.get_async_pubsub()).await?.split();
    within(REDIS_TIMEOUT, sink.subscribe(channel)).await?;
    loop {
        let heard = timeout(SILENCE, messages.next()).await;
        let Some(node) = node.upgrade() else { return Ok(()) };
        match heard {
            Ok(Some(message)) => {
                if let Some(row) = row_of::<A>(seal, channel, message.get_payload_bytes()) {
                    node.hear(row);
                } else {
                    // Of a node of another version, perhaps, or made up: what was committed is in the log, which is
                    // read before anything is served.
                    tracing::debug!("a message on the commits' channel is no row that this version can open");
                    node.invalidation_failed();
                    node.revoke_lease();
                }
            }
            Ok(None) => return Err((ErrorKind::Io, "the connection was closed").into()),
            // A connection that is cut without a word looks like silence.
            Err(_) => within(REDIS_TIMEOUT, sink.ping::<()>()).await?,
        }
    }
}

/// The row in a message, if a node of this log sealed it and this version knows what it says.
fn row_of<A: App>(seal: &Seal, channel: &str, message: &[u8]) -> Option<LogRow<A>> {
    serde_json::from_slice(&seal.open(channel.as_bytes(), message)?).ok()
}

fn failed<A: App>(node: &Weak<Node<A>>) {
    if let Some(node) = node.upgrade() {
        node.invalidation_failed();
    }
}

async fn within<T>(patience: Duration, asked: impl Future<Output = RedisResult<T>>) -> RedisResult<T> {
    timeout(patience, asked).await.unwrap_or_else(|_| Err(RedisError::from((ErrorKind::Io, "no answer in time"))))
}
