//! A story with all its text, as it leaves the site.

use serde::Serialize;

use crate::{
    Millis,
    chapter_state::ChapterState,
    ids::StoryId,
    kinds::{CastKind, Format, Genre},
    manuscript_file::FilePart,
    text::{Heading, Name, Note, Title},
    word_goal::WordGoal,
};

/// A story with all its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeStory {
    /// The story.
    pub story: StoryId,
    /// Its title.
    pub title: Title,
    /// Its author's name.
    pub author: Name,
    /// What it is about.
    pub blurb: Note,
    /// Novel or comic.
    pub format: Format,
    /// Its genre.
    pub genre: Genre,
    /// When it was touched last.
    pub updated_at: Millis,
    /// Its parts, in order.
    pub parts: Vec<FilePart>,
}

/// What only its author sees of a story: no file for readers has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoryNotes {
    /// The story.
    pub story: StoryId,
    /// Its title.
    pub title: Title,
    /// Whether everybody may read it.
    pub published: bool,
    /// How many words it is to have.
    pub word_goal: WordGoal,
    /// Its parts, in order.
    pub parts: Vec<PartNotes>,
    /// Its characters and settings.
    pub cast: Vec<CastNotes>,
}

/// What is noted of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartNotes {
    /// Its title.
    pub title: Heading,
    /// What happens in it.
    pub synopsis: Note,
    /// Its chapters, in order.
    pub chapters: Vec<ChapterNotes>,
}

/// What is noted of a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChapterNotes {
    /// Its title.
    pub title: Heading,
    /// What happens in it.
    pub synopsis: Note,
    /// Whether readers have it.
    pub state: ChapterState,
    /// Its scenes, in order.
    pub scenes: Vec<SceneNotes>,
}

/// What is noted of a scene.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SceneNotes {
    /// Its title.
    pub title: Heading,
    /// What it is for.
    pub goal: Note,
    /// What stands against that.
    pub conflict: Note,
    /// How it ends.
    pub outcome: Note,
}

/// A member of the cast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CastNotes {
    /// Character or setting.
    pub kind: CastKind,
    /// Its name.
    pub name: Name,
    /// What is noted of it.
    pub description: Note,
}
