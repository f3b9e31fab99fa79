//! Random tokens that let their holder in: 32 bytes, as 64 digits. Only their hashes are stored, so a reader of the
//! database can't use them.

use abreast_server::hex;
use sha2::{Digest, Sha256};

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
