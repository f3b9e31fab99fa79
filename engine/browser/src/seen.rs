//! Seen, as a cookie: which log, and how far (rule 6). The tabs of a browser share it.

use abreast_core::{LogId, Seq};

/// The cookie's name.
pub(crate) fn name(app: &str) -> String {
    format!("{app}-seen")
}

/// The cookie to set.
pub(crate) fn cookie(app: &str, log: LogId, seq: Seq) -> String {
    format!("{app}-seen={log}.{seq}; Path=/; SameSite=Lax; Max-Age=2592000")
}

/// How far a value says that its browser has seen of this log; of another log, nothing.
pub(crate) fn parse(value: &str, log: LogId) -> Seq {
    value
        .split_once('.')
        .filter(|(of, _)| of.parse() == Ok(log))
        .and_then(|(_, seq)| seq.parse().ok())
        .map(Seq)
        .unwrap_or_default()
}
