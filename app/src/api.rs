//! Server functions: who is it, one store call, its envelope. `docs/api.md` says what each takes and answers.
#![expect(missing_docs, reason = "`#[server]` makes a public field of every argument, whose name says what it is")]
#![cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "a server function is async, whether or not it waits")
)]

pub mod accounts;
pub mod caches;
pub mod community;
pub mod import;
pub mod moderation;
pub mod queries;
pub mod reading;
pub mod second_factor;
pub mod silence;
pub mod site;
pub mod studio;
pub mod appearance;
