//! Chance that can be had again: bytes, words that have hurt other programs before, and texts that were hurt.

use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};

/// What parsers, databases, file systems and templates have stumbled over.
const WORDS: &[&str] = &[
    "",
    "%",
    "%0",
    "%00",
    "%ff%fe",
    "%C0%AF",
    "%F0%9F%93%96",
    "%25%30%30",
    "%2e%2e%2f",
    "../",
    "..\\",
    "//",
    "/./",
    ";",
    "&",
    "&&=",
    "=",
    "?",
    "#",
    "+",
    "\0",
    "\t",
    "\u{7f}",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{fffd}",
    "\u{1f4d6}",
    "e\u{301}\u{301}\u{301}",
    "'",
    "\"",
    "\\",
    "\\ud800",
    "\\u0000",
    "' or 1=1 --",
    "<script>",
    "{{",
    "${x}",
    "[",
    "[[[[[[[[",
    "{",
    "}",
    "null",
    "true",
    "-1",
    "0",
    "00",
    "1e999",
    "4294967296",
    "9223372036854775807",
    "18446744073709551616",
    "99999999999999999999999999999999",
    "NaN",
    "0x10",
    "0000000000000",
    "0000000000007",
    "zzzzzzzzzzzzz",
    "7zzzzzzzzzzzzz",
    "page=",
    "genre=",
    "under=",
    "__path=/api/sign_in",
    "__err=",
    "__sig=",
    "quire-session=",
    "quire-seen=",
    "W/\"",
    "*",
    "bytes=0-",
    "bytes=-1",
    "bytes=18446744073709551615-",
    "text/html",
    "application/json",
    "gzip;q=0",
    "identity;q=0, *;q=0",
    "http://[::1",
    "https://elsewhere.example",
];

/// A source of chance.
pub(crate) struct Chance(StdRng);

impl Chance {
    /// That of this request alone, so that it can be sent again without those before it.
    pub(crate) fn new(seed: u64, index: usize) -> Self {
        Self(StdRng::seed_from_u64(seed ^ (index as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }

    /// Whether that happens which happens once in so many times.
    pub(crate) fn once_in(&mut self, times: u32) -> bool {
        self.0.random_ratio(1, times)
    }

    /// A number below this.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end)
    }

    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        all.choose(&mut self.0).expect("something to choose from")
    }

    /// Any bytes: few as a rule, and now and then more than fit.
    pub(crate) fn bytes(&mut self) -> Vec<u8> {
        let most = *self.one_of(&[1, 4, 16, 64, 300]);
        let length = self.below(most + 1);
        if self.once_in(50) {
            let letter = self.0.random();
            return vec![letter; *self.one_of(&[256, 4_096, 9_000, 20_000])];
        }
        (0..length).map(|_| self.0.random()).collect()
    }

    /// A word, or any bytes.
    pub(crate) fn word(&mut self) -> Vec<u8> {
        if self.once_in(4) { self.bytes() } else { self.one_of(WORDS).as_bytes().to_vec() }
    }

    /// The text with a few hurts, or without.
    pub(crate) fn hurt(&mut self, mut text: Vec<u8>) -> Vec<u8> {
        for _ in 0..*self.one_of(&[0, 1, 1, 2, 5]) {
            let (a, b) = (self.below(text.len() + 1), self.below(text.len() + 1));
            let (from, to) = (a.min(b), a.max(b));
            match self.below(6) {
                0 => text.truncate(from),
                1 => drop(text.splice(from..from, self.word())),
                2 => drop(text.splice(from..to.min(from + 20), self.word())),
                3 => drop(text.drain(from..to.min(from + 20))),
                4 => text.extend_from_within(from..to),
                _ if from < text.len() => text[from] ^= 1 << self.below(8),
                _ => {}
            }
        }
        text
    }
}
