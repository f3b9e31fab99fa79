//! Prose: a scene's text made into HTML that can do no harm.
//!
//! Raw HTML is shown as the text it is, and only `http`, `https` and `mailto` links are links, which say that they are
//! their author's and not ours. The field is private: every `Prose` was made from a Body.

use serde::{Deserialize, Serialize};

use crate::{story_text, text::Body};

/// HTML of a scene, safe to put on a page as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Prose(String);

impl Prose {
    /// What stands between two scenes: a separator for screen readers, and stars in copied text.
    pub const BREAK: &str = story_text::BREAK;

    /// The scenes of a chapter as HTML, without those that show nothing. They share a page, so their notes are
    /// numbered through it.
    pub fn of(scenes: &[Body]) -> Vec<Self> {
        let texts = scenes.iter().map(Body::as_str).collect::<Vec<_>>();
        story_text::html(&texts).into_iter().filter(|html| !html.is_empty()).map(Self).collect()
    }

    /// The HTML.
    pub fn html(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests;
