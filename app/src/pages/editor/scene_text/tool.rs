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
    /// Shows the text as readers will see it.
    Preview,
    /// Hides everything around the sheet.
    Focus,
}

impl Tool {
    /// All, as they stand above the text.
    pub const ALL: [Self; 9] = [
        Self::Bold,
        Self::Italic,
        Self::Link,
        Self::Heading,
        Self::Quote,
        Self::SceneBreak,
        Self::Find,
        Self::Preview,
        Self::Focus,
    ];

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
            Self::Preview => "Preview",
            Self::Focus => "Focus mode",
        }
    }

    /// The letter that does the same with Ctrl, or with Cmd on a Mac.
    pub const fn letter(self) -> Option<char> {
        match self {
            Self::Bold => Some('B'),
            Self::Italic => Some('I'),
            Self::Link => Some('K'),
            Self::Find => Some('F'),
            Self::Heading | Self::Quote | Self::SceneBreak | Self::Preview | Self::Focus => None,
        }
    }

    /// Its keys, as both people and programs write them. No browser has these for itself.
    pub fn keys(self, is_mac: bool) -> Option<(String, String)> {
        match (self, self.letter()) {
            (Self::Preview, _) => Some(("F8".to_owned(), "F8".to_owned())),
            (Self::Focus, _) => Some(("Shift+F8".to_owned(), "Shift+F8".to_owned())),
            (_, Some(letter)) if is_mac => Some((format!("⌘{letter}"), format!("Meta+{letter}"))),
            (_, Some(letter)) => Some((format!("Ctrl+{letter}"), format!("Control+{letter}"))),
            (_, None) => None,
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
            Self::Preview => "preview",
            Self::Focus => "focus",
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
            Self::Find | Self::Preview | Self::Focus => None,
        }
    }
}
