//! Seen, as a cookie: which log, and how far (rule 6).
//!
//! One cookie serves page loads and scripts alike, in every tab of a browser, which makes reads monotonic across tabs
//! too. The script may read it, because the script raises it.

use crate::{id::LogId, seq::Seq};

/// What follows the app's name.
const SEEN: &str = "-seen";
const PROOF: &str = "-seen-proof";

/// An app's two cookies about Seen, which begin with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenCookie {
    prefix: &'static str,
}

impl SeenCookie {
    /// The cookies of the app with this name.
    pub const fn with_prefix(prefix: &'static str) -> Self {
        Self { prefix }
    }

    /// The name of the cookie that a script raises.
    pub fn name(self) -> String {
        format!("{}{SEEN}", self.prefix)
    }

    /// Whether a cookie has that name.
    pub fn is(self, name: &str) -> bool {
        name.strip_prefix(self.prefix) == Some(SEEN)
    }

    /// Whether a cookie has the name of the one that proves a position: the same with the log's signature, raised by
    /// the server alone. A visitor may claim any position in the other; this one proves an older database under the
    /// nodes.
    pub fn is_proof(self, name: &str) -> bool {
        name.strip_prefix(self.prefix) == Some(PROOF)
    }

    /// The cookie to set.
    pub fn cookie(self, log: LogId, seq: Seq) -> String {
        format!("{}{SEEN}={log}.{seq}; Path=/; SameSite=Lax; Max-Age=2592000", self.prefix)
    }

    /// The proof to set.
    pub fn proof(self, log: LogId, seq: Seq, signature: &str) -> String {
        format!("{}{PROOF}={log}.{seq}.{signature}; Path=/; SameSite=Lax; HttpOnly; Max-Age=2592000", self.prefix)
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

    /// The position that a value claims to prove, and the signature; of another log, nothing.
    pub fn parse_proof(value: &str, log: LogId) -> Option<(Seq, &str)> {
        let (position, signature) = value.rsplit_once('.')?;
        let seq = Self::parse(position, log);
        (seq > Seq::ZERO).then_some((seq, signature))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COOKIE: SeenCookie = SeenCookie::with_prefix("example");

    /// The name and the value of a cookie to set.
    fn opened(cookie: &str) -> (&str, &str) {
        cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a name and a value")
    }

    #[test]
    fn positions_of_another_log_mean_nothing() {
        let (log, other) = (LogId::from_bits(1), LogId::from_bits(2));
        let cookie = COOKIE.cookie(log, Seq(42));
        let (_, value) = opened(&cookie);
        assert_eq!(SeenCookie::parse(value, log), Seq(42));
        assert_eq!(SeenCookie::parse(value, other), Seq(0));
        for hostile in ["", ".", "x.1", "0000000000001.-1", "0000000000001.99999999999999999999"] {
            assert_eq!(SeenCookie::parse(hostile, log), Seq(0), "{hostile:?}");
            assert_eq!(SeenCookie::parse_proof(hostile, log), None, "{hostile:?}");
        }
        let proof = COOKIE.proof(log, Seq(42), "abc");
        let (_, value) = opened(&proof);
        let (ours, theirs) = (SeenCookie::parse_proof(value, log), SeenCookie::parse_proof(value, other));
        assert_eq!((ours, theirs), (Some((Seq(42), "abc")), None));
    }

    #[test]
    fn a_cookie_is_known_by_its_name() {
        let log = LogId::from_bits(1);
        let (cookie, proof) = (COOKIE.cookie(log, Seq(1)), COOKIE.proof(log, Seq(1), "abc"));
        let (seen, proof) = (opened(&cookie).0, opened(&proof).0);
        assert_eq!((seen, proof), ("example-seen", "example-seen-proof"));
        assert_eq!(COOKIE.name(), seen);
        for (name, is, is_proof) in
            [(seen, true, false), (proof, false, true), ("example", false, false), ("another-seen", false, false)]
        {
            assert_eq!((COOKIE.is(name), COOKIE.is_proof(name)), (is, is_proof), "{name}");
        }
    }
}
