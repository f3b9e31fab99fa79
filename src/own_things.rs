//! All that a person has here besides stories, as it leaves the site.

use serde::Serialize;

use crate::{
    Millis,
    handle::Handle,
    ids::{CommentId, PostId, SceneId, StoryId, UserId},
    kinds::{Role, Silence},
    query::Written,
    scene_texts::SceneTexts,
    text::{Bio, Email, Name, Remark, Title},
};

/// All that a person has here besides the text of their stories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnThings {
    /// Who they are.
    pub profile: Profile,
    /// Their stories.
    #[serde(skip)]
    pub stories: Vec<StoryId>,
    /// What they typed into scenes and did not save.
    pub unsaved: Vec<UnsavedText>,
    /// Their posts, in the order of time.
    pub posts: Vec<OwnRemark<PostId>>,
    /// Their comments, in the order of time.
    pub comments: Vec<OwnRemark<CommentId>>,
    /// The stories they like.
    pub liked_stories: Vec<LikedStory>,
    /// The posts they like.
    pub liked_posts: Vec<PostId>,
    /// The people whom they mute or block.
    pub silences: Vec<SilencedAccount>,
    /// How many words they wrote, and when: the newest first.
    pub written: Vec<Written>,
}

/// Who a person is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// Their id.
    pub user: UserId,
    /// Their name.
    pub name: Name,
    /// Where their page is.
    pub handle: Handle,
    /// What they say of themselves.
    pub bio: Bio,
    /// Their address.
    pub email: Email,
    /// What they may do.
    pub role: Role,
    /// When they opened their account.
    pub since: Millis,
}

/// Something a person said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnRemark<Id> {
    /// What it is.
    pub id: Id,
    /// The post it stands below, if it is a comment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<PostId>,
    /// What they said.
    pub text: Remark,
    /// When.
    pub created_at: Millis,
    /// When they changed it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Millis>,
}

/// What a person typed into a scene and did not save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnsavedText {
    /// The story that the scene is in.
    pub story: StoryId,
    /// The scene.
    pub scene: SceneId,
    /// The texts.
    #[serde(flatten)]
    pub texts: SceneTexts,
    /// When they were kept.
    pub kept_at: Millis,
}

/// A story that a person likes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LikedStory {
    /// The story.
    pub story: StoryId,
    /// Its title.
    pub title: Title,
}

/// A person whom the owner mutes or blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SilencedAccount {
    /// Who.
    pub user: UserId,
    /// What they are called.
    pub name: Name,
    /// Whether they are muted or blocked.
    pub how: Silence,
    /// Since when.
    pub since: Millis,
}
