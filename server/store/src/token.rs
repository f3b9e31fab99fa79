//! Random tokens that let their holder in: 32 bytes, as 64 digits. Only their hashes are stored, so a reader of the
//! database can't use them.

use std::fmt;

use abreast_server::hex;
use sha2::{Digest, Sha256};

/// The secret of a link that lets its holder in.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkToken(String);

impl LinkToken {
    /// A new one.
    pub(crate) fn make() -> Self {
        Self(random())
    }

    /// The token in an address, if it has the form of one.
    pub fn parse(text: &str) -> Option<Self> {
        is_one(text).then(|| Self(text.to_owned()))
    }

    /// The text for the address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub(crate) fn hash(&self) -> String {
        hash(&self.0)
    }
}

impl fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkToken(…)")
    }
}

/// A new one.
pub(crate) fn random() -> String {
    hex(&rand::random::<[u8; 32]>())
}

/// Whether a text has the form of one.
pub(crate) fn is_one(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
}

/// What is stored of one.
pub(crate) fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}
