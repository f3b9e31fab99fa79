//! Which tab leads: the one that holds the lock. The browser gives it to the next when that one is gone.

use abreast_core::{LineEvent, Nouns};
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::{Events, happen};

/// Waits in line for the lock. A browser without locks, or a page that may not use them, has every
/// tab lead for itself.
pub(super) fn ask<N: Nouns>(name: &str, events: &Events<N>) {
    let events = events.clone();
    let granted = events.clone();
    // Held until the page is gone: the promise is never kept.
    let lead = Closure::once_into_js(move || {
        happen(&granted, LineEvent::Lead);
        Promise::new(&mut |_, _| {})
    });
    if request(name, &lead).is_none() {
        happen(&events, LineEvent::Lead);
    }
}

/// `navigator.locks.request(name, lead)`; web-sys has it only behind a flag for the whole build.
fn request(name: &str, lead: &JsValue) -> Option<()> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into::<Function>().ok()?;
    request.call2(&locks, &name.into(), lead).ok().map(drop)
}
