//! Inputs from people: already parsed, with the revision they were begun from where another save could come in
//! between.

use serde::{Deserialize, Serialize};

use crate::{
    handle::Handle,
    ids::{CommentId, PostId, SceneId, StoryId},
    kinds::{Format, Genre, Registration, Role},
    rev::Rev,
    story_facts::StoryFacts,
    subject::Subject,
    text::{Bio, Body, Email, Heading, Name, Note, Password, Remark, SiteText, Title},
};

/// A story to begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewStory {
    /// Its title.
    pub title: Title,
    /// What it is about.
    #[serde(default)]
    pub blurb: Note,
    /// Novel or comic.
    pub format: Format,
    /// Its genre.
    pub genre: Genre,
}

/// A story that was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// The story.
    pub story: StoryId,
    /// Its first page, which is empty.
    pub scene: SceneId,
}

/// What an author saves of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryDraft {
    /// Its title.
    pub title: Title,
    /// What it is about.
    pub blurb: Note,
    /// Novel or comic.
    pub format: Format,
    /// Its genre.
    pub genre: Genre,
    /// What readers choose it by; what there is stays, if nothing is said.
    #[serde(default)]
    pub facts: Option<StoryFacts>,
    /// The revision it was begun from.
    pub base: Rev,
}

/// What an author saves of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartDraft {
    /// Its title, if it has one.
    pub title: Heading,
    /// What happens in it.
    pub synopsis: Note,
    /// The revision it was begun from.
    pub base: Rev,
}

/// What an author saves of a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChapterDraft {
    /// Its title, if it has one.
    pub title: Heading,
    /// What happens in it.
    pub synopsis: Note,
    /// The revision it was begun from.
    pub base: Rev,
}

/// What an author saves of a character or a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CastDraft {
    /// What they are called.
    pub name: Name,
    /// What they are like.
    pub description: Note,
    /// The revision it was begun from.
    pub base: Rev,
}

/// What an author saves of a scene.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneSave {
    /// Its title, if it has one.
    pub title: Heading,
    /// Its text.
    pub content: Body,
    /// The goal of a person in it.
    pub goal: Note,
    /// The obstacle.
    pub conflict: Note,
    /// The result.
    pub outcome: Note,
    /// The revision it was begun from.
    pub base: Rev,
    /// The revision of the working copy that it goes on from, 0 if of none.
    #[serde(default)]
    pub kept: Rev,
}

impl SceneSave {
    /// The most characters of all its texts together. How many bytes may be sent follows from it.
    pub const MAX_CHARACTERS: usize = Heading::MAX_CHARACTERS + Body::MAX_CHARACTERS + 3 * Note::MAX_CHARACTERS;
}

/// What a person says of themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileDraft {
    /// Where their page is.
    pub handle: Handle,
    /// The text on it.
    pub bio: Bio,
    /// The revision it was begun from.
    pub base: Rev,
}

/// A post to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPost {
    /// What it says.
    pub text: Remark,
    /// The published story it is about, or a chapter of it, if any.
    pub about: Option<Subject>,
}

/// A comment to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewComment {
    /// The post below which it stands.
    pub post: PostId,
    /// The comment it replies to, if any.
    pub parent: Option<CommentId>,
    /// What it says.
    pub text: Remark,
}

/// How the place is run, and what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteDraft {
    /// Who may make an account.
    pub registration: Registration,
    /// What the place is.
    pub about: SiteText,
    /// What it asks of people.
    pub rules: SiteText,
    /// The revision it was begun from.
    pub base: Rev,
}

/// An account to open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUp {
    /// What they are called.
    pub name: Name,
    /// Where they sign in.
    pub email: Email,
    /// With what.
    pub password: Password,
    /// What they come for.
    pub role: Role,
}
