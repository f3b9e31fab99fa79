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

    /// Whether there is more of a story to come.
    Status("status") {
        /// There is.
        Ongoing "ongoing" "Ongoing"
        /// All of it is written.
        Complete "complete" "Complete"
        /// Not at the moment.
        Hiatus "hiatus" "On hiatus"
    }

    /// For whom a story is.
    Rating("rating") {
        /// For everybody.
        General "general" "General"
        /// For teenagers and older.
        Teen "teen" "Teen"
        /// For adults.
        Mature "mature" "Mature"
    }

    /// What readers should know before they begin a story.
    Warning("content warning") {
        /// Violence that is described.
        Violence "violence" "Graphic violence"
        /// A main character dies.
        Death "death" "Major character death"
        /// Sex that is described.
        Sex "sex" "Explicit sex"
        /// Sexual violence.
        SexualViolence "sexual-violence" "Sexual violence"
        /// Somebody is abused.
        Abuse "abuse" "Abuse"
        /// Self-harm or suicide.
        SelfHarm "self-harm" "Self-harm or suicide"
        /// Drugs, or addiction to them.
        Drugs "drugs" "Drug use"
        /// Hate against people for what they are.
        Hate "hate" "Racism or other hatred"
    }

    /// How long a story is.
    Length("length") {
        /// Read in an evening.
        Short "short" "Under 10,000 words"
        /// Read in a few.
        Medium "medium" "10,000 to 50,000 words"
        /// A book.
        Long "long" "50,000 words and more"
    }

    /// In which order stories are found.
    SortOrder("order") {
        /// The one that fits best first.
        Relevance "relevance" "Best match"
        /// The one with the newest chapter first.
        Updated "updated" "Updated last"
        /// The newest first.
        New "new" "Newest"
        /// The one that most people like first.
        Liked "liked" "Most liked"
        /// The longest first.
        Words "words" "Longest"
    }

    /// The language of a story, by its tag of BCP 47, in its own words.
    Language("language") {
        /// Nobody said.
        Undetermined "und" "Not said"
        /// Arabic.
        Arabic "ar" "العربية"
        /// Bulgarian.
        Bulgarian "bg" "Български"
        /// Czech.
        Czech "cs" "Čeština"
        /// Danish.
        Danish "da" "Dansk"
        /// German.
        German "de" "Deutsch"
        /// Greek.
        Greek "el" "Ελληνικά"
        /// English.
        English "en" "English"
        /// Spanish.
        Spanish "es" "Español"
        /// Persian.
        Persian "fa" "فارسی"
        /// Finnish.
        Finnish "fi" "Suomi"
        /// French.
        French "fr" "Français"
        /// Hebrew.
        Hebrew "he" "עברית"
        /// Hindi.
        Hindi "hi" "हिन्दी"
        /// Hungarian.
        Hungarian "hu" "Magyar"
        /// Indonesian.
        Indonesian "id" "Bahasa Indonesia"
        /// Italian.
        Italian "it" "Italiano"
        /// Japanese.
        Japanese "ja" "日本語"
        /// Korean.
        Korean "ko" "한국어"
        /// Dutch.
        Dutch "nl" "Nederlands"
        /// Norwegian Bokmål.
        Norwegian "nb" "Norsk bokmål"
        /// Polish.
        Polish "pl" "Polski"
        /// Portuguese.
        Portuguese "pt" "Português"
        /// Romanian.
        Romanian "ro" "Română"
        /// Russian.
        Russian "ru" "Русский"
        /// Swedish.
        Swedish "sv" "Svenska"
        /// Thai.
        Thai "th" "ไทย"
        /// Turkish.
        Turkish "tr" "Türkçe"
        /// Ukrainian.
        Ukrainian "uk" "Українська"
        /// Vietnamese.
        Vietnamese "vi" "Tiếng Việt"
        /// Chinese in simplified letters.
        Chinese "zh-Hans" "简体中文"
        /// Chinese in traditional letters.
        TraditionalChinese "zh-Hant" "繁體中文"
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

    /// Why something is reported.
    Reason("reason") {
        /// Advertising, or the same again and again.
        Spam "spam" "Spam or advertising"
        /// Against a person.
        Harassment "harassment" "Harassment or threats"
        /// Against a group of people.
        Hate "hate" "Hatred of a group of people"
        /// Against children.
        Minors "minors" "Sexual content about minors"
        /// Where nobody expects it.
        Explicit "explicit" "Sexual or cruel without a warning"
        /// Another person wrote it.
        Copied "copied" "Copied from somebody else"
        /// An address, a telephone number, a real name.
        Private "private" "Somebody’s private data"
        /// None of these.
        Other "other" "Something else"
    }

    /// For how long an account is suspended.
    Term("term") {
        /// A day.
        Day "day" "A day"
        /// Seven days.
        Week "week" "A week"
        /// Thirty days.
        Month "month" "30 days"
        /// Ninety days.
        Season "season" "90 days"
    }

    /// What is done in moderation.
    ActKind("act") {
        /// Something can be found by nobody but its author and managers.
        Hide "hide" "Hidden"
        /// It is back.
        Restore "restore" "Restored"
        /// Reports were looked at, and nothing was done.
        Dismiss "dismiss" "Reports dismissed"
        /// Nothing more is said below a post.
        Lock "lock" "Thread closed"
        /// Something more may be said.
        Unlock "unlock" "Thread opened again"
        /// A person reads only, for a time.
        Suspend "suspend" "Suspended"
        /// A person can't sign in.
        Ban "ban" "Banned"
        /// A person may do again what they could.
        Lift "lift" "Suspension or ban lifted"
        /// A person answered a decision about them.
        Answer "answer" "Answered"
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

impl Length {
    /// How many words it has at least, and below how many it stays.
    pub const fn words(self) -> (i64, i64) {
        match self {
            Self::Short => (0, 10_000),
            Self::Medium => (10_000, 50_000),
            Self::Long => (50_000, i64::MAX),
        }
    }
}

impl Term {
    /// In milliseconds.
    pub const fn millis(self) -> i64 {
        const DAY: i64 = 24 * 60 * 60 * 1_000;
        match self {
            Self::Day => DAY,
            Self::Week => 7 * DAY,
            Self::Month => 30 * DAY,
            Self::Season => 90 * DAY,
        }
    }
}

impl Language {
    /// The tag, if somebody said which it is: for the attribute `lang`.
    pub const fn said(self) -> Option<&'static str> {
        match self {
            Self::Undetermined => None,
            said => Some(said.slug()),
        }
    }
}

macro_rules! usually {
    ($($kind:ident $member:ident)*) => {$(
        /// Of a story whose author has not said.
        impl Default for $kind {
            fn default() -> Self {
                Self::$member
            }
        }
    )*};
}

usually! { Status Ongoing Rating General Language Undetermined }

impl Role {
    /// Whether stories may be written in this role.
    pub const fn may_write(self) -> bool {
        match self {
            Self::Reader => false,
            Self::Writer | Self::Manager => true,
        }
    }
}
