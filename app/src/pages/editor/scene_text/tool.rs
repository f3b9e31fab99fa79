//! The tools of a text: what each is called, its key, and what it does.

use std::ops::Range;

use super::{
    block,
    edit::Edit,
    link,
    mark::{self, Mark},
};

/// A button above the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// `**loud**`
    Bold,
    /// `*soft*`
    Italic,
    /// `[words](address)`
    Link,
    /// `# Heading`
    Heading,
    /// `> so`
    Quote,
    /// `***`
    SceneBreak,
    /// Finds and replaces words.
    Find,
}

impl Tool {
    /// All, as they stand above the text.
    pub const ALL: [Self; 7] =
        [Self::Bold, Self::Italic, Self::Link, Self::Heading, Self::Quote, Self::SceneBreak, Self::Find];

    /// What its button is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bold => "Bold",
            Self::Italic => "Italic",
            Self::Link => "Link",
            Self::Heading => "Heading",
            Self::Quote => "Quote",
            Self::SceneBreak => "Scene break",
            Self::Find => "Find and replace",
        }
    }

    /// The letter that does the same with Ctrl, or with Cmd on a Mac.
    pub const fn letter(self) -> Option<char> {
        match self {
            Self::Bold => Some('B'),
            Self::Italic => Some('I'),
            Self::Link => Some('K'),
            Self::Find => Some('F'),
            Self::Heading | Self::Quote | Self::SceneBreak => None,
        }
    }

    /// Its symbol.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Link => "link",
            Self::Heading => "heading",
            Self::Quote => "quote",
            Self::SceneBreak => "scene-break",
            Self::Find => "search",
        }
    }

    /// What it does to a text, if anything.
    pub fn edit(self, text: &str, selected: Range<usize>) -> Option<Edit> {
        match self {
            Self::Bold => Some(mark::toggled(text, selected, Mark::Strong)),
            Self::Italic => Some(mark::toggled(text, selected, Mark::Emphasis)),
            Self::Link => link::toggled(text, selected),
            Self::Heading => Some(block::heading(text, selected)),
            Self::Quote => Some(block::quote(text, selected)),
            Self::SceneBreak => Some(block::scene_break(text, &selected)),
            Self::Find => None,
        }
    }
}
