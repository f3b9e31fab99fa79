//! PostgreSQL, Redis and a network for tests: started from the installed programs, each in a temporary folder
//! at a free port of this machine, and gone when the process that started them is, however it ends.
//!
//! [`postgres`] and [`redis`] are there for all tests of a process. Who wants to kill or pause a
//! server starts one of its own: [`Postgres::start`], [`Redis::start`]. Who wants to cut the cables
//! between them lays a [`Network`]. A [`Wire`] before a service takes no root: it counts, slows and cuts what
//! goes through it.
//!
//! # Panics
//! Both services, when one is not installed or does not start: a test that needs one fails, it is
//! never skipped. A network may be forbidden here, and then says so.

mod folder;
mod installed;
mod keeper;
mod network;
mod postgres;
mod psql;
mod redis;
mod server;
mod wire;

use std::sync::OnceLock;

pub use crate::{
    folder::folder,
    network::{Network, Side},
    postgres::{Database, Postgres},
    redis::Redis,
    server::free_port,
    wire::{Mode, Wire},
};

/// The PostgreSQL of this process.
pub fn postgres() -> &'static Postgres {
    static SHARED: OnceLock<Postgres> = OnceLock::new();
    SHARED.get_or_init(Postgres::start)
}

/// The Redis of this process. Tests that share it keep to keys of their own.
pub fn redis() -> &'static Redis {
    static SHARED: OnceLock<Redis> = OnceLock::new();
    SHARED.get_or_init(Redis::start)
}
