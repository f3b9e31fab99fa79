//! The preview: the text as readers will see it, made by the same parser, a moment after one typed.

use std::time::Duration;

use domain::{Body, Prose};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::components::ProseView;

/// How long after the last key.
const PAUSE: Duration = Duration::from_millis(300);

/// A text that takes long is shown later, so that typing has most of the time: so many times as long.
const SHARE: f64 = 4.0;

/// The text beside the sheet, or in its place where there is no room for both.
#[component]
pub fn Preview(text: Signal<String>) -> impl IntoView {
    let took = StoredValue::new(0.0);
    let scenes = RwSignal::new(text.with_untracked(|text| prose(text)).unwrap_or_default());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_get_value().flatten() {
            timer.clear();
        }
    };
    Effect::new(move |before: Option<()>| {
        text.track();
        if before.is_none() {
            return;
        }
        stop();
        let later = move || {
            let begun = now();
            if let Some(Some(new)) = text.try_with_untracked(|text| prose(text)) {
                scenes.try_set(new);
            }
            took.try_set_value(now() - begun);
        };
        let pause = PAUSE.max(Duration::from_secs_f64(took.get_value() * SHARE / 1_000.0));
        timer.set_value(set_timeout_with_handle(later, pause).ok());
    });
    on_cleanup(stop);
    let is_empty = Memo::new(move |_| scenes.with(Vec::is_empty));
    view! {
        <section class="scene-preview" id="scene-preview" tabindex="-1" aria-label="Preview" data-testid="preview" on:click=lead_away>
            <ProseView scenes=Memo::new(move |_| scenes.get()) />
            {move || is_empty.get().then(|| view! { <p class="field-hint">"Nothing to read yet."</p> })}
        </section>
    }
}

/// The scene as readers see it; nothing, while it is too long to be saved.
fn prose(text: &str) -> Option<Vec<Prose>> {
    Body::parse(text).ok().map(|body| Prose::of(&[body]))
}

/// A link leads to another tab: the sheet stays.
fn lead_away(event: ev::MouseEvent) {
    let at = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(link) = at.and_then(|at| at.closest("a[href]").ok().flatten()) else { return };
    let href = link.get_attribute("href").unwrap_or_default();
    if let Some(note) = href.strip_prefix('#') {
        // Of the address it makes nothing: the page's own would be lost.
        event.prevent_default();
        event.stop_propagation();
        if let Some(note) = document().get_element_by_id(note) {
            note.scroll_into_view();
        }
    } else {
        link.set_attribute("target", "_blank").ok();
    }
}

/// The time, by a clock that is never set back.
fn now() -> f64 {
    window().performance().map(|clock| clock.now()).unwrap_or_default()
}
