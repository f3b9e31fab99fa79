//! The server: its configuration, its routes, and how it starts and stops.

pub mod config;
pub mod router;
pub mod serve;
