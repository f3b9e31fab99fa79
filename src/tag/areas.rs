//! Which page families a tag concerns: those of the queries whose answers depend on it.

use super::Tag;
use crate::{areas::Areas, kinds::Area};

const WRITING: Areas = Areas::NONE.with(Area::Writing);
const READING: Areas = Areas::NONE.with(Area::Reading);
const COMMUNITY: Areas = Areas::NONE.with(Area::Community);
const PUBLISH: Areas = Areas::NONE.with(Area::Publish);

impl Tag {
    /// The areas whose answers depend on it. Only its author holds an answer about a draft: for the tags of a draft
    /// (`is_public` is false) the areas that show published stories are left out.
    ///
    /// When a query takes another tag, the tag's row may need the query's area; a test of the store compares them.
    pub const fn areas(self, is_public: bool) -> Areas {
        let (always, published) = match self {
            Self::Story(_) | Self::Chapter(_) => (Areas::NONE, READING),
            Self::Contents(_) => (Areas::NONE, READING.and(COMMUNITY)),
            Self::Likes(_) => (PUBLISH, READING),
            Self::Listed(_) | Self::Talk(_) | Self::ChapterTalk(_) => (Areas::NONE, COMMUNITY),

            Self::Scene(_)
            | Self::Cast(_)
            | Self::Character(_)
            | Self::Setting(_)
            | Self::Manuscript(_)
            | Self::Outline(_)
            | Self::Words(_)
            | Self::Trash(_)
            | Self::Progress(_) => (WRITING, Areas::NONE),
            Self::Author(_) => (WRITING.and(PUBLISH), Areas::NONE),
            Self::Catalogues | Self::Feed | Self::Post(_) | Self::Posted(_) => (READING.and(COMMUNITY), Areas::NONE),
            Self::Person(_) => (WRITING.and(READING).and(COMMUNITY), Areas::NONE),
            Self::Catalogue(..) | Self::Releases | Self::Reader(_) | Self::PostsOf(_) | Self::Stories => {
                (READING, Areas::NONE)
            }
            Self::ReleasesOf(_) => (Areas::NONE, READING),
            Self::Viewer(_) | Self::Moderation | Self::Site | Self::Members | Self::Silences(_) => {
                (COMMUNITY, Areas::NONE)
            }
            Self::Area(area) => (Areas::NONE.with(area), Areas::NONE),
            // No answer depends on them.
            Self::Part(_) | Self::Session(_) => (Areas::NONE, Areas::NONE),
        };
        if is_public { always.and(published) } else { always }
    }
}
