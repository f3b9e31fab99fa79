//! A manuscript: a story as its author sees it in the studio, without the scenes' text.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Millis, Quire, Tags,
    chapter_state::ChapterState,
    ids::{ChapterId, PartId, SceneId, StoryId, UserId},
    kinds::{Area, Format, Genre},
    rev::Rev,
    story_facts::StoryFacts,
    tag::Tag,
    text::{Heading, Note, Title},
    word_goal::WordGoal,
};

/// One's own story with its tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manuscript {
    /// Whose.
    pub viewer: UserId,
    /// The story.
    pub story: StoryId,
}

/// A story and its parts, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryTree {
    /// The story.
    pub story: StoryId,
    /// Its title.
    pub title: Title,
    /// What it is about.
    pub blurb: Note,
    /// Novel or comic.
    pub format: Format,
    /// Its genre.
    pub genre: Genre,
    /// What readers choose it by.
    pub facts: StoryFacts,
    /// How many words it is to have.
    pub word_goal: WordGoal,
    /// Whether everybody may read it.
    pub published: bool,
    /// How often these were saved.
    pub rev: Rev,
    /// Its parts, in order.
    pub parts: Vec<TreePart>,
}

/// A part and its chapters, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreePart {
    /// The part.
    pub part: PartId,
    /// Its title, if it has one.
    pub title: Heading,
    /// What happens in it.
    pub synopsis: Note,
    /// How often it was saved.
    pub rev: Rev,
    /// Its chapters, in order.
    pub chapters: Vec<TreeChapter>,
}

/// A chapter and its scenes, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeChapter {
    /// The chapter.
    pub chapter: ChapterId,
    /// Its title, if it has one.
    pub title: Heading,
    /// What happens in it.
    pub synopsis: Note,
    /// Whether readers have it.
    pub state: ChapterState,
    /// When readers had it first, if they ever had.
    pub first_published_at: Option<Millis>,
    /// How often it was saved.
    pub rev: Rev,
    /// Its scenes, in order.
    pub scenes: Vec<TreeScene>,
}

/// A scene in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeScene {
    /// The scene.
    pub scene: SceneId,
    /// Its title, if it has one.
    pub title: Heading,
    /// How many words it has.
    pub words: u32,
    /// How many characters it has: chapters and stories have a limit of them.
    pub characters: u32,
    /// Whether text was typed into it that is not saved.
    pub unsaved: bool,
}

impl Query for Manuscript {
    type Nouns = Quire;
    type Output = StoryTree;
    const NAME: &'static str = "manuscript";
    const VERSION: u32 = 5;
    const AREA: Area = Area::Writing;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &StoryTree) -> Tags {
        Tags::of(Tag::Manuscript(self.story), [Tag::Outline(self.story)])
    }
}
