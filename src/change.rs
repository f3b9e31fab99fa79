//! Changes: facts about the library that just became true, and what they make old.
//!
//! Only the files below this one know which tags a fact touches. A new variant does not compile
//! until [`Change::directives`] and [`Change::audience`] have decided about it.

mod audience;
mod branch;
mod departure;
mod directives;
mod made_old;
mod placed;
mod replaced_scene;

use serde::{Deserialize, Serialize};

pub use self::{branch::Branch, departure::Departure, placed::Placed, replaced_scene::ReplacedScene};
use crate::{
    ids::{CastId, PostId, SessionTag, StoryId, UserId},
    kinds::CastKind,
    listing::Listing,
    path::{ChapterPath, PartPath, ScenePath, StoryPath},
    subject::Subject,
    tag::Tag,
};

/// A fact about the library that just became true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// A story was begun, or a whole book imported; only its author knows of it until it is listed.
    StoryCreated(StoryPath, Listing),
    /// Title, blurb, genre or format; the listings are those before and after.
    StorySaved(StoryPath, Listing, Listing),
    /// A story may now be read by everybody.
    StoryPublished(StoryPath, Listing),
    /// A story may no longer be read; the listing is the one it had.
    StoryUnpublished(StoryPath, Listing),
    /// A story is gone with all that was in it.
    StoryDeleted(StoryPath, Listing, Branch),
    /// A story came back from the trash, as a draft.
    StoryRestored(StoryPath, Branch),

    /// A part was added, empty or not.
    PartAdded(PartPath, Listing),
    /// A part's title or synopsis.
    PartSaved(PartPath, Listing),
    /// A part stands elsewhere in its story.
    PartMoved(PartPath, Listing),
    /// A part is gone with all that was in it.
    PartDeleted(PartPath, Listing, Branch),
    /// A part came back from the trash; its chapters are drafts.
    PartRestored(PartPath, Branch),

    /// A chapter was added, which is a draft.
    ChapterAdded(ChapterPath, Listing),
    /// Chapters of a file were added to a story: drafts, so only its author knows of them.
    ChaptersImported(StoryPath),
    /// A chapter's title or synopsis.
    ChapterSaved(ChapterPath, Listing),
    /// A chapter stands elsewhere; the part is the one it came from.
    ChapterMoved(ChapterPath, PartPath, Listing),
    /// Readers have a chapter from now on.
    ChapterPublished(ChapterPath, Listing),
    /// Readers have a chapter no longer; the listing is the one it had.
    ChapterUnpublished(ChapterPath, Listing),
    /// A draft chapter will go out by itself, or no longer.
    ChapterScheduled(ChapterPath, Listing),
    /// A chapter is gone with all that was in it.
    ChapterDeleted(ChapterPath, Listing, Branch),
    /// A chapter came back from the trash, as a draft.
    ChapterRestored(ChapterPath, Branch),

    /// A scene was added.
    SceneAdded(ScenePath, Listing),
    /// A scene's text, title or notes.
    SceneSaved(ScenePath, Listing),
    /// A scene stands elsewhere; the chapter is the one it came from.
    SceneMoved(ScenePath, ChapterPath, Listing),
    /// A scene is gone.
    SceneDeleted(ScenePath, Listing),
    /// A scene came back from the trash.
    SceneRestored(ScenePath, Listing),
    /// A text that was not chosen is a version of its scene.
    VersionSetAside(ScenePath),
    /// What is typed into a scene is kept from now on, until it is saved.
    WorkingCopyBegun(ScenePath),
    /// More was typed into a scene, and is not saved.
    WorkingCopyKept(ScenePath),
    /// What was typed into a scene and not saved was given up; it is a version.
    WorkingCopyLeft(ScenePath),
    /// An author means to write another number of words, in a day or in a story.
    GoalsSaved(StoryPath),
    /// Some old versions of a scene are gone.
    VersionsThinned(ScenePath),
    /// Words were replaced in several scenes at once, or put back.
    WordsReplaced(StoryPath, Vec<ReplacedScene>),

    /// A new character or setting in a story.
    CastMemberAdded(StoryPath, CastKind, CastId),
    /// The name or the description of a character or a setting.
    CastMemberSaved(StoryPath, CastKind, CastId),
    /// A character or a setting is gone.
    CastMemberDeleted(StoryPath, CastKind, CastId),
    /// A character or a setting came back from the trash.
    CastMemberRestored(StoryPath, CastKind, CastId),
    /// Something is in a person's trash no longer, and gone for good.
    TrashedDeleted(UserId),

    /// A person likes a story, or no longer does.
    StoryLiked(StoryId, UserId),
    /// A person reads another chapter of a story, or read one to its end. Where in the chapter is in no answer.
    BookmarkMoved(UserId),
    /// A person follows a story, or no longer does.
    StoryFollowed(StoryId, UserId),
    /// A person follows an author, or no longer does. The author is the first.
    AuthorFollowed(UserId, UserId),
    /// A person mutes or blocks another one, or no longer does. Who that other one is stays out of the log.
    PersonSilenced(UserId),
    /// A person has read their notices.
    InboxRead(UserId),
    /// A person's handle, or what they say of themselves.
    ProfileSaved(UserId),
    /// A post stands in the feed: who wrote it, and whom it mentions.
    PostCreated(PostId, UserId, Option<Subject>, Vec<UserId>),
    /// A post's text. It mentions these people from now on, or no longer.
    PostSaved(PostId, Vec<UserId>),
    /// A post is gone with its comments.
    PostDeleted(PostId, UserId, Option<Subject>),
    /// A person likes a post, or no longer does.
    PostLiked(PostId, UserId),
    /// A comment stands below a post. The people are those whom it answers and mentions.
    CommentAdded(PostId, Vec<UserId>),
    /// A comment's text. It mentions these people from now on, or no longer.
    CommentSaved(PostId, Vec<UserId>),
    /// A comment is gone. The people are those whom it answered and mentioned.
    CommentDeleted(PostId, Vec<UserId>),

    /// Something was reported.
    Reported,
    /// A manager hid something: its author and managers alone may know it.
    Hidden(Placed),
    /// Something hidden is back.
    Shown(Placed),
    /// Nothing more is said below a post, or something again.
    ThreadLocked(PostId),
    /// The record of moderation has a row more, about this person if about any.
    Recorded(Option<UserId>),
    /// A person is suspended, banned, or neither; these sessions of theirs ended.
    StandingChanged(UserId, Vec<SessionTag>),

    /// A new account.
    Registered(UserId),
    /// A person is called otherwise, beside everything of theirs.
    Renamed(UserId),
    /// A person may do more, or less.
    RoleChanged(UserId),
    /// A manager gave a person another role.
    RoleGiven(UserId),
    /// Somebody is invited to make an account, or no longer.
    InvitationsChanged,
    /// How the place is run, or what it says of itself.
    SiteSaved,
    /// A person wants to be told by mail, or no longer.
    MailChosen(UserId),
    /// A session began.
    SignedIn(UserId),
    /// These sessions of a person ended.
    SignedOut(UserId, Vec<SessionTag>),
    /// An account has another password; these sessions of it ended.
    PasswordChanged(UserId, Vec<SessionTag>),
    /// An account has another address; these sessions of it ended.
    EmailChanged(UserId, Vec<SessionTag>),
    /// An account asks for a second step at sign-in from now on; these sessions of it ended.
    SecondFactorOn(UserId, Vec<SessionTag>),
    /// An account asks for no second step any more.
    SecondFactorOff(UserId),
    /// An account has other recovery codes.
    RecoveryCodesMade(UserId),
    /// A person left; these sessions of theirs ended.
    AccountDeleted(UserId, Vec<SessionTag>, Departure),

    /// A manager invalidates the cached answers of these tags: every tier reads them again.
    Invalidated(Vec<Tag>),
    /// An older state of the database took the place of one that had gone further: nothing that was read before
    /// this may be shown again.
    SetBack,
}

#[cfg(test)]
mod tests;
