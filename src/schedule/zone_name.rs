//! The name of a time zone: `Europe/Berlin`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A name that a time zone may have. Whether there is one of that name, only the list of zones can tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ZoneName(String);

/// The text names no time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Please give a time zone, as in Europe/Berlin.")]
pub struct NotAZoneName;

impl ZoneName {
    /// The most characters of one.
    pub const MAX_CHARACTERS: usize = 64;

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As people read it: without the blanks' signs.
    pub fn human(&self) -> String {
        self.0.replace('_', " ")
    }
}

impl TryFrom<String> for ZoneName {
    type Error = NotAZoneName;

    fn try_from(text: String) -> Result<Self, NotAZoneName> {
        let text = text.trim();
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte);
        let is_one = (1..=Self::MAX_CHARACTERS).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.bytes().all(fits);
        if is_one { Ok(Self(text.to_owned())) } else { Err(NotAZoneName) }
    }
}

impl From<ZoneName> for String {
    fn from(zone: ZoneName) -> Self {
        zone.0
    }
}

impl fmt::Display for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let zone = ZoneName::try_from(text.to_owned()).ok();
        assert_eq!(zone.as_ref().map(ZoneName::human).as_deref(), expected, "{text:?}");
    }

    #[test]
    fn names() {
        check("Europe/Berlin", Some("Europe/Berlin"));
        check(" America/New_York ", Some("America/New York"));
        check("America/Argentina/Buenos_Aires", Some("America/Argentina/Buenos Aires"));
        check("Etc/GMT+5", Some("Etc/GMT+5"));
        check("UTC", Some("UTC"));
        check("", None);
        check("../../etc/passwd", None);
        check("/etc/localtime", None);
        check("Europe Berlin", None);
        check("Europe/Zürich", None);
        check(&"x".repeat(65), None);
    }
}
