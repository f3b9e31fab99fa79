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

/// The cookie that proves it: the same with our signature, raised by the server alone. Seen is raised by the script,
/// so a visitor may claim any position there; this one proves an older database under the nodes.
pub const PROOF: &str = "quire-seen-proof";

/// The proof to set.
pub fn proof(log: LogId, seq: Seq, signature: &str) -> String {
    format!("{PROOF}={log}.{seq}.{signature}; Path=/; SameSite=Lax; HttpOnly; Max-Age=2592000")
}

/// The position that a value claims to prove, and the signature; of another log, nothing.
pub fn parse_proof(value: &str, log: LogId) -> Option<(Seq, &str)> {
    let (position, signature) = value.rsplit_once('.')?;
    let seq = parse(position, log);
    (seq > Seq::ZERO).then_some((seq, signature))
}

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

/// The highest position that an answer shows, or at which it says "not there". The layer that raises Seen puts it
/// among a request's extensions.
#[derive(Debug, Clone, Default)]
pub struct Shown(Arc<Positions>);

#[derive(Debug, Default)]
struct Positions {
    shown: AtomicU64,
    told: AtomicU64,
}

impl Shown {
    /// Something of this position is in the answer.
    pub fn note(&self, seq: Seq) {
        self.0.shown.fetch_max(seq.0, Ordering::Relaxed);
        self.note_told(seq);
    }

    /// The answer says that the log was as far, and our script raises Seen by it.
    pub fn note_told(&self, seq: Seq) {
        self.0.told.fetch_max(seq.0, Ordering::Relaxed);
    }

    /// The highest position of all that it shows.
    pub fn highest(&self) -> Seq {
        Seq(self.0.shown.load(Ordering::Relaxed))
    }

    /// The highest of all that it says anything of.
    pub fn highest_told(&self) -> Seq {
        Seq(self.0.told.load(Ordering::Relaxed))
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
            assert_eq!(parse_proof(hostile, log), None, "{hostile:?}");
        }
        let proof = proof(log, Seq(42), "abc");
        let value = proof.split(['=', ';']).nth(1).expect("a value");
        assert_eq!((parse_proof(value, log), parse_proof(value, other)), (Some((Seq(42), "abc")), None));
    }
}
