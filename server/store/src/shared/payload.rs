//! An Entry as Redis keeps it: its position in decimal digits, a byte for the format, then postcard,
//! which is smaller than JSON for lists, the same for a chapter's text, and sooner read. Not compressed
//! on top: that would cost each reader what it saves Redis.

use domain::{Entry, Seq};
use serde::{Serialize, de::DeserializeOwned};

/// How many digits a position has here: as many as Lua's numbers hold exactly.
pub(super) const DIGITS: usize = 15;

/// Raised when what follows the digits changes for all queries. A query's own shape is in its key.
const FORMAT: u8 = 1;

pub(super) fn encode<T: Serialize>(entry: &Entry<T>) -> Option<Vec<u8>> {
    let mut bytes = format!("{:0DIGITS$}", entry.as_of.0).into_bytes();
    if bytes.len() > DIGITS {
        return None;
    }
    bytes.push(FORMAT);
    postcard::to_extend(entry, bytes).ok()
}

/// The Entry, or nothing if these bytes are not all of one that this program wrote.
pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<Entry<T>> {
    let (digits, rest) = bytes.split_at_checked(DIGITS)?;
    let as_of: u64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let (&format, rest) = rest.split_first()?;
    let (entry, left_over) = postcard::take_from_bytes::<Entry<T>>(rest).ok()?;
    (format == FORMAT && left_over.is_empty() && entry.as_of == Seq(as_of)).then_some(entry)
}

#[cfg(test)]
mod tests {
    use domain::{Area, ChapterId, Format, Genre, Millis, PostId, StoryId, Tag, Tags, UserId};

    use super::*;

    fn entry(as_of: u64) -> Entry<String> {
        Entry { value: "told".to_owned(), tags: Tags::of(Tag::Feed, []), as_of: Seq(as_of), stored_at: Millis(7) }
    }

    /// Another version's node must not take one tag for another: where each stands is never changed.
    #[test]
    fn tags_keep_their_place() {
        let (story, user, post) = (StoryId::from_bits(1), UserId::from_bits(2), PostId::from_bits(3));
        for (tag, place) in [
            (Tag::Story(story), 0),
            (Tag::Contents(story), 1),
            (Tag::Chapter(ChapterId::from_bits(4)), 3),
            (Tag::Likes(story), 8),
            (Tag::Shelves, 9),
            (Tag::Shelf(Format::Comic, Genre::Horror), 10),
            (Tag::Author(user), 11),
            (Tag::Feed, 12),
            (Tag::Talk(story), 13),
            (Tag::Post(post), 14),
            (Tag::Viewer(user), 15),
            (Tag::Area(Area::Reading), 16),
            (Tag::Listed(story), 17),
            (Tag::Posted(post), 18),
        ] {
            assert_eq!(postcard::to_allocvec(&tag).expect("bytes").first(), Some(&place), "{tag}");
        }
    }

    #[test]
    fn payloads() {
        let sound = encode(&entry(42)).expect("bytes");
        assert!(sound.starts_with(b"000000000000042\x01"));
        let check = |bytes: &[u8], expected: Option<Entry<String>>| assert_eq!(decode(bytes), expected, "{bytes:?}");
        check(&sound, Some(entry(42)));
        for length in 0..sound.len() {
            check(&sound[..length], None);
        }
        check(&[&sound[..], b"!"].concat(), None);
        check(&sound.iter().map(|&byte| if byte == FORMAT { 9 } else { byte }).collect::<Vec<_>>(), None);
        check(&[b"000000000000043", &sound[DIGITS..]].concat(), None);
        check(b"somebody else's value, which is longer than that", None);
        assert_eq!(encode(&entry(u64::MAX)), None, "more digits than Lua can compare");
    }
}
