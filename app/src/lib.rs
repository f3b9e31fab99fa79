//! Quire's pages: one component tree, rendered by the server (`ssr`) and brought alive in the browser (`hydrate`).

pub mod home;
pub mod shell;

pub use shell::{App, shell};
