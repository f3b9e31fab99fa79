//! The small closed sets: format, genre, role, kind of cast, area.
//!
//! Each is one list: adding a member is one line here, and the compiler names every `match` that
//! has to decide about it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The text names no member of the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("There is no {0} of that name.")]
pub struct UnknownKind(&'static str);

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident ($noun:literal) { $($(#[$member_doc:meta])* $member:ident $slug:literal $label:literal)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$member_doc])* #[serde(rename = $slug)] $member),*
        }

        impl $name {
            /// All of them, in the order people see.
            pub const ALL: &'static [Self] = &[$(Self::$member),*];

            /// Its name in addresses, columns and keys.
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$member => $slug),* }
            }

            /// Its name on screen.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$member => $label),* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.slug())
            }
        }

        impl FromStr for $name {
            type Err = UnknownKind;
            fn from_str(text: &str) -> Result<Self, UnknownKind> {
                Self::ALL.iter().copied().find(|kind| kind.slug() == text).ok_or(UnknownKind($noun))
            }
        }
    )*};
}

// They are lists of the same form: the macro is known from here on.
mod facts;
mod mail;
mod moderation;
mod silence;
mod site;

pub use self::{
    facts::{Language, Length, Rating, SortOrder, Status, Warning},
    mail::MailChoice,
    moderation::{ActKind, Reason, Suspension},
    silence::Silence,
    site::Registration,
};

kinds! {
    /// How a story is told.
    Format("format") {
        /// In prose.
        Novel "novel" "Novel"
        /// In panels; the text is its script.
        Comic "comic" "Comic"
    }

    /// What kind of story it is.
    Genre("genre") {
        /// Literary fiction.
        Literary "literary" "Literary"
        /// Fantasy.
        Fantasy "fantasy" "Fantasy"
        /// Mystery.
        Mystery "mystery" "Mystery"
        /// Romance.
        Romance "romance" "Romance"
        /// Science fiction.
        ScienceFiction "science-fiction" "Science fiction"
        /// Horror.
        Horror "horror" "Horror"
        /// Historical fiction.
        Historical "historical" "Historical"
        /// Humour.
        Humour "humour" "Humour"
    }

    /// What a member of a story's cast is.
    CastKind("kind of cast") {
        /// A person in the story.
        Character "character" "Character"
        /// A place in the story.
        Setting "setting" "Setting"
    }

    /// How a version of a scene came about.
    VersionKind("kind of version") {
        /// It was saved.
        Saved "saved" "Saved"
        /// It was saved over a text that it did not know, and joined with that.
        Typed "typed" "Saved while it was changed elsewhere"
        /// Two saves that were joined.
        Joined "joined" "Joined with what was saved elsewhere"
        /// It was typed and kept, and not saved by then.
        Kept "kept" "Typed, and not saved then"
        /// Another text was chosen.
        SetAside "set-aside" "Not chosen, and kept"
    }

    /// A text of a scene.
    TextKind("kind of text") {
        /// The title.
        Title "title" "Title"
        /// What readers read.
        Content "content" "Text"
        /// The goal of a person in it.
        Goal "goal" "Goal"
        /// The obstacle.
        Conflict "conflict" "Conflict"
        /// The result.
        Outcome "outcome" "Outcome"
    }

    /// As which file a story leaves the site.
    FileKind("kind of file") {
        /// Markdown, which can be imported again.
        Markdown "markdown" "Markdown"
        /// A book for reading programs.
        Epub "epub" "EPUB"
        /// A document for word processors.
        Docx "docx" "Word (DOCX)"
        /// A page for browsers.
        Html "html" "Web page (HTML)"
        /// Plain text.
        Text "text" "Plain text"
    }

    /// What a person may do here.
    Role("role") {
        /// Reads, likes and talks.
        Reader "reader" "Reader"
        /// Also writes stories.
        Writer "writer" "Writer"
        /// Also looks after the place.
        Manager "manager" "Manager"
    }

    /// What becomes of what a person wrote who leaves.
    Legacy("legacy") {
        /// It goes with them.
        Remove "remove" "Remove my stories, posts and comments"
        /// What readers have stays, under nobody's name.
        Keep "keep" "Keep them, under “a former member”"
    }

    /// A family of pages, which share caches in the browser.
    Area("area") {
        /// The studio.
        Writing "writing" "Writing"
        /// Catalogues, stories and chapters.
        Reading "reading" "Reading"
        /// The feed and its threads.
        Community "community" "Community"
        /// What an author has published.
        Publish "publish" "Publish"
        /// Figures about stories.
        Analytics "analytics" "Analytics"
    }
}

impl Role {
    /// Whether stories may be written in this role.
    pub const fn may_write(self) -> bool {
        match self {
            Self::Reader => false,
            Self::Writer | Self::Manager => true,
        }
    }
}
