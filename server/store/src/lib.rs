//! Where the library is kept: every statement of SQL, and the tiers between the database and a query.
//!
//! In reading order: the database, how it is written ([`Tx`]) and read ([`Reader`]), what is kept
//! of it in memory, and one file for each noun.

mod error;
mod clock;
mod database;

mod log;
mod node;
mod tx;
#[cfg(debug_assertions)]
mod touched;

mod reader;
mod load;
mod flight;
mod memory;
mod metrics;
mod fetch;

mod row;
mod access;
mod order;

mod account;
mod session;
mod story;
mod part;
mod chapter;
mod scene;
mod manuscript;
mod bookshelf;
mod character;
mod setting;
mod cast;
mod import;

mod shelves;
mod post;
mod comment;
mod like;
mod demo;

use std::sync::Arc;

pub use crate::{
    database::Address, error::Error, fetch::Fetched, load::Load, metrics::MemoryReport, reader::Reader,
    session::SessionToken, tx::Tx,
};
use crate::{database::Database, flight::Flights, memory::Memory, metrics::Metrics, node::Node};

/// The result of everything here.
pub type Result<T> = std::result::Result<T, Error>;

/// The library, and this node's caches of it. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    database: Database,
    node: Arc<Node>,
    memory: Arc<Memory>,
    flights: Arc<Flights>,
    metrics: Arc<Metrics>,
}

impl Store {
    /// Opens the database, brings its tables up to date and begins to follow its log.
    pub async fn open(address: &Address) -> Result<Self> {
        let database = Database::open(address).await?;
        let node = Node::start(&database).await?;
        Ok(Self {
            database,
            node: Arc::new(node),
            memory: Arc::default(),
            flights: Arc::default(),
            metrics: Arc::default(),
        })
    }
}
