//! The log's secret: 32 random bytes beside the log's name, known to those who can read the database.
//!
//! It never leaves the node. Each use has a key of its own, derived from it, so that one use says nothing
//! about another's.

use std::fmt;

use abreast_core::Seq;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sqlx::{Any, Executor};

use crate::{App, Engine, Error, Result, hex::hex};

/// The secret.
#[derive(Clone)]
pub(crate) struct Secret([u8; 32]);

/// What a key is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    /// Answers in Redis.
    Answers,
    /// Word of commits, over Redis.
    Commits,
    /// Positions of the log that a browser brings back.
    Positions,
    /// Something of the app's own.
    Named(&'static str),
}

impl Purpose {
    /// Never changed: another text is another key.
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Answers => b"answers",
            Self::Commits => b"commits",
            Self::Positions => b"positions",
            Self::Named(name) => name.as_bytes(),
        }
    }
}

impl Secret {
    /// A new one, as the database keeps it.
    pub(crate) fn new_text() -> String {
        hex(&rand::random::<[u8; 32]>())
    }

    /// The one the database keeps.
    pub(crate) async fn fetch(db: impl Executor<'_, Database = Any>) -> Result<Self> {
        let text: String = sqlx::query_scalar("select secret from log_head").fetch_one(db).await?;
        Self::parse(&text).ok_or_else(|| Error::corrupt("the log's secret is not 64 hexadecimal digits"))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut secret = [0; 32];
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        for (byte, pair) in secret.iter_mut().zip(digits.chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(secret))
    }

    #[cfg(test)]
    pub(crate) const fn for_tests(byte: u8) -> Self {
        Self([byte; 32])
    }

    /// The key for one purpose (RFC 5869's expansion, of one block).
    pub(crate) fn derive(&self, purpose: Purpose) -> [u8; 32] {
        hmac(&self.0, &[purpose.label(), &[1]].concat()).finalize().into_bytes().into()
    }

    fn sign(&self, purpose: Purpose, text: &str) -> String {
        let signature = hmac(&self.derive(purpose), text.as_bytes()).finalize().into_bytes();
        hex(&signature[..16])
    }
}

/// Says nothing, so that no log and no panic tells it.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl<A: App> Engine<A> {
    /// A signature of a position of the log that a browser is told of.
    pub fn sign_position(&self, seq: Seq) -> String {
        self.node.secret().sign(Purpose::Positions, &seq.to_string())
    }

    /// A signature for a purpose of the app's own, by this name; the engine's own are `answers`, `commits` and
    /// `positions`. It says nothing of the text to its holder.
    pub fn sign(&self, purpose: &'static str, text: &str) -> String {
        self.node.secret().sign(Purpose::Named(purpose), text)
    }

    /// Whether a node of this log signed that text for that purpose.
    pub fn has_signed(&self, purpose: &'static str, text: &str, signature: &str) -> bool {
        is_same(&self.sign(purpose, text), signature)
    }

    /// Takes a position for one that was handed out, if a node of this log signed it: an older database under the
    /// nodes is found out by it. Costs nothing while this node is as far itself.
    pub async fn accept_position(&self, seq: Seq, signature: &str) {
        if self.watermark() < seq && is_same(&self.sign_position(seq), signature) {
            self.node.reaches(&self.database, seq).await;
        }
    }
}

/// Takes as long wherever they differ.
fn is_same(expected: &str, signature: &str) -> bool {
    let differ = expected.bytes().zip(signature.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b));
    expected.len() == signature.len() && differ == 0
}

fn hmac(key: &[u8; 32], text: &[u8]) -> Hmac<Sha256> {
    // A key shorter than a block is filled up with zeroes (RFC 2104).
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(text);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_secret_is() {
        let text = Secret::new_text();
        assert!(Secret::parse(&text).is_some());
        for broken in ["", &text[1..], &format!("{text}0"), &text.replace(|_: char| true, "g"), &"é".repeat(32)] {
            assert!(Secret::parse(broken).is_none(), "{broken}");
        }
    }

    #[test]
    fn each_purpose_has_its_key() {
        let (one, other) = (Secret([1; 32]), Secret([2; 32]));
        assert_ne!(one.derive(Purpose::Answers), one.derive(Purpose::Commits));
        assert_ne!(one.derive(Purpose::Answers), other.derive(Purpose::Answers));
        assert_eq!(one.derive(Purpose::Answers), Secret([1; 32]).derive(Purpose::Answers));
    }
}
