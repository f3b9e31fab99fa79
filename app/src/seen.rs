//! Seen, as a cookie: which log, and how far (rule 6).
//!
//! One cookie serves page loads and server functions alike, in every tab of a browser, which makes
//! reads monotonic across tabs too. The script may read it, because the script raises it.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use domain::{LogId, Seq};

/// The cookie's name.
pub const COOKIE: &str = "quire-seen";

/// The cookie to set.
pub fn cookie(log: LogId, seq: Seq) -> String {
    format!("{COOKIE}={log}.{seq}; Path=/; SameSite=Lax; Max-Age=2592000")
}

/// How far a value says that its browser has seen of this log; of another log, nothing.
pub fn parse(value: &str, log: LogId) -> Seq {
    value
        .split_once('.')
        .filter(|(of, _)| of.parse() == Ok(log))
        .and_then(|(_, seq)| seq.parse().ok())
        .map(Seq)
        .unwrap_or_default()
}

/// The highest position of what an answer shows, or says is not there. Put among a request's extensions by
/// whoever raises Seen by it.
#[derive(Debug, Clone, Default)]
pub struct Shown(Arc<AtomicU64>);

impl Shown {
    /// Something of this position is in the answer.
    pub fn note(&self, seq: Seq) {
        self.0.fetch_max(seq.0, Ordering::Relaxed);
    }

    /// The highest of all that is.
    pub fn highest(&self) -> Seq {
        Seq(self.0.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_of_another_log_mean_nothing() {
        let (log, other) = (LogId::from_bits(1), LogId::from_bits(2));
        let cookie = cookie(log, Seq(42));
        let value = cookie.split(['=', ';']).nth(1).expect("a value");
        assert_eq!(parse(value, log), Seq(42));
        assert_eq!(parse(value, other), Seq(0));
        for hostile in ["", ".", "x.1", "0000000000001.-1", "0000000000001.99999999999999999999"] {
            assert_eq!(parse(hostile, log), Seq(0), "{hostile:?}");
        }
    }
}
