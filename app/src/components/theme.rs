//! The menu in which a visitor chooses a theme.

use leptos::{prelude::*, server_fn::ServerFn, task::spawn_local};

use crate::{
    api::theme::{SetTheme, set_theme},
    theme::{Theme, current},
};

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
