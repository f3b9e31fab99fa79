//! The server: its configuration, its routes, and how it starts and stops.

pub mod config;
pub mod telemetry;
pub mod serve;
pub mod router;
pub mod alerts;
pub mod admin;

mod request_timing;
mod asking;
pub mod budget;
pub mod budgets;
pub mod live;
mod health;
mod exporter;
mod headers;
mod content_policy;
mod idempotency;
mod limits;
mod page_cache;
mod plain_forms;
mod one_thread;
mod render_threads;
mod files;
mod found;
pub mod proxies;
mod releases;
pub mod mail;
mod connections;
mod same_origin;
pub mod site;
mod style;
mod targets;
mod upkeep;

mod export;
pub mod import;
pub mod backup;
pub mod check;
