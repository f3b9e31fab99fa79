//! Light, sepia or dark: a cookie, so that the first paint has it.

#[cfg(not(feature = "ssr"))]
use leptos::prelude::document;
#[cfg(feature = "ssr")]
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};

/// The cookie's name.
pub const COOKIE: &str = "quire-theme";

/// How pages look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Brown on cream.
    Sepia,
    /// Light on dark.
    Dark,
    /// Whatever the device says.
    Auto,
}

impl Theme {
    /// All of them, as a menu lists them.
    pub const ALL: [Self; 4] = [Self::Light, Self::Sepia, Self::Dark, Self::Auto];

    /// Its name in the cookie and the stylesheet.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Sepia => "sepia",
            Self::Dark => "dark",
            Self::Auto => "auto",
        }
    }

    /// Its name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Sepia => "Sepia",
            Self::Dark => "Dark",
            Self::Auto => "As my device",
        }
    }

    /// The one with this name.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.slug() == slug)
    }

    /// The page's attribute; none follows the device.
    pub fn attribute(self) -> Option<&'static str> {
        (self != Self::Auto).then(|| self.slug())
    }
}

/// The theme that the visitor chose; none follows the device.
pub fn chosen() -> Option<&'static str> {
    current().attribute()
}

/// By the cookie on the server, by the page itself in the browser: the same.
pub fn current() -> Theme {
    #[cfg(feature = "ssr")]
    return use_context::<http::request::Parts>().map_or(Theme::Auto, |request| of_request(&request.headers));
    #[cfg(not(feature = "ssr"))]
    {
        let slug = document().document_element().and_then(|page| page.get_attribute("data-theme"));
        slug.as_deref().and_then(Theme::from_slug).unwrap_or(Theme::Auto)
    }
}

/// By the request's cookies: the first that names a theme. Read here alone, so that a page which is kept under a
/// theme's name is a page of that theme.
#[cfg(feature = "ssr")]
pub fn of_request(headers: &http::HeaderMap) -> Theme {
    crate::cookie::values(headers, COOKIE).find_map(Theme::from_slug).unwrap_or(Theme::Auto)
}
