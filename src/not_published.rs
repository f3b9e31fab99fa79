//! Why a story or a chapter was not published.

use serde::{Deserialize, Serialize};

/// Why a story or a chapter was not published. The texts are shown as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum NotPublished {
    /// Nobody could read anything in the chapter.
    #[error("A chapter without words can’t be published. Write something in it and save it first.")]
    Empty,
    /// No chapter would go out with the story.
    #[error("A story is published with at least one chapter that has words. Choose one.")]
    NoChapter,
    /// Nobody could find the chapter.
    #[error("This story isn’t published yet. Publish the story, and choose its chapters there.")]
    StoryIsDraft,
}
