//! The server's half: what a server function answers with, and what its answer says of the log.
//!
//! A server function is: who asks, one call of the app's store, and [`read`] or [`written`].

mod serve;
mod read;
mod written;
mod visit;
mod refetch;
mod recheck;
mod catch_up;
mod headers;

pub use self::{
    catch_up::catch_up,
    headers::{set_status, shows},
    read::read,
    recheck::recheck,
    serve::{Asker, Serve},
    visit::{AskedKey, Visit},
    written::written,
};
