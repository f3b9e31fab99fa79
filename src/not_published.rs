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
    /// A manager hid it.
    #[error("Those who look after this place have hidden this. Your account page says why, and you can answer there.")]
    Hidden,
    /// Nobody could find the chapter.
    #[error("This story isn’t published yet. Publish the story, and choose its chapters there.")]
    StoryIsDraft,
    /// There is nothing to wait for.
    #[error("Readers have this chapter already.")]
    IsPublished,
    /// The moment of a schedule has passed.
    #[error("That moment has passed. Choose a later one, or publish the chapter now.")]
    InThePast,
    /// The day of a schedule is not in the calendar.
    #[error("There is no such day. Choose another one.")]
    NoSuchDay,
    /// The list of time zones does not have the name.
    #[error("There is no time zone of that name. Write it as in Europe/Berlin.")]
    UnknownZone,
    /// Clocks are set forward over the time of a schedule.
    #[error("On that day clocks are set forward, and never show that time. Choose another one.")]
    Skipped,
    /// Clocks are set back, and show the time of a schedule again.
    #[error("On that day clocks are set back, and show that time twice. Choose the first or the second.")]
    Twice,
}
