//! What to find in the story, and what takes its place.

use leptos::prelude::*;

use super::StoryFinder;

/// The id of the first field.
pub const FIRST: &str = "story-find-words";

/// The fields and the options.
#[component]
pub fn Fields(finder: StoryFinder) -> impl IntoView {
    let option = move |name: &'static str, is_on: Signal<bool>, turn: fn(StoryFinder)| {
        view! {
            <button class="button" data-size="small" type="button" aria-pressed=move || is_on.get().to_string()
                on:click=move |_| turn(finder)>{name}</button>
        }
    };
    let is_case = Signal::derive(move || finder.wanted.with(|wanted| wanted.is_case_matched));
    let is_whole = Signal::derive(move || finder.wanted.with(|wanted| wanted.is_whole));
    view! {
        <div class="story-find-fields">
            <input class="field-input" id=FIRST aria-label="Find in the story" placeholder="Find" autocomplete="off" dir="auto"
                prop:value=move || finder.wanted.with(|wanted| wanted.words.clone())
                on:input=move |event| finder.wanted.update(|wanted| wanted.words = event_target_value(&event)) />
            {move || finder.is_replacing.get().then(|| view! {
                <input class="field-input" aria-label="Replace with" placeholder="Replace with" autocomplete="off" dir="auto"
                    data-testid="story-find-with" prop:value=move || finder.with.get()
                    on:input=move |event| finder.with.set(event_target_value(&event)) />
            })}
            <div class="finder-row" role="group" aria-label="How to find">
                {option("Match case", is_case, |finder| finder.wanted.update(|wanted| wanted.is_case_matched = !wanted.is_case_matched))}
                {option("Whole words", is_whole, |finder| finder.wanted.update(|wanted| wanted.is_whole = !wanted.is_whole))}
                {option("Replace", finder.is_replacing.into(), |finder| finder.is_replacing.update(|replacing| *replacing = !*replacing))}
            </div>
        </div>
    }
}
