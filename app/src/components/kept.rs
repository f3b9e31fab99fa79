//! Kept: what is typed in a form stays in this browser until it is sent, through reloads and on other pages.
//!
//! It is kept for an account and a place, and put back where it was typed. Every form that is open keeps a draft
//! of its own, as [`draft`] says.

use std::{collections::BTreeMap, time::Duration};

use domain::{Millis, Rev};
use js_sys::Reflect;
use leptos::{ev, html, prelude::*};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

use super::writing::coming_alive;
use crate::{
    boot,
    draft::{self, Draft, Fields},
};

/// How long typing may be in the form only.
const SOON: Duration = Duration::from_millis(250);

/// What of a form is kept.
const TEXTS: &str = "textarea, input:not([type]), input[type=text]";

/// The texts of a form, by the ids of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Texts(BTreeMap<String, String>);

impl Fields for Texts {
    fn parts(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect()
    }
}

/// What keeps a form's texts; a handle to it.
#[derive(Clone, Copy)]
pub struct Kept {
    form: NodeRef<html::Form>,
    /// How the names of all drafts of this place begin.
    prefix: StoredValue<String>,
    /// The name of this form's own, once it runs in a browser.
    name: StoredValue<Option<String>>,
    /// What is to be written.
    due: StoredValue<Option<Texts>>,
    /// What the form says by itself.
    at_first: StoredValue<Texts>,
    recovered: RwSignal<Option<Millis>>,
    refused: RwSignal<bool>,
}

impl Kept {
    /// Puts back what was typed at this place, and keeps what will be. In the browser only, after the first
    /// paint.
    pub fn begin(form: NodeRef<html::Form>, place: String) -> Self {
        let kept = Self {
            form,
            prefix: StoredValue::new(prefix(&place).unwrap_or_default()),
            name: StoredValue::new(None),
            due: StoredValue::new(None),
            at_first: StoredValue::new(Texts::default()),
            recovered: RwSignal::new(None),
            refused: RwSignal::new(false),
        };
        // On a page of the server's something may have been typed before this runs.
        let says = if coming_alive() { Field::at_first } else { Field::text };
        Effect::new(move || {
            if form.get().is_some() && kept.name.with_value(Option::is_none) {
                kept.restore(says);
            }
        });
        Effect::new(move || {
            let hidden = window_event_listener(ev::pagehide, move |_| kept.write());
            on_cleanup(move || hidden.remove());
        });
        on_cleanup(move || kept.write());
        kept
    }

    /// Something was typed.
    pub fn typed(self) {
        let was_due = self.due.with_value(Option::is_some);
        self.due.set_value(Some(self.texts(Field::text)));
        if !was_due {
            set_timeout(move || self.write(), SOON);
        }
    }

    /// It was sent, or is not wanted any more.
    pub fn sent(self) {
        self.due.try_set_value(None);
        self.recovered.try_set(None);
        if let Some(name) = self.name.try_get_value().flatten() {
            draft::forget_all(&name);
        }
    }

    /// What was put back goes.
    fn discard(self) {
        let first = self.at_first.get_value();
        self.put(&first);
        self.sent();
    }

    fn restore(self, says: fn(&Field) -> String) {
        let prefix = self.prefix.get_value();
        if prefix.is_empty() {
            return;
        }
        let (name, now) = (draft::own_name(&prefix), self.texts(Field::text));
        self.name.set_value(Some(name.clone()));
        self.at_first.set_value(self.texts(says));
        for (from, draft) in Draft::<Texts>::left(&prefix) {
            if draft.fields.same(&now) {
                Draft::forget(&from, &draft.fields);
                continue;
            }
            // What was typed before the page came alive stays, and the draft waits.
            if !now.same(&self.at_first.get_value()) {
                break;
            }
            draft.take_over(&from, &prefix, &name);
            self.put(&draft.fields);
            self.recovered.set(Some(draft.at));
            break;
        }
        if !now.same(&self.at_first.get_value()) {
            self.typed();
        }
    }

    fn write(self) {
        let Some(texts) = self.due.try_update_value(Option::take).flatten() else { return };
        let (Some(Some(name)), Some(prefix)) = (self.name.try_get_value(), self.prefix.try_get_value()) else { return };
        if self.at_first.try_with_value(|first| first.same(&texts)) == Some(true) {
            draft::forget_all(&name);
        } else {
            let draft = Draft { fields: texts, base: Rev(0), at: draft::now() };
            self.refused.try_set(!draft.keep(&prefix, &name));
        }
    }

    fn texts(self, read: fn(&Field) -> String) -> Texts {
        Texts(self.fields().iter().map(|field| (field.id(), read(field))).collect())
    }

    /// Has the form say this. What follows its fields hears of it as of typing.
    fn put(self, texts: &Texts) {
        for field in self.fields() {
            if let Some(text) = texts.0.get(&field.id()) {
                field.put(text);
            }
        }
    }

    fn fields(self) -> Vec<Field> {
        let found = self.form.try_get_untracked().flatten().and_then(|form| form.query_selector_all(TEXTS).ok());
        let Some(found) = found else { return vec![] };
        (0..found.length()).filter_map(|place| Some(Field(found.get(place)?.dyn_into().ok()?))).collect()
    }
}

/// A field with text.
struct Field(web_sys::HtmlElement);

impl Field {
    fn id(&self) -> String {
        self.0.id()
    }

    fn text(&self) -> String {
        self.read("value")
    }

    fn at_first(&self) -> String {
        self.read("defaultValue")
    }

    fn read(&self, property: &str) -> String {
        Reflect::get(&self.0, &property.into()).ok().and_then(|text| text.as_string()).unwrap_or_default()
    }

    fn put(&self, text: &str) {
        Reflect::set(&self.0, &"value".into(), &JsValue::from_str(text)).ok();
        if let Ok(event) = web_sys::Event::new("input") {
            self.0.dispatch_event(&event).ok();
        }
    }
}

/// Opens a form again in which something was typed that was not sent.
pub fn open_again(open: RwSignal<bool>, place: String) {
    Effect::new(move || {
        if prefix(&place).is_some_and(|prefix| draft::is_any(&prefix)) {
            open.set(true);
        }
    });
}

fn prefix(place: &str) -> Option<String> {
    // With an end: no place's name is another's beginning.
    Some(draft::prefix(boot::viewer()?.user, "form", format_args!("{place}.")))
}

/// Says that something was put back, and when it was typed; or that nothing can be kept.
#[component]
pub fn KeptNotice(
    /// What keeps the form.
    kept: Kept,
) -> impl IntoView {
    view! {
        {move || kept.recovered.get().map(|at| {
            let (time, iso) = draft::times(at);
            view! {
                <div class="notice" data-kind="info" role="status" data-testid="kept">
                    <p class="notice-text">"What you typed is here again, from "<time datetime=iso>{time}</time>". It has not been sent."</p>
                    <div class="notice-actions">
                        <button class="button" data-size="small" type="button" on:click=move |_| kept.discard()>"Discard"</button>
                    </div>
                </div>
            }
        })}
        {move || kept.refused.get().then(|| view! {
            <div class="notice" data-kind="warn" role="status">
                <p class="notice-text">"This browser can’t keep a copy of what you type (its storage is full or switched off)."</p>
            </div>
        })}
    }
}
