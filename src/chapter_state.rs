//! Whether readers have a chapter.

use serde::{Deserialize, Serialize};

use crate::schedule::Schedule;

/// Whether readers have a chapter. Of a story that is not published they have none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChapterState {
    /// Its author alone knows of it.
    Draft,
    /// The same, until a moment.
    Scheduled(Schedule),
    /// Readers have it, and each save of its text.
    Published,
}

impl ChapterState {
    /// Whether readers have it.
    pub const fn is_published(&self) -> bool {
        match self {
            Self::Draft | Self::Scheduled(_) => false,
            Self::Published => true,
        }
    }
}
