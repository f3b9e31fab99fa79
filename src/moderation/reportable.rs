//! What can be reported, and hidden.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ids::{ChapterId, CommentId, PostId, StoryId};

/// What can be reported, and hidden. As text it is its noun and its id, as in `post:0123456789abc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Reportable {
    /// A published story.
    Story(StoryId),
    /// A chapter that readers have.
    Chapter(ChapterId),
    /// A post.
    Post(PostId),
    /// A comment.
    Comment(CommentId),
}

impl Reportable {
    /// What it is called in a sentence, and in columns.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Story(_) => "story",
            Self::Chapter(_) => "chapter",
            Self::Post(_) => "post",
            Self::Comment(_) => "comment",
        }
    }

    /// Its id.
    pub fn id(self) -> String {
        match self {
            Self::Story(id) => id.to_string(),
            Self::Chapter(id) => id.to_string(),
            Self::Post(id) => id.to_string(),
            Self::Comment(id) => id.to_string(),
        }
    }
}

/// The text names nothing that can be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Nothing of that name can be reported. Write it as in post:0123456789abc.")]
pub struct NotReportable;

impl fmt::Display for Reportable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.noun(), self.id())
    }
}

impl FromStr for Reportable {
    type Err = NotReportable;
    fn from_str(text: &str) -> Result<Self, NotReportable> {
        let (noun, id) = text.split_once(':').ok_or(NotReportable)?;
        match noun {
            "story" => read(id).map(Self::Story),
            "chapter" => read(id).map(Self::Chapter),
            "post" => read(id).map(Self::Post),
            "comment" => read(id).map(Self::Comment),
            _ => Err(NotReportable),
        }
    }
}

fn read<T: FromStr>(id: &str) -> Result<T, NotReportable> {
    id.parse().map_err(|_| NotReportable)
}

impl TryFrom<String> for Reportable {
    type Error = NotReportable;
    fn try_from(text: String) -> Result<Self, NotReportable> {
        text.parse()
    }
}

impl From<Reportable> for String {
    fn from(what: Reportable) -> Self {
        what.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<Reportable, NotReportable>) {
        assert_eq!(text.parse(), expected, "{text:?}");
        if let Ok(what) = expected {
            assert_eq!(what.to_string(), text);
        }
    }

    #[test]
    fn text_and_back() {
        check("story:0000000000001", Ok(Reportable::Story(StoryId::from_bits(1))));
        check("chapter:0000000000002", Ok(Reportable::Chapter(ChapterId::from_bits(2))));
        check("post:0000000000003", Ok(Reportable::Post(PostId::from_bits(3))));
        check("comment:0000000000004", Ok(Reportable::Comment(CommentId::from_bits(4))));
        for other in ["", "post", "post:", "post:x", "scene:0000000000001", "Post:0000000000003", "post:0000000000003 "]
        {
            check(other, Err(NotReportable));
        }
    }
}
