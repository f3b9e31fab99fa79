//! What readers choose a story by, and in which order they find it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::UnknownKind;

kinds! {
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
        /// A person is abused.
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
        /// Its author has not said.
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

impl Language {
    /// The tag, if its author said which it is: for the attribute `lang`.
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
