//! The browser's bundles: the readers' pages, the author's with them, the debug page; or all in one.

/// What is compiled of `frontend`. What each weighs is printed by `cargo xtask build --release`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bundle {
    /// Every page: built alone, and the server gives every page this one.
    Full,
    /// What readers need.
    Reading,
    /// What authors need, which is what readers need and the studio.
    Studio,
    /// The debug page alone.
    Monitoring,
}

impl Bundle {
    pub(crate) const ALL: [Self; 4] = [Self::Full, Self::Reading, Self::Studio, Self::Monitoring];

    /// A site that is split: each page comes with what it needs, and little else.
    pub(crate) const SPLIT: [Self; 3] = [Self::Reading, Self::Studio, Self::Monitoring];

    /// What its files in `/pkg` are called, without their endings. The first is what leptos is told,
    /// the others what `app` asks for.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Full => "quire",
            Self::Reading => "reading",
            Self::Studio => "studio",
            Self::Monitoring => "monitoring",
        }
    }

    /// Which pages need it, for people at the screen.
    pub(crate) const fn describes(self) -> &'static str {
        match self {
            Self::Full => "every page",
            Self::Reading => "the readers' pages",
            Self::Studio => "the studio",
            Self::Monitoring => "the debug page",
        }
    }

    /// How cargo is told.
    pub(crate) const fn features(self) -> &'static [&'static str] {
        match self {
            Self::Full => &[],
            Self::Reading => &["--no-default-features"],
            Self::Studio => &["--no-default-features", "--features", "studio"],
            Self::Monitoring => &["--no-default-features", "--features", "monitoring"],
        }
    }
}
