//! What a fact makes old.

use abreast_core::Directive::{Evict, Refresh};

use super::{
    Change,
    made_old::{
        chapter, chapter_withdrawn, contents, ended, everywhere, listed, part, replaced, restored, said, scene,
        set_aside, standing, story, talked, trash, typed, withdrawn,
    },
};
use crate::{Directive, listing::Listing, tag::Tag};

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
            Self::SceneSaved(at, listing) => scene(*at, *listing).chain([Refresh(Tag::Progress(at.author))]).collect(),
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
                typed(*at).chain([Refresh(Tag::Manuscript(at.story))]).collect()
            }
            Self::WorkingCopyKept(at) => typed(*at).collect(),
            Self::GoalsSaved(at) => story(*at, Listing::Draft)
                .chain([Tag::Viewer(at.author), Tag::Progress(at.author)].map(Refresh))
                .collect(),
            Self::VersionsThinned(at) => vec![Refresh(Tag::Scene(at.scene))],
            Self::WordsReplaced(at, scenes) => replaced(*at, scenes).collect(),

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
            // What those people say is in no inbox of theirs.
            Self::PersonSilenced(by) => [Tag::Silences(*by), Tag::Reader(*by)].map(Refresh).into(),
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
            Self::SignedIn(user)
            | Self::MailChosen(user)
            | Self::SecondFactorOff(user)
            | Self::RecoveryCodesMade(user) => vec![Refresh(Tag::Viewer(*user))],
            // Names stand on most pages, and are changed seldom.
            Self::Renamed(user) => [Refresh(Tag::Viewer(*user))].into_iter().chain(everywhere(Refresh)).collect(),
            Self::SignedOut(user, sessions) => [Evict(Tag::Viewer(*user))].into_iter().chain(ended(sessions)).collect(),
            Self::PasswordChanged(user, sessions)
            | Self::EmailChanged(user, sessions)
            | Self::SecondFactorOn(user, sessions) => {
                [Refresh(Tag::Viewer(*user))].into_iter().chain(ended(sessions)).collect()
            }

            Self::AccountDeleted(user, sessions, departure) => departure.of(*user).chain(ended(sessions)).collect(),

            Self::Invalidated(tags) => tags.iter().copied().map(Refresh).collect(),
            Self::SetBack => everywhere(Evict).collect(),
        }
    }
}
