//! Areas: a set of page families, such as those whose answers are kept at all.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::kinds::{Area, UnknownKind};

/// A set of areas: those whose answers are kept, or those that went into a page.
///
/// `all`, `off`, or a list such as `reading,community`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Areas(u8);

impl Areas {
    /// Every area.
    pub const ALL: Self = Self((1 << Area::ALL.len()) - 1);
    /// No area.
    pub const NONE: Self = Self(0);

    /// Whether this area is among them.
    pub const fn has(self, area: Area) -> bool {
        self.0 & bit(area) != 0
    }

    /// Whether all of the others are among them.
    pub const fn has_all(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// These and one more.
    #[must_use]
    pub const fn with(self, area: Area) -> Self {
        Self(self.0 | bit(area))
    }

    /// These and all of the others.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// These without one.
    #[must_use]
    pub const fn without(self, area: Area) -> Self {
        Self(self.0 & !bit(area))
    }

    /// One after the other, in the order people see.
    pub fn iter(self) -> impl Iterator<Item = Area> {
        Area::ALL.iter().copied().filter(move |&area| self.has(area))
    }

    /// As a byte, for where several threads share it.
    pub const fn to_bits(self) -> u8 {
        self.0
    }

    /// From such a byte; bits without an area are left out.
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits & Self::ALL.0)
    }
}

const fn bit(area: Area) -> u8 {
    1 << area as u8
}

impl fmt::Display for Areas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::ALL {
            return f.write_str("all");
        }
        let slugs: Vec<&str> = self.iter().map(Area::slug).collect();
        if slugs.is_empty() { f.write_str("off") } else { f.write_str(&slugs.join(",")) }
    }
}

impl FromStr for Areas {
    type Err = UnknownKind;
    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        match text.trim() {
            "all" => Ok(Self::ALL),
            "off" => Ok(Self::NONE),
            list => list.split(',').try_fold(Self::NONE, |areas, slug| Ok(areas.with(slug.trim().parse()?))),
        }
    }
}

impl TryFrom<String> for Areas {
    type Error = UnknownKind;
    fn try_from(text: String) -> Result<Self, UnknownKind> {
        text.parse()
    }
}

/// As the engine has it: a bit for each area.
impl From<Areas> for u64 {
    fn from(areas: Areas) -> Self {
        areas.0.into()
    }
}

impl From<Areas> for String {
    fn from(areas: Areas) -> Self {
        areas.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(text.parse::<Areas>().ok().map(|areas| areas.to_string()).as_deref(), expected, "{text:?}");
    }

    #[test]
    fn what_an_operator_may_write() {
        check("all", Some("all"));
        check("off", Some("off"));
        check("community, writing", Some("writing,community"));
        check("writing,reading,community,publish,analytics", Some("all"));
        check("", None);
        check("reading,nothing", None);
        check("All", None);
    }

    #[test]
    fn a_set_is_a_set() {
        let two = Areas::NONE.with(Area::Reading).with(Area::Community);
        assert!(two.has(Area::Reading) && !two.has(Area::Writing));
        assert!(Areas::ALL.has_all(two) && two.has_all(Areas::NONE) && !two.has_all(Areas::ALL));
        assert_eq!(two.without(Area::Reading).to_string(), "community");
        assert_eq!(two.and(Areas::NONE.with(Area::Writing)).to_string(), "writing,reading,community");
        assert!(two.iter().eq([Area::Reading, Area::Community]));
        assert_eq!(Areas::from_bits(u8::MAX), Areas::ALL);
    }
}
