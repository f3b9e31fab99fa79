//! Seals what leaves the node for Redis, where others can read and write: nothing in it can be read, changed or
//! moved to another place without the log's secret.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};

use crate::secret::{Purpose, Secret};

/// 24 bytes can be chosen by chance for every message that there will ever be.
const NONCE: usize = 24;

/// Seals and opens for one purpose. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Seal(XChaCha20Poly1305);

impl Seal {
    /// With this log's key.
    pub(crate) fn new(secret: &Secret, purpose: Purpose) -> Self {
        Self(XChaCha20Poly1305::new(&secret.derive(purpose).into()))
    }

    /// Seals `text` for `place`. `None` only beyond 256 GB.
    pub(crate) fn seal(&self, place: &[u8], text: &[u8]) -> Option<Vec<u8>> {
        let nonce = rand::random::<[u8; NONCE]>();
        let sealed = self.0.encrypt(&XNonce::from(nonce), Payload { msg: text, aad: place }).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// What was sealed for this place; `None` if it was not, or was changed since.
    pub(crate) fn open(&self, place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        self.0.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: place }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens() {
        let secret = Secret::for_tests(1);
        let seal = Seal::new(&secret, Purpose::Answers);
        let sealed = seal.seal(b"here", b"a draft").expect("sealed");
        let check = |seal: &Seal, place: &[u8], sealed: &[u8], expected: Option<&[u8]>| {
            assert_eq!(seal.open(place, sealed).as_deref(), expected);
        };
        check(&seal, b"here", &sealed, Some(b"a draft"));
        check(&seal, b"there", &sealed, None);
        check(&Seal::new(&secret, Purpose::Commits), b"here", &sealed, None);
        check(&Seal::new(&Secret::for_tests(2), Purpose::Answers), b"here", &sealed, None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            check(&seal, b"here", &changed, None);
            check(&seal, b"here", &sealed[..at], None);
        }
        assert_ne!(seal.seal(b"here", b"a draft"), Some(sealed), "twice the same looks different");
    }
}
