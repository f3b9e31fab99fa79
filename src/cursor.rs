//! Cursors: where a page of a list ends, so that the next one goes on from there, whatever came meanwhile.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ids::StoryId;

/// The last thing of a page: what it is put in order by, and its id. Opaque to clients, as in `0a1b2c3d4e5f6.1792`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String", bound = "Id: fmt::Display + FromStr + Clone")]
pub struct Cursor<Id> {
    /// What the list is put in order by: a moment, or a count.
    pub key: i64,
    /// Which of those with the same key.
    pub id: Id,
}

/// Where a page of stories ends.
pub type StoryCursor = Cursor<StoryId>;

/// The text is no cursor: a sentence for the person who made it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("There is no page of that name. Please begin at the first one.")]
pub struct NotACursor;

impl<Id: fmt::Display> fmt::Display for Cursor<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.id, self.key)
    }
}

impl<Id: FromStr> FromStr for Cursor<Id> {
    type Err = NotACursor;
    fn from_str(text: &str) -> Result<Self, NotACursor> {
        // The longest number has 20 characters, and an id 13.
        let (id, key) = text.split_once('.').filter(|_| text.len() <= 40).ok_or(NotACursor)?;
        Ok(Self { key: key.parse().map_err(|_| NotACursor)?, id: id.parse().map_err(|_| NotACursor)? })
    }
}

impl<Id: FromStr> TryFrom<String> for Cursor<Id> {
    type Error = NotACursor;
    fn try_from(text: String) -> Result<Self, NotACursor> {
        text.parse()
    }
}

impl<Id: fmt::Display> From<Cursor<Id>> for String {
    fn from(cursor: Cursor<Id>) -> Self {
        cursor.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        let cursor = Cursor { key: 1_792_000_000_000, id: StoryId::from_bits(1) };
        assert_eq!(cursor.to_string(), "0000000000001.1792000000000");
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        let long = "1".repeat(10_000);
        for wrong in
            ["", ".", "0000000000001", "0000000000001.", "x.1", "0000000000001.1.1", "0000000000001.1e9", &long]
        {
            assert_eq!(wrong.parse::<Cursor<StoryId>>(), Err(NotACursor), "{wrong}");
        }
    }
}
