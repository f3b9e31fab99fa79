//! Changes: facts about the library that just became true, and what they make old.
//!
//! Only this file and those below it know which tags a fact touches. A new variant does not compile
//! until [`Change::directives`] and [`Change::audience`] have decided about it.

mod audience;
mod branch;
mod departure;
mod directives;
mod placed;

use abreast_core::Directive::{Evict, Refresh};
use serde::{Deserialize, Serialize};

use self::directives::{
    chapter, chapter_withdrawn, contents, ended, everywhere, listed, part, restored, said, scene, set_aside, standing,
    talked, trash, withdrawn,
};
pub use self::{branch::Branch, departure::Departure, placed::Placed};
use crate::{
    Directive,
    ids::{CastId, PostId, SessionTag, StoryId, UserId},
    kinds::CastKind,
    listing::Listing,
    path::{ChapterPath, PartPath, ScenePath, StoryPath},
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
    /// Some old versions of a scene are gone.
    VersionsThinned(ScenePath),

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
    /// A person has read their notices.
    InboxRead(UserId),
    /// A person's handle, or what they say of themselves.
    ProfileSaved(UserId),
    /// A post stands in the feed: who wrote it, and whom it mentions.
    PostCreated(PostId, UserId, Option<StoryId>, Vec<UserId>),
    /// A post's text. It mentions these people from now on, or no longer.
    PostSaved(PostId, Vec<UserId>),
    /// A post is gone with its comments.
    PostDeleted(PostId, UserId, Option<StoryId>),
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
    /// A person left; these sessions of theirs ended.
    AccountDeleted(UserId, Vec<SessionTag>, Departure),

    /// A manager invalidates the cached answers of these tags: every tier reads them again.
    Invalidated(Vec<Tag>),
    /// An older state of the database took the place of one that had gone further: nothing that was read before
    /// this may be shown again.
    SetBack,
}

