//! Quire's pages: one component tree, rendered by the server (`ssr`) and brought alive in the browser (`hydrate`).
//!
//! In reading order: the server functions, the browser's caches, and the pages.

pub mod api;
pub mod error;
#[cfg(feature = "ssr")]
pub mod asker;
#[cfg(feature = "ssr")]
pub mod attempts;
#[cfg(feature = "ssr")]
mod idempotency;
#[cfg(feature = "ssr")]
pub mod debug_access;
#[cfg(feature = "ssr")]
pub mod respond;
#[cfg(feature = "ssr")]
pub mod cookie;
#[cfg(feature = "ssr")]
pub mod session;
#[cfg(feature = "ssr")]
pub mod stand_in;
#[cfg(feature = "ssr")]
pub mod fragments;

pub mod app_shell;
pub mod boot;
pub mod bookmarks;
pub mod file_names;
pub mod sends_mail;
pub mod pending_sign_in;
#[cfg(feature = "ssr")]
mod recovery_sheet;
pub mod site_url;
pub mod bundle;
pub mod cache;
pub mod destination;
pub mod news;
mod page_number;
mod website;
mod places;
pub mod draft;
#[cfg(feature = "ssr")]
pub mod refused;
pub mod appearance;
pub mod typed;
pub mod way_back;

pub mod components;
pub mod pages;
pub mod shell;

pub use crate::{error::AppError, shell::shell};
