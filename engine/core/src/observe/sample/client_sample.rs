//! What a browser says of an answer that it showed, and what it is told about it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Finding;
use crate::fnv::fnv;

/// When a browser showed an answer, and how it read. Clocks differ, so time is told as durations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientSample {
    /// Milliseconds since it was shown, when this is sent. On its way it grows older.
    pub ago: i64,
    /// A node's time that the browser had before, and how many milliseconds before it showed the answer.
    pub after: Option<(NodeTime, i64)>,
    /// How it read; nothing if that is not to be compared.
    pub hash: Option<ContentHash>,
}

/// What a browser is told about an answer that it showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "T: crate::Noun")]
pub struct Checked<T> {
    /// What was found.
    pub finding: Finding<T>,
    /// Now, as the node that says so counts.
    pub node_time: NodeTime,
}

/// A moment of one node. Its receiver's moment is later than this one. With a duration added, that is enough to say
/// when something happened after it, however long messages take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeTime {
    /// Which node, and which start of it; unique to that.
    pub node: u64,
    /// Milliseconds since then.
    pub at: i64,
}

/// How an answer reads, in 64 bits: the FNV-1a hash of its JSON. Good against accident, not malice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContentHash(u64);

/// The text is no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("A content hash is sixteen hexadecimal digits.")]
pub struct NotAHash;

impl ContentHash {
    /// Of an answer's JSON.
    pub fn of(json: &str) -> Self {
        Self(fnv(json))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl From<ContentHash> for String {
    fn from(hash: ContentHash) -> Self {
        hash.to_string()
    }
}

impl TryFrom<String> for ContentHash {
    type Error = NotAHash;
    fn try_from(text: String) -> Result<Self, NotAHash> {
        let is_hex = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u64::from_str_radix(&text, 16).ok().filter(|_| is_hex);
        number.map(Self).ok_or(NotAHash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hash's own test vectors.
    #[test]
    fn prints() {
        for (text, expected) in [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8")] {
            assert_eq!(ContentHash::of(text).to_string(), expected);
            assert_eq!(ContentHash::try_from(expected.to_owned()), Ok(ContentHash::of(text)));
        }
        for hostile in ["", "+f63dc4c8601ec8c", "af63dc4c8601ec8c0", "zz63dc4c8601ec8c"] {
            assert_eq!(ContentHash::try_from(hostile.to_owned()), Err(NotAHash), "{hostile:?}");
        }
    }
}
