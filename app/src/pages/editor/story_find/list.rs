//! The list of matches: a link to each, and whether it is replaced.

use domain::{Excerpt, FoundScene, Needle, StoryId, grouped};
use leptos::prelude::*;

use super::{
    StoryFinder,
    jump::Jump,
    rows::{Row, SceneRow},
};
use crate::pages::editor::place::Place;

/// The rows. A row whose text is the same stays as it is on screen.
#[component]
pub fn MatchList(
    finder: StoryFinder,
    story: StoryId,
    needle: Needle,
    #[prop(into)] rows: Signal<Vec<Row>>,
) -> impl IntoView {
    let key = |row: &Row| match row {
        Row::Chapter(chapter, label) => format!("{chapter} {label}"),
        Row::Scene(SceneRow { label, found }) => {
            format!("{} {} {} {} {label}", found.scene, found.rev.0, found.kept.0, found.count)
        }
    };
    let row = move |row: Row| match row {
        Row::Chapter(_, label) => view! { <h3 class="story-find-chapter">{label}</h3> }.into_any(),
        Row::Scene(row) => scene(finder, story, &needle, row),
    };
    view! { <div class="story-find-list" data-testid="story-find-list"><For each=move || rows.get() key children=row /></div> }
}

fn scene(finder: StoryFinder, story: StoryId, needle: &Needle, row: SceneRow) -> AnyView {
    let SceneRow { label, found } = row;
    let scene = StoredValue::new(found);
    let (count, shown) = scene.with_value(|scene| (scene.count, scene.matches.len()));
    let chosen = move || finder.left_out.with(|left| scene.with_value(|scene| left.chosen_in(scene)));
    let (name, title) = (label.clone(), label.clone());
    let choose = move || {
        let choose = move |event| {
            let is_left = !event_target_checked(&event);
            finder.left_out.update(|left| scene.with_value(|scene| left.leave_scene(scene, is_left)));
        };
        view! {
            <input class="story-find-check" type="checkbox" aria-label=format!("Replace in {name}") data-testid="choose-scene"
                prop:checked={move || chosen() > 0} prop:indeterminate={move || (1..count).contains(&chosen())} on:change=choose />
        }
    };
    let matches = scene.with_value(|scene| scene.matches.clone());
    let matches = (0..).zip(matches).map(|(number, excerpt)| {
        one(finder, story, scene, Place::Scene(scene.with_value(|scene| scene.scene)), needle.clone(), number, excerpt)
    });
    let more = usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(shown);
    let more = (more > 0).then(|| {
        let more = grouped(u32::try_from(more).unwrap_or(u32::MAX));
        view! { <li class="story-find-more">{format!("{more} more in this scene")}</li> }
    });
    view! {
        <div class="story-find-scene" role="group" aria-label=label>
            <div class="story-find-scene-head">
                {move || finder.is_replacing.get().then(choose.clone())}
                <h4 class="story-find-scene-title">{title}</h4>
                <span class="story-find-scene-count">{grouped(count)}</span>
            </div>
            <ol class="story-find-matches">{matches.collect_view()}{more}</ol>
        </div>
    }
    .into_any()
}

fn one(
    finder: StoryFinder,
    story: StoryId,
    scene: StoredValue<FoundScene>,
    place: Place,
    needle: Needle,
    number: u32,
    Excerpt { before, words, after }: Excerpt,
) -> impl IntoView {
    let is_left = move || finder.left_out.with(|left| scene.with_value(|scene| left.has(scene, number)));
    let choose = move |event| {
        let is_left = !event_target_checked(&event);
        finder.left_out.update(|left| scene.with_value(|scene| left.leave(scene, number, is_left)));
    };
    let jump = move |_| {
        let Some(scene) = scene.try_with_value(|scene| scene.scene) else { return };
        finder.keep.notify();
        finder.jump.set(Some(Jump {
            scene,
            needle: needle.clone(),
            number: usize::try_from(number).unwrap_or_default(),
        }));
        super::panel::leave_drawer(finder);
    };
    let name = format!("Replace “{words}” number {}", number + 1);
    let is_replaced = move || finder.is_replacing.get() && !is_left();
    let new = move || is_replaced().then(|| view! { <ins class="story-find-new">{move || finder.with.get()}</ins> });
    view! {
        <li class="story-find-match" data-testid="story-match">
            {move || finder.is_replacing.get().then(|| view! {
                <input class="story-find-check" type="checkbox" aria-label=name.clone() data-testid="choose-match"
                    prop:checked=move || !is_left() on:change=choose />
            })}
            <a class="story-find-link" href=place.href(story) on:click=jump>
                <span>{before}</span>
                <mark class="story-find-words" data-replaced=move || is_replaced().then_some("")>{words}</mark>
                {new}
                <span>{after}</span>
            </a>
        </li>
    }
}
