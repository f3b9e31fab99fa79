//! The bar in which one says what to find, and what takes its place.

use domain::grouped;
use leptos::{ev, html, prelude::*};

use super::{finder::Finder, keys, tool::Tool};
use crate::{components::Icon, pages::editor::story_find::StoryFinder};

/// Words, the count, and what to do.
#[component]
pub fn FindBar(
    finder: Finder,
    /// Looks for the same in the whole story.
    story: StoryFinder,
) -> impl IntoView {
    let words = NodeRef::<html::Input>::new();
    let take = move || {
        if let Some(input) = words.get_untracked() {
            input.focus().ok();
            input.select();
        }
    };
    Effect::new(move || {
        if words.get().is_some() {
            take();
        }
    });
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            finder.close();
        }
        _ if keys::pressed(&event) == Some(Tool::Find) => {
            event.prevent_default();
            take();
        }
        _ => {}
    };
    // Enter in a field must not save the scene.
    let on_words = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            if event.shift_key() { finder.previous() } else { finder.next() }
        }
    };
    let on_with = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            finder.replace();
        }
    };
    let is_none = Memo::new(move |_| finder.current.get().is_none());
    view! {
        <div class="finder" role="search" aria-label="Find and replace" data-testid="finder" on:keydown=on_key>
            <div class="finder-row">
                <input class="field-input finder-input" node_ref=words aria-label="Find" placeholder="Find" autocomplete="off" dir="auto"
                    prop:value=move || finder.wanted.with(|wanted| wanted.words.clone()) on:keydown=on_words
                    on:input=move |event| finder.wanted.update(|wanted| wanted.words = event_target_value(&event)) />
                <p class="finder-count" role="status">{move || count(finder)}</p>
                <IconButton name="Previous match" icon="up" disabled=is_none on_click=move |()| finder.previous() />
                <IconButton name="Next match" icon="down" disabled=is_none on_click=move |()| finder.next() />
                <IconButton name="Close" icon="close" on_click=move |()| finder.close() />
            </div>
            <div class="finder-row">
                <input class="field-input finder-input" aria-label="Replace with" placeholder="Replace with" autocomplete="off" dir="auto"
                    prop:value=move || finder.with.get() on:keydown=on_with
                    on:input=move |event| finder.with.set(event_target_value(&event)) />
                <button class="button" data-size="small" type="button" disabled=move || is_none.get()
                    on:click=move |_| finder.replace()>"Replace"</button>
                <button class="button" data-size="small" type="button" disabled=move || is_none.get()
                    on:click=move |_| finder.replace_all()>"Replace all"</button>
            </div>
            <div class="finder-row" role="group" aria-label="How to find">
                <button class="button" data-size="small" type="button"
                    aria-pressed=move || finder.wanted.with(|wanted| wanted.is_case_matched).to_string()
                    on:click=move |_| finder.wanted.update(|wanted| wanted.is_case_matched = !wanted.is_case_matched)>"Match case"</button>
                <button class="button" data-size="small" type="button"
                    aria-pressed=move || finder.wanted.with(|wanted| wanted.is_whole).to_string()
                    on:click=move |_| finder.wanted.update(|wanted| wanted.is_whole = !wanted.is_whole)>"Whole words"</button>
                <button class="button" data-size="small" data-kind="quiet" type="button" data-testid="in-whole-story" title="Ctrl+Shift+F"
                    on:click=move |_| story.open(Some(finder.wanted.get_untracked()))>"In the whole story"</button>
            </div>
        </div>
    }
}

#[component]
fn IconButton(
    name: &'static str,
    icon: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button class="toolbar-button" type="button" aria-label=name title=name disabled=move || disabled.get()
            on:click=move |_| on_click.run(())><Icon name=icon /></button>
    }
}

/// As in “2 of 14”.
fn count(finder: Finder) -> String {
    let number = |count: usize| grouped(u32::try_from(count).unwrap_or(u32::MAX));
    // Asked first: the match at hand may be the same among fewer, and who asks for that alone is not told.
    let all = finder.found.with(Vec::len);
    match finder.current.get() {
        Some(current) => format!("{} of {}", number(current + 1), number(all)),
        None if finder.wanted.with(|wanted| wanted.words.is_empty()) => String::new(),
        None => "No matches".to_owned(),
    }
}
