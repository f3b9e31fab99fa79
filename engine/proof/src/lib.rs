//! The rules of `docs/ARCHITECTURE.md`, checked.
//!
//! Two ways of looking at one thing: the very code that judges in the product (`Follower`, `ClientCache`,
//! `Entry`, `CatchUp`), with nodes, a database, a shared tier and a network around it that are plain
//! values. [`model`] visits every interleaving of a small world; [`sim`] plays chance schedules of a
//! larger one, with faults, and has each answer checked by an oracle that knows only the history.
//!
//! In reading order: the rows, the server's half, the browser's half, the two checks.

mod nouns;
pub mod broken;
pub mod clocks;
pub mod rows;
pub mod database;
pub mod shared;
pub mod node;
pub mod reading;
pub mod tab;
pub mod promise;

pub mod model;
pub mod sim;
