//! What a post is about.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ids::{ChapterId, StoryId};

/// A story, or one of its chapters. Its text is the story's id, and the chapter's after a slash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Subject {
    /// The story.
    pub story: StoryId,
    /// The chapter, if it is about that one above all.
    pub chapter: Option<ChapterId>,
}

/// The text names no subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This is neither a story nor a chapter of one.")]
pub struct NoSubject;

impl Subject {
    /// A chapter of a story.
    pub const fn chapter(story: StoryId, chapter: ChapterId) -> Self {
        Self { story, chapter: Some(chapter) }
    }
}

impl From<StoryId> for Subject {
    fn from(story: StoryId) -> Self {
        Self { story, chapter: None }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { story, chapter } = self;
        match chapter {
            None => write!(f, "{story}"),
            Some(chapter) => write!(f, "{story}/{chapter}"),
        }
    }
}

impl FromStr for Subject {
    type Err = NoSubject;

    fn from_str(text: &str) -> Result<Self, NoSubject> {
        let (story, chapter) = match text.split_once('/') {
            None => (text, None),
            Some((story, chapter)) => (story, Some(chapter.parse().map_err(|_| NoSubject)?)),
        };
        Ok(Self { story: story.parse().map_err(|_| NoSubject)?, chapter })
    }
}

impl TryFrom<String> for Subject {
    type Error = NoSubject;

    fn try_from(text: String) -> Result<Self, NoSubject> {
        text.parse()
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        let (story, chapter) = (StoryId::from_bits(1), ChapterId::from_bits(2));
        for (subject, text) in
            [(Subject::from(story), "0000000000001"), (Subject::chapter(story, chapter), "0000000000001/0000000000002")]
        {
            assert_eq!(subject.to_string(), text);
            assert_eq!(text.parse(), Ok(subject));
            // A form has it as a field, and the log as a text: as it had a story's id before.
            assert_eq!(serde_json::to_string(&subject).expect("a text"), format!("{text:?}"));
        }
        for text in ["", "/", "x", "0000000000001/", "/0000000000002", "0000000000001/x", "1/2/3"] {
            assert_eq!(text.parse::<Subject>(), Err(NoSubject), "{text}");
        }
    }
}
