//! The menu in which a visitor chooses how pages and stories look.

use leptos::{ev, prelude::*, server_fn::ServerFn, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlButtonElement;

use crate::{
    api::appearance::{SetAppearance, set_appearance},
    appearance::{Appearance, Choice, SETTINGS, Setting},
};

const MENU: &str = "appearance-menu";

/// Chooses: a plain form, which a script makes quicker.
#[component]
pub fn AppearanceMenu() -> impl IntoView {
    let current = Appearance::current();
    view! {
        <div class="menu appearance-menu">
            <button class="menu-button appearance-menu-button" type="button" popovertarget=MENU aria-label="Appearance">
                <span aria-hidden="true">"Aa"</span>
            </button>
            <form class="menu-list appearance-menu-list" id=MENU popover="auto" action=SetAppearance::PATH method="post" aria-label="Appearance" on:click=choose>
                {SETTINGS.iter().map(|setting| view! { <Options setting current /> }.into_any()).collect::<Vec<_>>()}
            </form>
        </div>
    }
}

#[component]
fn Options(setting: &'static Setting, current: Appearance) -> impl IntoView {
    let option = |&(name, label): &(&'static str, &'static str)| {
        view! {
            <button
                class="appearance-option"
                name="choice"
                value=format!("{}={name}", setting.name)
                aria-pressed=current.is_chosen(setting, name).to_string()
            >
                {(setting.name == "theme").then(|| view! { <span class="appearance-swatch" data-theme=name></span> })}
                {label}
            </button>
        }
    };
    view! {
        <div class="appearance-setting" role="group" aria-label=setting.label>
            <p class="appearance-label" aria-hidden="true">{setting.label}</p>
            <div class="appearance-options">{setting.options.iter().map(option).collect::<Vec<_>>()}</div>
        </div>
    }
}

/// One listener for all buttons, which changes the page as the server would write it: no signal for each, in a menu
/// that stands on every page.
fn choose(event: ev::MouseEvent) {
    let button = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|at| at.closest("button").ok().flatten())
        .and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
    let Some((button, choice)) =
        button.and_then(|button| Choice::try_from(button.value()).ok().map(|choice| (button, choice)))
    else {
        return;
    };
    event.prevent_default();
    let attribute = format!("data-{}", choice.setting.name);
    if let Some(page) = document().document_element() {
        match choice.unusual() {
            Some(option) => page.set_attribute(&attribute, option).ok(),
            None => page.remove_attribute(&attribute).ok(),
        };
    }
    let mut sibling = button.parent_element().and_then(|options| options.first_element_child());
    while let Some(option) = sibling {
        option.set_attribute("aria-pressed", if option == **button { "true" } else { "false" }).ok();
        sibling = option.next_element_sibling();
    }
    // Only the next page load needs the cookie; offline, the choice lasts as long as this page.
    spawn_local(async move {
        set_appearance(choice).await.ok();
    });
}
