//! A scene in which words were replaced together with other scenes'.

use serde::{Deserialize, Serialize};

use abreast_core::Directive::Refresh;

use super::made_old::scene;
use crate::{Directive, listing::Listing, path::ScenePath, tag::Tag};

/// A scene in which words were replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplacedScene {
    /// The scene.
    pub at: ScenePath,
    /// Where the public finds its text. If only what is typed and not saved changed, that is nowhere.
    pub listing: Listing,
    /// Whether its saved text changed.
    pub is_saved: bool,
}

impl ReplacedScene {
    /// What of it is old.
    pub(super) fn made_old(&self) -> Vec<Directive> {
        if self.is_saved { scene(self.at, self.listing).collect() } else { vec![Refresh(Tag::Scene(self.at.scene))] }
    }
}
