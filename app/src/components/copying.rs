//! A button that copies.

use js_sys::{Function, Promise, Reflect};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Whether a text was copied; `None` until it was tried.
#[derive(Debug, Clone, Copy)]
pub struct Copying(RwSignal<Option<bool>>);

impl Copying {
    /// Not tried yet.
    pub fn untried() -> Self {
        Self(RwSignal::new(None))
    }

    /// Puts a text into the clipboard, if this browser lets us.
    pub fn copy(self, text: &str) {
        let writing = writing(text);
        spawn_local(async move {
            let is_copied = match writing {
                Some(writing) => JsFuture::from(writing).await.is_ok(),
                None => false,
            };
            self.0.try_set(Some(is_copied));
        });
    }

    /// What the button says, which says this at first.
    pub fn says(self, first: &'static str) -> &'static str {
        match self.0.get() {
            None => first,
            Some(true) => "Copied",
            Some(false) => "Not copied: please select the text",
        }
    }
}

/// Without TLS browsers have no clipboard.
fn writing(text: &str) -> Option<Promise> {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
    let write = Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into::<Function>().ok()?;
    write.call1(&clipboard, &text.into()).ok()?.dyn_into().ok()
}
