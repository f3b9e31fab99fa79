//! Server functions: who is it, one store call, its envelope. `docs/api.md` lists them.
#![expect(missing_docs, reason = "`#[server]` makes a public field of every argument, whose name says what it is")]

pub mod accounts;
pub mod caches;
pub mod community;
pub mod import;
pub mod reading;
pub mod studio;
pub mod theme;
