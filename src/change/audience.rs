//! Who may be told of a fact, and on which pages it shows.

use super::Change;
use crate::{Audience, areas::Areas, kinds::Area, listing::Listing};

impl Change {
    /// Who may be told. What happens to a draft is its author's own business.
    pub fn audience(&self) -> Audience {
        match self {
            Self::StoryCreated(at, listing) => listing.audience(*at),
            // What was public a moment ago must reach those who hold it.
            Self::StorySaved(at, before, after) => {
                if before.is_public() {
                    before.audience(*at)
                } else {
                    after.audience(*at)
                }
            }
            Self::StoryPublished(..) | Self::StoryUnpublished(..) => Audience::Everyone,
            Self::StoryDeleted(at, listing, _) => listing.audience(*at),
            Self::StoryRestored(at, _) => Audience::Only(at.author),
            Self::PartRestored(at, _) => Audience::Only(at.author),
            Self::ChapterRestored(at, _) => Audience::Only(at.author),
            Self::VersionSetAside(at)
            | Self::WorkingCopyBegun(at)
            | Self::WorkingCopyKept(at)
            | Self::WorkingCopyLeft(at)
            | Self::VersionsThinned(at) => Audience::Only(at.author),
            Self::PartAdded(at, listing)
            | Self::PartSaved(at, listing)
            | Self::PartMoved(at, listing)
            | Self::PartDeleted(at, listing, _) => listing.audience(at.above()),
            Self::ChapterAdded(at, listing)
            | Self::ChapterSaved(at, listing)
            | Self::ChapterMoved(at, _, listing)
            | Self::ChapterPublished(at, listing)
            | Self::ChapterUnpublished(at, listing)
            | Self::ChapterScheduled(at, listing)
            | Self::ChapterDeleted(at, listing, _) => listing.audience(at.above().above()),
            Self::SceneAdded(at, listing)
            | Self::SceneSaved(at, listing)
            | Self::SceneMoved(at, _, listing)
            | Self::SceneDeleted(at, listing)
            | Self::SceneRestored(at, listing) => listing.audience(at.above().above().above()),
            Self::WordsReplaced(at, scenes) => {
                let public = scenes.iter().map(|scene| scene.listing).find(|listing| listing.is_public());
                public.unwrap_or(Listing::Draft).audience(*at)
            }
            // A cast is the author's notebook, published story or not; and draft chapters are theirs alone.
            Self::ChaptersImported(at)
            | Self::CastMemberAdded(at, ..)
            | Self::CastMemberSaved(at, ..)
            | Self::CastMemberDeleted(at, ..)
            | Self::CastMemberRestored(at, ..) => Audience::Only(at.author),
            Self::GoalsSaved(at) => Audience::Only(at.author),
            Self::TrashedDeleted(author) => Audience::Only(*author),
            Self::StoryLiked(..)
            | Self::ProfileSaved(_)
            | Self::PostCreated(..)
            | Self::PostSaved(..)
            | Self::PostDeleted(..)
            | Self::PostLiked(..)
            | Self::CommentAdded(..)
            | Self::CommentSaved(..)
            | Self::CommentDeleted(..) => Audience::Everyone,
            Self::BookmarkMoved(user)
            | Self::StoryFollowed(_, user)
            | Self::AuthorFollowed(_, user)
            | Self::PersonSilenced(user)
            | Self::InboxRead(user)
            | Self::SignedIn(user)
            | Self::MailChosen(user)
            | Self::SignedOut(user, _)
            | Self::PasswordChanged(user, _)
            | Self::EmailChanged(user, _)
            | Self::SecondFactorOn(user, _)
            | Self::SecondFactorOff(user)
            | Self::RecoveryCodesMade(user) => Audience::Only(*user),
            // What was everybody's must leave every screen. Of the rest a stranger hears only that there was something:
            // all managers have to be told, and one fact has one audience.
            Self::Reported
            | Self::Hidden(_)
            | Self::Shown(_)
            | Self::ThreadLocked(_)
            | Self::Recorded(_)
            | Self::StandingChanged(..)
            | Self::Registered(_)
            | Self::RoleChanged(_)
            | Self::RoleGiven(_)
            | Self::InvitationsChanged
            | Self::SiteSaved
            | Self::Renamed(_)
            | Self::AccountDeleted(..) => Audience::Everyone,
            // Nothing changed, so there is nothing to keep to oneself.
            Self::Invalidated(_) | Self::SetBack => Audience::Everyone,
        }
    }

    /// The page families it concerns: those with an answer that depends on one of its tags.
    pub fn areas(&self) -> Vec<Area> {
        let is_public = match self.audience() {
            Audience::Everyone => true,
            Audience::Only(_) => false,
        };
        let of_tags = self.directives().into_iter().map(|directive| directive.tag().areas(is_public));
        of_tags.fold(Areas::NONE, Areas::and).iter().collect()
    }
}
