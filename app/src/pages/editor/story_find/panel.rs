//! The panel: beside the text it takes the outline's place; on a narrow screen it lies over the text.

use domain::{FoundInStory, Needle, NotANeedle, StoryMatches, grouped};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    StoryFinder,
    fields::{FIRST, Fields},
    list::MatchList,
    replacing::{Replacing, in_scenes},
    rows::{is_any_read, rows},
};
use crate::{
    cache::{Reading, outcome},
    components::Icon,
    pages::editor::{desk::Desk, outline, wanted::Wanted},
};

/// Where the focus goes, the first that is there, when the panel closes.
const BACK: [&str; 2] = ["#scene-content", "[data-testid=find-story]"];

/// The panel, as long as it is open.
#[component]
pub fn StoryFindPanel(desk: Desk, matches: Reading<StoryMatches>) -> impl IntoView {
    let finder = desk.find;
    let replacing = Replacing::new(finder, desk.story);
    // Focus mode shows nothing but the sheet.
    if desk.sight.focus.get_untracked() {
        desk.sight.toggle_focus();
    }
    // The answer to what is asked now; while that is on its way, the last one.
    let answer = outcome(move || matches.answered().filter(|_| finder.needle.get().is_some()));
    let found = Memo::new(move |_| answer.get().and_then(|(query, found)| Some((query.needle, found.ok()?))));
    let needle = Memo::new(move |_| found.with(|found| found.as_ref().map(|(needle, _)| needle.clone())));
    let rows = Memo::new(move |_| {
        desk.tree
            .with(|tree| found.with(|found| found.as_ref().map(|(_, found)| rows(tree, found)).unwrap_or_default()))
    });
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            finder.close();
        }
    };
    let trouble = move || {
        let refused = answer.get().and_then(|(_, answer)| answer.err()).map(|error| error.to_string());
        let said = replacing.trouble.get().or_else(|| unfindable(finder)).or(refused);
        said.map(|said| view! { <p class="field-error" role="alert" data-testid="story-find-error">{said}</p> })
    };
    let is_wanted = move || needle.get().is_some_and(|needle| finder.needle.get() == Some(needle));
    view! {
        <div class="story-find-veil" on:click=move |_| finder.close()></div>
        <aside class="story-find" aria-label="Find in the whole story" data-testid="story-find" on:keydown=on_key
            on:focusin=move |_| finder.keep.notify()
        >
            <div class="story-find-head">
                <h2 class="story-find-title">"Find in the story"</h2>
                <button class="toolbar-button" type="button" aria-label="Close" title="Close (Escape)" on:click=move |_| finder.close()>
                    <Icon name="close" />
                </button>
            </div>
            <Fields finder />
            <p class="story-find-count" role="status" data-testid="story-find-count">
                {move || found.with(|found| found.as_ref().filter(|_| is_wanted()).map(|(_, found)| count(found)))}
            </p>
            {trouble}
            // Above the list: a word about what was done lies over the panel's end.
            {move || finder.is_replacing.get().then(|| view! { <ReplaceBar desk replacing found /> })}
            {move || needle.get().map(|needle| view! { <MatchList finder story=desk.story needle rows /> })}
        </aside>
    }
}

/// The button that replaces, and what it says.
#[component]
fn ReplaceBar(desk: Desk, replacing: Replacing, found: Memo<Option<(Needle, FoundInStory)>>) -> impl IntoView {
    let finder = desk.find;
    let chosen = Memo::new(move |_| {
        let chosen = |found: &FoundInStory| finder.left_out.with(|left| left.chosen(found));
        found.with(|found| found.as_ref().map_or(0, |(_, found)| chosen(found)))
    });
    let is_read = Memo::new(move |_| {
        let scenes =
            found.with(|found| found.as_ref().map(|(_, found)| finder.left_out.with(|left| left.scenes(found))));
        let scenes: std::collections::HashSet<_> =
            scenes.unwrap_or_default().into_iter().map(|one| one.scene).collect();
        desk.tree.with(|tree| is_any_read(tree, |scene| scenes.contains(&scene)))
    });
    let label = move || {
        let readers = if is_read.get() { " for readers" } else { "" };
        format!("Replace {}{readers}", grouped(chosen.get()))
    };
    let click = move |_| {
        if let Some((needle, found)) = found.get_untracked()
            && Some(&needle) == finder.needle.get_untracked().as_ref()
            && !replacing.is_under_way()
        {
            replacing.run(needle, &found);
        }
    };
    view! {
        <div class="story-find-actions">
            <button class="button" data-kind="primary" type="button" data-testid="replace-story" disabled={move || chosen.get() == 0}
                aria-busy=move || replacing.is_under_way().then_some("true") on:click=click>{label}</button>
        </div>
    }
}

