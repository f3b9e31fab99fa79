//! A connection to Redis that is made again whenever it is lost. No request waits for that.

use std::{
    io,
    sync::{
        Arc, PoisonError, RwLock, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use redis::{
    Cmd, Pipeline, RedisFuture, RedisResult, Value,
    aio::{ConnectionLike, MultiplexedConnection},
    cluster_async::ClusterConnection,
};

use super::RedisAddress;

/// How long making a connection may take.
pub(super) const CONNECTING: Duration = Duration::from_secs(1);

/// How long to wait between attempts. One attempt a second costs next to nothing.
const PAUSE: Duration = Duration::from_millis(500);

/// A connection to one server, or to a cluster. Cheap to clone: all clones share it.
#[derive(Clone)]
pub(crate) enum Connection {
    Single(MultiplexedConnection),
    Cluster(ClusterConnection),
}

/// The connection, while there is one.
pub(crate) struct Link {
    address: RedisAddress,
    connection: RwLock<Option<Connection>>,
    is_connecting: AtomicBool,
    this: Weak<Self>,
}

impl Link {
    /// Connects. If that takes too long, it goes on in the background: Redis is no condition for
    /// anything.
    pub(crate) async fn open(address: RedisAddress) -> Arc<Self> {
        let new = |this: &Weak<Self>| Self {
            address,
            connection: RwLock::default(),
            is_connecting: AtomicBool::new(false),
            this: Weak::clone(this),
        };
        let link = Arc::new_cyclic(new);
        if !link.connect().await {
            tracing::warn!("Redis can't be reached; going on without it until it can");
            link.reconnect();
        }
        link
    }

    /// Where it leads.
    pub(crate) fn address(&self) -> &RedisAddress {
        &self.address
    }

    /// The connection. None at the moment is an error like any other.
    pub(crate) fn connection(&self) -> RedisResult<Connection> {
        let connection = self.connection.read().unwrap_or_else(PoisonError::into_inner).clone();
        connection.ok_or_else(|| io::Error::from(io::ErrorKind::NotConnected).into())
    }

    /// Drops the connection and makes another in the background, however often it takes.
    pub(crate) fn reconnect(&self) {
        self.put(None);
        if self.is_connecting.swap(true, Ordering::AcqRel) {
            return;
        }
        let link = Weak::clone(&self.this);
        tokio::spawn(async move {
            while let Some(link) = link.upgrade() {
                if link.connect().await {
                    link.is_connecting.store(false, Ordering::Release);
                    return;
                }
                drop(link);
                tokio::time::sleep(PAUSE).await;
            }
        });
    }

    async fn connect(&self) -> bool {
        let connected = tokio::time::timeout(CONNECTING, self.address.connect()).await;
        let connection = connected.ok().and_then(|connected| {
            connected.inspect_err(|error| tracing::debug!(%error, "Redis can't be reached")).ok()
        });
        let is_connected = connection.is_some();
        self.put(connection);
        is_connected
    }

    fn put(&self, connection: Option<Connection>) {
        *self.connection.write().unwrap_or_else(PoisonError::into_inner) = connection;
    }
}

impl ConnectionLike for Connection {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        match self {
            Self::Single(connection) => connection.req_packed_command(command),
            Self::Cluster(connection) => connection.req_packed_command(command),
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        commands: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        match self {
            Self::Single(connection) => connection.req_packed_commands(commands, offset, count),
            Self::Cluster(connection) => connection.req_packed_commands(commands, offset, count),
        }
    }

    fn get_db(&self) -> i64 {
        match self {
            Self::Single(connection) => connection.get_db(),
            Self::Cluster(connection) => connection.get_db(),
        }
    }
}
