//! What an author is to the one who looks.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{Quire, Tags, handle::Handle, ids::UserId, kinds::Area, tag::Tag};

/// What the person with this handle, or who had it once, is to the viewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyAuthor {
    /// Who looks.
    pub viewer: UserId,
    /// The handle.
    pub author: Handle,
}

/// Beside what everybody is told of an author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MineOfAuthor {
    /// Who the author is.
    pub author: UserId,
    /// Whether the viewer follows them.
    pub follows: bool,
}

impl Query for MyAuthor {
    type Nouns = Quire;
    type Output = MineOfAuthor;
    const NAME: &'static str = "my-author";
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    /// A handle is one account's for good, so it is another's never, and nobody's once they left.
    fn tags(&self, mine: &MineOfAuthor) -> Tags {
        Tags::of(Tag::Reader(self.viewer), [Tag::Person(mine.author)])
    }
}