/// As in “37 in 9 scenes”, and what is not in the list.
fn count(found: &FoundInStory) -> String {
    if found.count == 0 {
        return "No matches".to_owned();
    }
    let all = in_scenes(found.count, found.in_scenes);
    let listed: usize = found.scenes.iter().map(|scene| scene.matches.len()).sum();
    let listed = u32::try_from(listed).unwrap_or(u32::MAX);
    let told: u32 = found.scenes.iter().map(|scene| scene.count).sum();
    if told < found.count {
        let scenes = u32::try_from(found.scenes.len()).unwrap_or(u32::MAX);
        format!("{all}. Here are the first {}.", in_scenes(told, scenes))
    } else if listed < found.count {
        format!("{all}. The first {} are shown with the words around them.", grouped(listed))
    } else {
        all
    }
}

/// Why what is typed can't be looked for.
fn unfindable(finder: StoryFinder) -> Option<String> {
    match finder.wanted.with(Wanted::needle) {
        Ok(_) | Err(NotANeedle::Empty) => None,
        Err(error) => Some(error.to_string()),
    }
}

/// The first field has the focus, once it is there.
pub fn take_focus() {
    request_animation_frame(|| {
        if let Some(field) = document().get_element_by_id(FIRST) {
            let field = field.unchecked_into::<web_sys::HtmlInputElement>();
            field.focus().ok();
            field.select();
        }
    });
}

/// The text has it again.
pub fn leave_focus() {
    let there = |selector: &str| document().query_selector(selector).ok().flatten();
    let back = BACK.iter().find_map(|selector| there(selector)).and_then(|back| back.dyn_into::<HtmlElement>().ok());
    if let Some(back) = back {
        back.focus().ok();
    }
}

/// Over the text, it goes when a match was picked.
pub fn leave_drawer(finder: StoryFinder) {
    if outline::is_narrow() {
        finder.is_open.set(false);
    }
}

#[cfg(test)]
mod tests {
    use domain::{Excerpt, FoundScene, Rev, SceneId};

    use super::*;

    #[track_caller]
    fn check(count_of_all: u32, in_scenes: u32, scenes: &[(u32, usize)], expected: &str) {
        let excerpt = Excerpt { before: String::new(), words: "x".to_owned(), after: String::new() };
        let scenes = scenes.iter().map(|&(count, shown)| FoundScene {
            scene: SceneId::from_bits(1),
            rev: Rev(1),
            kept: Rev(0),
            count,
            matches: vec![excerpt.clone(); shown],
        });
        assert_eq!(count(&FoundInStory { count: count_of_all, in_scenes, scenes: scenes.collect() }), expected);
    }

    #[test]
    fn how_many_there_are() {
        check(0, 0, &[], "No matches");
        check(1, 1, &[(1, 1)], "1 in 1 scene");
        check(37, 2, &[(30, 30), (7, 7)], "37 in 2 scenes");
        check(
            700,
            2,
            &[(400, 400), (300, 100)],
            "700 in 2 scenes. The first 500 are shown with the words around them.",
        );
        check(1_200, 3, &[(500, 500), (500, 0)], "1,200 in 3 scenes. Here are the first 1,000 in 2 scenes.");
    }
}
