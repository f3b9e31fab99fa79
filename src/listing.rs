//! Where the public finds a story or something in it, if anywhere.

use serde::{Deserialize, Serialize};

use crate::{
    Audience,
    kinds::{Format, Genre},
    path::StoryPath,
    tag::Tag,
};

/// Where the public finds a story or something in it: of a draft chapter, nothing is found in a published story either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listing {
    /// Nowhere: its author alone may know of it.
    Draft,
    /// In this catalogue.
    Catalogue(Format, Genre),
}

impl Listing {
    /// The listing of a story with this format and genre.
    pub const fn of(published: bool, format: Format, genre: Genre) -> Self {
        if published { Self::Catalogue(format, genre) } else { Self::Draft }
    }

    /// Whether the public may read the story.
    pub const fn is_public(self) -> bool {
        match self {
            Self::Draft => false,
            Self::Catalogue(..) => true,
        }
    }

    /// The listing of something in the story, if readers have that.
    #[must_use]
    pub fn of_part(self, published: bool) -> Self {
        if published { self } else { Self::Draft }
    }

    /// Where either of two is found, in one story.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        if self.is_public() { self } else { other }
    }

    /// The catalogues that list it.
    pub(crate) fn tags(self) -> Vec<Tag> {
        match self {
            Self::Draft => vec![],
            Self::Catalogue(format, genre) => vec![Tag::Catalogue(format, genre), Tag::Catalogues],
        }
    }

    /// Who may be told of a change to the story.
    pub(crate) const fn audience(self, at: StoryPath) -> Audience {
        match self {
            Self::Draft => Audience::Only(at.author),
            Self::Catalogue(..) => Audience::Everyone,
        }
    }
}
