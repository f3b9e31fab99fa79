//! For which areas this node keeps answers, and switches for it.

use domain::{Area, Areas};
use leptos::{prelude::*, task::spawn_local};

use super::watch::Watch;
use crate::{
    api::caches::set_areas,
    components::{ToastKind, use_toasts},
};

/// A switch for each area.
#[component]
pub fn Rollout(watch: Watch) -> impl IntoView {
    let toasts = use_toasts();
    let told = Memo::new(move |_| watch.of_node(|said| said.report.areas));
    // What was clicked is shown until the node has said the same, or refused.
    let wanted = RwSignal::new(None::<Areas>);
    Effect::new(move || {
        if told.get() == wanted.get_untracked() {
            wanted.set(None);
        }
    });
    let shown = move || wanted.get().or_else(|| told.get());
    let switch = move |area: Area, on: bool| {
        let Some(before) = wanted.get_untracked().or_else(|| told.get_untracked()) else { return };
        let areas = if on { before.with(area) } else { before.without(area) };
        wanted.set(Some(areas));
        spawn_local(async move {
            if let Err(error) = set_areas(areas).await {
                wanted.try_set(None);
                toasts.toast(error.to_string(), ToastKind::Danger);
            }
            watch.look();
        });
    };
    let row = move |area: Area| {
        view! {
            <li>
                <label class="radio">
                    <input type="checkbox" data-area=area.slug() prop:checked=move || shown().is_some_and(|areas| areas.has(area))
                        disabled=move || shown().is_none()
                        on:change=move |event| switch(area, event_target_checked(&event)) />
                    {area.slug()}
                </label>
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby="rollout-title">
            <h2 class="card-title" id="rollout-title">"Areas whose answers are kept"</h2>
            <p class="field-hint">"By this node, until it is started anew. What is not kept is slower, and never wrong."</p>
            <ul class="switches" role="list" data-testid="rollout">{Area::ALL.iter().map(|&area| row(area)).collect_view()}</ul>
        </section>
    }
}
