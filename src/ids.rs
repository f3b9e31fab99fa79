//! Ids of Quire's nouns.
//!
//! They are made by `store`, and are never secret: access is in each query's `where`.

use abreast_core::ids;

ids! {
    /// A person with an account.
    UserId
    /// A novel or a comic.
    StoryId
    /// A part of a story: its chapters stand in it, always.
    PartId
    /// A chapter of a part.
    ChapterId
    /// A scene of a chapter: where the text is.
    SceneId
    /// A member of a story's cast: a character or a setting.
    CastId
    /// A post in the community's feed.
    PostId
    /// A comment below a post.
    CommentId
    /// Something that a manager did, or an answer to it: a row of the record.
    ActId
    /// An invitation to make an account, by a name that gives no access.
    InvitationId
    /// One session, by a name that gives no access.
    SessionTag
}
