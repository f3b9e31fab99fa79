//! The browser's bundles: all pages, and the readers' few.

/// What is compiled of `frontend`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bundle {
    /// Every page. Enough by itself: without the other, the server gives every page this one.
    Full,
    /// What readers need: 413 kB over the line, not 517.
    Reading,
}

impl Bundle {
    pub(crate) const ALL: [Self; 2] = [Self::Full, Self::Reading];

    /// What its files in `/pkg` are called, without their endings. The first is what leptos is told,
    /// the other what `app` asks for.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Full => "quire",
            Self::Reading => "reading",
        }
    }

    /// How cargo is told.
    pub(crate) const fn features(self) -> &'static [&'static str] {
        match self {
            Self::Full => &[],
            Self::Reading => &["--no-default-features"],
        }
    }
}
