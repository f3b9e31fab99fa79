//! The half that speaks HTTP: how a browser hears of commits.
//!
//! An app puts these into its own router: [`Live`] behind an address for web sockets.

mod live;

pub use self::live::{Heartbeat, Live};
