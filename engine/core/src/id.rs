//! Ids: 64 random bits, a type for each noun, thirteen letters and digits in text.
//!
//! They are `Copy`, so tags and keys of them are, too.

use std::fmt;

/// Crockford's base 32: no `i`, `l`, `o` or `u`, so ids survive being read aloud.
/// Source: <https://www.crockford.com/base32.html>.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Thirteen digits of five bits hold 64 bits.
const LENGTH: usize = 13;

/// The text is not an id: wrong length or a letter outside the alphabet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That is not the name of anything here.")]
pub struct NotAnId;

/// Makes a type for each id, with its text in both directions. An app names its own nouns with it.
#[macro_export]
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u64);

        impl $name {
            /// The id with these bits.
            pub const fn from_bits(bits: u64) -> Self {
                Self(bits)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::write_base32(self.0, f)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::NotAnId;
            fn from_str(text: &str) -> Result<Self, $crate::NotAnId> {
                $crate::read_base32(text).map(Self)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = ::std::borrow::Cow::<str>::deserialize(from)?;
                text.parse().map_err(::serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// One run of the invalidation log: a new database is a new log, and old positions mean nothing in it.
    LogId
}

/// Writes 64 bits in thirteen digits. For [`ids!`].
#[doc(hidden)]
pub fn write_base32(bits: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut text = [0u8; LENGTH];
    for (place, letter) in text.iter_mut().rev().enumerate() {
        *letter = ALPHABET[usize::try_from((bits >> (place * 5)) & 31).unwrap_or_default()];
    }
    f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
}

/// Reads them back. For [`ids!`].
#[doc(hidden)]
pub fn read_base32(text: &str) -> Result<u64, NotAnId> {
    if text.len() != LENGTH {
        return Err(NotAnId);
    }
    text.bytes().try_fold(0u64, |bits, letter| {
        let digit = ALPHABET.iter().position(|&known| known == letter).ok_or(NotAnId)?;
        // The first digit has room for four bits only; a larger one would be a second name for an id.
        bits.checked_mul(32).and_then(|bits| bits.checked_add(digit as u64)).ok_or(NotAnId)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_and_back(bits: u64) {
            let id = LogId::from_bits(bits);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn what_is_not_an_id() {
        for text in ["", "0", "zzzzzzzzzzzzz", "000000000000!", "0000000000000\u{0}", "ÄÖÜÄÖÜa"] {
            assert_eq!(text.parse::<LogId>(), Err(NotAnId), "{text:?}");
        }
    }
}