impl Change {
    /// What every tier must do.
    pub fn directives(&self) -> Vec<Directive> {
        match self {
            Self::StoryCreated(at, listing) | Self::StoryPublished(at, listing) => {
                listed(*listing).chain(contents(*at, *listing)).collect()
            }
            Self::StorySaved(at, before, after) => {
                listed(*before).chain(listed(*after)).chain(contents(*at, before.or(*after))).collect()
            }
            Self::StoryUnpublished(at, listing) => listed(*listing).chain(withdrawn(*at)).collect(),
            Self::StoryDeleted(at, listing, branch) => listed(*listing)
                .chain(withdrawn(*at))
                .chain(branch.gone())
                .chain([Tag::Cast(at.story), Tag::Manuscript(at.story), Tag::Outline(at.story)].map(Evict))
                .chain([Refresh(Tag::Feed), trash(*at)])
                .collect(),
            // It is a draft: readers find it when it is published.
            Self::StoryRestored(at, branch) => restored(*at, branch)
                .chain([Tag::Cast(at.story), Tag::Likes(at.story), Tag::Listed(at.story)].map(Refresh))
                .collect(),

            Self::PartAdded(at, listing) | Self::PartSaved(at, listing) | Self::PartMoved(at, listing) => {
                part(*at, *listing).chain(contents(at.above(), *listing)).collect()
            }
            Self::PartDeleted(at, listing, branch) => {
                let gone = [Evict(Tag::Part(at.part)), trash(at.above())];
                contents(at.above(), *listing).chain(branch.gone()).chain(gone).collect()
            }
            Self::PartRestored(at, branch) => part(*at, Listing::Draft).chain(restored(at.above(), branch)).collect(),

            Self::ChapterAdded(at, listing)
            | Self::ChapterSaved(at, listing)
            | Self::ChapterPublished(at, listing)
            | Self::ChapterScheduled(at, listing) => {
                chapter(*at, *listing).chain(contents(at.above().above(), *listing)).collect()
            }
            Self::ChaptersImported(at) => contents(*at, Listing::Draft).collect(),
            Self::ChapterMoved(at, from, listing) => {
                chapter(*at, *listing).chain(part(*from, *listing)).chain(contents(from.above(), *listing)).collect()
            }
            // The other chapters' pages stay on screen until they are read again without it.
            Self::ChapterUnpublished(at, listing) => chapter_withdrawn(*at, *listing).collect(),
            Self::ChapterDeleted(at, listing, branch) => {
                chapter_withdrawn(*at, *listing).chain(branch.gone()).chain([trash(at.above().above())]).collect()
            }
            Self::ChapterRestored(at, branch) => {
                chapter(*at, Listing::Draft).chain(restored(at.above().above(), branch)).collect()
            }

            Self::SceneAdded(at, listing) => {
                scene(*at, *listing).chain(contents(at.above().above().above(), *listing)).collect()
            }
            Self::SceneSaved(at, listing) => scene(*at, *listing).collect(),
            Self::SceneMoved(at, from, listing) => scene(*at, *listing)
                .chain(chapter(*from, *listing))
                .chain(contents(from.above().above(), *listing))
                .collect(),
            Self::SceneDeleted(at, listing) => chapter(at.above(), *listing)
                .chain(contents(at.above().above().above(), *listing))
                .chain([Evict(Tag::Scene(at.scene)), trash(at.above().above().above())])
                .collect(),
            Self::SceneRestored(at, listing) => scene(*at, *listing)
                .chain(contents(at.above().above().above(), *listing))
                .chain([trash(at.above().above().above())])
                .collect(),
            Self::VersionSetAside(at) => set_aside(*at).collect(),
            // Its author's tree shows that there is one. No reader, no list and no count does.
            Self::WorkingCopyBegun(at) | Self::WorkingCopyLeft(at) => {
                vec![Refresh(Tag::Scene(at.scene)), Refresh(Tag::Manuscript(at.story))]
            }
            Self::WorkingCopyKept(at) | Self::VersionsThinned(at) => vec![Refresh(Tag::Scene(at.scene))],

            Self::CastMemberAdded(at, kind, id) | Self::CastMemberSaved(at, kind, id) => {
                vec![Refresh(Tag::Cast(at.story)), Refresh(Tag::cast_member(*kind, *id))]
            }
            Self::CastMemberDeleted(at, kind, id) => {
                vec![Refresh(Tag::Cast(at.story)), Evict(Tag::cast_member(*kind, *id)), trash(*at)]
            }
            Self::CastMemberRestored(at, kind, id) => {
                vec![Refresh(Tag::Cast(at.story)), Refresh(Tag::cast_member(*kind, *id)), trash(*at)]
            }
            Self::TrashedDeleted(author) => vec![Refresh(Tag::Trash(*author))],

            Self::StoryLiked(story, by) => [Tag::Likes(*story), Tag::Viewer(*by), Tag::Stories].map(Refresh).into(),
            Self::BookmarkMoved(by)
            | Self::StoryFollowed(_, by)
            | Self::AuthorFollowed(_, by)
            | Self::InboxRead(by) => vec![Refresh(Tag::Reader(*by))],
            Self::ProfileSaved(user) => {
                [Tag::Person(*user), Tag::Viewer(*user), Tag::Stories, Tag::Members].map(Refresh).into()
            }
            Self::PostCreated(post, by, about, to) => {
                talked(*about).chain(said(*post, to, Refresh)).chain([Refresh(Tag::PostsOf(*by))]).collect()
            }
            Self::PostSaved(post, to) | Self::CommentAdded(post, to) | Self::CommentSaved(post, to) => {
                said(*post, to, Refresh).collect()
            }
            Self::CommentDeleted(post, to) => said(*post, to, Evict).collect(),
            Self::PostDeleted(post, by, about) => {
                let gone = [Tag::Post(*post), Tag::Posted(*post)].map(Evict);
                talked(*about).chain(gone).chain([Tag::Viewer(*by), Tag::PostsOf(*by)].map(Refresh)).collect()
            }
            Self::PostLiked(post, by) => vec![Refresh(Tag::Post(*post)), Refresh(Tag::Viewer(*by))],

            Self::Reported => vec![Refresh(Tag::Moderation)],
            Self::Hidden(what) => what.hidden().chain([Refresh(Tag::Moderation)]).collect(),
            Self::Shown(what) => what.shown().chain([Refresh(Tag::Moderation)]).collect(),
            Self::ThreadLocked(post) => vec![Refresh(Tag::Post(*post)), Refresh(Tag::Moderation)],
            Self::Recorded(about) => [Tag::Moderation].into_iter().chain(about.map(Tag::Reader)).map(Refresh).collect(),
            Self::StandingChanged(user, sessions) => standing(*user, sessions).collect(),

            Self::Registered(user) | Self::RoleChanged(user) => [Tag::Viewer(*user), Tag::Members].map(Refresh).into(),
            Self::RoleGiven(user) => standing(*user, &[]).collect(),
            Self::InvitationsChanged => vec![Refresh(Tag::Members)],
            Self::SiteSaved => vec![Refresh(Tag::Site)],
            Self::SignedIn(user) | Self::MailChosen(user) => vec![Refresh(Tag::Viewer(*user))],
            // Names stand on most pages, and are changed seldom.
            Self::Renamed(user) => [Refresh(Tag::Viewer(*user))].into_iter().chain(everywhere(Refresh)).collect(),
            Self::SignedOut(user, sessions) => [Evict(Tag::Viewer(*user))].into_iter().chain(ended(sessions)).collect(),
            Self::PasswordChanged(user, sessions) | Self::EmailChanged(user, sessions) => {
                [Refresh(Tag::Viewer(*user))].into_iter().chain(ended(sessions)).collect()
            }

            Self::AccountDeleted(user, sessions, departure) => departure.of(*user).chain(ended(sessions)).collect(),

            Self::Invalidated(tags) => tags.iter().copied().map(Refresh).collect(),
            Self::SetBack => everywhere(Evict).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
