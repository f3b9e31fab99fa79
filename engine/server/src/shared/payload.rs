//! An Entry as Redis keeps it: its position in decimal digits, a byte for the format, then postcard,
//! which is smaller than JSON for lists, the same for a long text, and sooner read. Not compressed
//! on top: that would cost each reader what it saves Redis. Sealed, because drafts lie here, and because
//! what comes back is put into pages.

use abreast_core::{Entry, Noun, Seq};
use serde::{Serialize, de::DeserializeOwned};

use crate::seal::Seal;

/// How many digits a position has here: as many as Lua's numbers hold exactly.
pub(super) const DIGITS: usize = 15;

/// Raised when what follows the digits changes for all queries. A query's own shape is in its key.
const FORMAT: u8 = 2;

/// The bytes to keep under this name, and under no other.
pub(super) fn encode<V: Serialize, T: Noun>(seal: &Seal, name: &str, entry: &Entry<V, T>) -> Option<Vec<u8>> {
    let mut bytes = format!("{:0DIGITS$}", entry.as_of.0).into_bytes();
    if bytes.len() > DIGITS {
        return None;
    }
    bytes.push(FORMAT);
    let sealed = seal.seal(name.as_bytes(), &postcard::to_allocvec(entry).ok()?)?;
    bytes.extend(sealed);
    Some(bytes)
}

/// The Entry, or nothing if these bytes are not all of one that a node of this log wrote under this name.
pub(super) fn decode<V: DeserializeOwned, T: Noun>(seal: &Seal, name: &str, bytes: &[u8]) -> Option<Entry<V, T>> {
    let (digits, rest) = bytes.split_at_checked(DIGITS)?;
    let as_of: u64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let (&format, sealed) = rest.split_first()?;
    if format != FORMAT {
        return None;
    }
    let opened = seal.open(name.as_bytes(), sealed)?;
    let (entry, left_over) = postcard::take_from_bytes::<Entry<V, T>>(&opened).ok()?;
    (left_over.is_empty() && entry.as_of == Seq(as_of)).then_some(entry)
}

#[cfg(test)]
mod tests {
    use abreast_core::{Millis, Tags};

    use super::*;
    use crate::{
        example::Tag,
        secret::{Purpose, Secret},
    };

    fn entry(as_of: u64) -> Entry<String, Tag> {
        Entry { value: "told".to_owned(), tags: Tags::of(Tag::List, []), as_of: Seq(as_of), stored_at: Millis(7) }
    }

    #[test]
    fn payloads() {
        let (seal, name) = (Seal::new(&Secret::for_tests(1), Purpose::Answers), "example:a:b");
        let sound = encode(&seal, name, &entry(42)).expect("bytes");
        assert!(sound.starts_with(b"000000000000042\x02"));
        assert!(!sound.windows(4).any(|bytes| bytes == b"told"), "nothing lies there in clear");
        let check = |bytes: &[u8], expected: Option<Entry<String, Tag>>| {
            assert_eq!(decode(&seal, name, bytes), expected, "{bytes:?}");
        };
        check(&sound, Some(entry(42)));
        for length in 0..sound.len() {
            check(&sound[..length], None);
        }
        check(&[&sound[..], b"!"].concat(), None);
        check(&[&sound[..DIGITS], &[9], &sound[DIGITS + 1..]].concat(), None);
        check(&[b"000000000000043", &sound[DIGITS..]].concat(), None);
        check(b"another program's value, which is longer than that", None);
        assert_eq!(decode::<String, Tag>(&seal, "example:a:c", &sound), None, "moved to another key");
        assert_eq!(encode(&seal, name, &entry(u64::MAX)), None, "more digits than Lua can compare");
    }
}
