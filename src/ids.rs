//! Ids of Quire's nouns.
//!
//! They are made by `store`, and are never secret: access is in each query's `where`.

use abreast_core::ids;

ids! {
    /// Somebody with an account.
    UserId
    /// A novel or a comic.
    StoryId
    /// A part of a story: its chapters stand in it, always.
    PartId
    /// A chapter of a part.
    ChapterId
    /// A scene of a chapter: where the text is.
    SceneId
    /// Somebody in a story.
    CharacterId
    /// Somewhere in a story.
    SettingId
    /// A post in the community's feed.
    PostId
    /// A comment below a post.
    CommentId
    /// One session, by a name from which nobody can sign in.
    SessionTag
}
