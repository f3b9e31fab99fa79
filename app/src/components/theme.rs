//! Light, sepia or dark: a cookie, so that the first paint has it.

use leptos::{prelude::*, server_fn::ServerFn, task::spawn_local};
use serde::{Deserialize, Serialize};

use crate::api::theme::{SetTheme, set_theme};

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
    const ALL: [Self; 4] = [Self::Light, Self::Sepia, Self::Dark, Self::Auto];

    /// Its name in the cookie and the stylesheet.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Sepia => "sepia",
            Self::Dark => "dark",
            Self::Auto => "auto",
        }
    }

    const fn label(self) -> &'static str {
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
    fn attribute(self) -> Option<&'static str> {
        (self != Self::Auto).then(|| self.slug())
    }
}

/// The theme that the visitor chose; none follows the device.
pub fn chosen() -> Option<&'static str> {
    current().attribute()
}

/// By the cookie on the server, by the page itself in the browser: the same.
fn current() -> Theme {
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

/// Chooses: a plain form, which a script makes quicker.
#[component]
pub fn ThemeMenu() -> impl IntoView {
    let chosen = RwSignal::new(current());
    let choose = move |theme: Theme| {
        chosen.set(theme);
        if let Some(page) = document().document_element() {
            match theme.attribute() {
                Some(slug) => page.set_attribute("data-theme", slug).ok(),
                None => page.remove_attribute("data-theme").ok(),
            };
        }
        // Only the next page load needs the cookie; offline, the choice lasts as long as this page.
        spawn_local(async move {
            set_theme(theme).await.ok();
        });
    };
    let option = move |theme: Theme| {
        view! {
            <button
                class="menu-item theme-menu-option"
                name="theme"
                value=theme.slug()
                aria-pressed=move || (chosen.get() == theme).to_string()
                on:click=move |event| {
                    event.prevent_default();
                    choose(theme);
                }
            >
                <span class="theme-menu-swatch" data-theme=theme.slug()></span>
                {theme.label()}
            </button>
        }
    };
    view! {
        <details class="menu theme-menu" name="header-menu">
            <summary class="menu-button theme-menu-button" aria-label="Theme"><span aria-hidden="true">"Aa"</span></summary>
            <form class="menu-list" action=SetTheme::PATH method="post" aria-label="Theme">
                {Theme::ALL.map(option)}
            </form>
        </details>
    }
}
