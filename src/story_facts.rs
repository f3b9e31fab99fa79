//! What readers choose a story by, beside its genre: whether it is complete, its language, for whom it is, what to be
//! warned of, and its tags.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    kinds::{Language, Rating, Status, Warning},
    text::{TagName, TextError},
};

/// The facts of a story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryFacts {
    /// Whether there is more to come.
    pub status: Status,
    /// In which language it is.
    pub language: Language,
    /// For whom it is.
    pub rating: Rating,
    /// What readers should know before they begin.
    pub warnings: Warnings,
    /// What else it is about.
    pub tags: StoryTags,
}

/// Content warnings, each once, in the order that people see.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Warning>")]
pub struct Warnings(Vec<Warning>);

/// Up to ten tags, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<TagName>")]
pub struct StoryTags(Vec<TagName>);

/// Why tags were refused: a sentence for the person who wrote them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTags {
    /// There are more than a story has.
    #[error("A story has {} tags at most.", StoryTags::MOST)]
    TooMany,
    /// A comma divides tags.
    #[error("A tag has no comma in it.")]
    Divided,
    /// One of them is none.
    #[error("{0}")]
    Text(#[from] TextError),
}

impl Warnings {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Warning> {
        self.0.iter().copied()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this is one of them.
    pub fn has(&self, warning: Warning) -> bool {
        self.0.contains(&warning)
    }
}

impl FromIterator<Warning> for Warnings {
    fn from_iter<T: IntoIterator<Item = Warning>>(warnings: T) -> Self {
        let mut warnings: Vec<_> = warnings.into_iter().collect();
        warnings.sort_unstable();
        warnings.dedup();
        Self(warnings)
    }
}

impl From<Vec<Warning>> for Warnings {
    fn from(warnings: Vec<Warning>) -> Self {
        warnings.into_iter().collect()
    }
}

/// Their names with spaces between them, as a column has them.
impl fmt::Display for Warnings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(|warning| warning.slug()).collect::<Vec<_>>().join(" "))
    }
}

impl FromStr for Warnings {
    type Err = crate::kinds::UnknownKind;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_whitespace().map(str::parse).collect()
    }
}

impl StoryTags {
    /// How many a story has at most.
    pub const MOST: usize = 10;

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &TagName> {
        self.0.iter()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl TryFrom<Vec<TagName>> for StoryTags {
    type Error = NotTags;
    fn try_from(tags: Vec<TagName>) -> Result<Self, NotTags> {
        let mut each = Vec::with_capacity(tags.len().min(Self::MOST));
        for tag in tags {
            let tag = tag.in_small_letters()?;
            if tag.as_str().contains([',', ';']) {
                return Err(NotTags::Divided);
            }
            if each.contains(&tag) {
                continue;
            }
            if each.len() == Self::MOST {
                return Err(NotTags::TooMany);
            }
            each.push(tag);
        }
        Ok(Self(each))
    }
}

/// With commas between them, as people write them and a column has them.
impl fmt::Display for StoryTags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(TagName::as_str).collect::<Vec<_>>().join(", "))
    }
}

impl FromStr for StoryTags {
    type Err = NotTags;
    fn from_str(text: &str) -> Result<Self, NotTags> {
        let tags = text.split([',', '\n', ';']).map(|tag| tag.trim().trim_start_matches('#'));
        let tags = tags.filter(|tag| !tag.is_empty()).map(TagName::parse);
        Self::try_from(tags.collect::<Result<Vec<_>, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_as_people_write_them() {
        let check = |text: &str, expected: Result<&str, &str>| {
            let tags = text.parse::<StoryTags>();
            let (tags, expected) =
                (tags.map(|tags| tags.to_string()).map_err(|error| error.to_string()), expected.map(str::to_owned));
            assert_eq!(tags, expected.map_err(str::to_owned), "{text:?}");
        };
        check("", Ok(""));
        check(" Slow Burn,#found family ,, slow burn;Ärger\nTea", Ok("slow burn, found family, ärger, tea"));
        check("1,2,3,4,5,6,7,8,9,10,10,1", Ok("1, 2, 3, 4, 5, 6, 7, 8, 9, 10"));
        check("1,2,3,4,5,6,7,8,9,10,11", Err("A story has 10 tags at most."));
        check(&"x".repeat(41), Err("That is too long for a tag: 41 characters, and 40 fit."));
        check("zero\u{200b}width", Err("There is an invisible character in a tag (U+200B); please remove it."));
        check("nul\0", Err("There is a control character in a tag (number 0); please remove it."));
    }

    #[test]
    fn warnings_stand_once_and_in_their_order() {
        let warnings: Warnings = [Warning::SelfHarm, Warning::Violence, Warning::SelfHarm].into_iter().collect();
        assert_eq!(warnings.to_string(), "violence self-harm");
        assert_eq!("self-harm violence".parse(), Ok(warnings));
        assert_eq!("".parse(), Ok(Warnings::default()));
        assert!("nonsense".parse::<Warnings>().is_err());
    }

    #[test]
    fn json_is_checked_like_text() {
        let tags = serde_json::from_str::<StoryTags>(r#"["Tea", "tea", "rain"]"#).expect("tags");
        assert_eq!(tags.to_string(), "tea, rain");
        assert!(serde_json::from_str::<StoryTags>(r#"["1","2","3","4","5","6","7","8","9","10","11"]"#).is_err());
        assert!(serde_json::from_str::<StoryTags>(r#"["a, b"]"#).is_err(), "a comma divides");
    }
}
