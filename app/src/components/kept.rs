//! Kept: a form's typed text stays in this browser until it is sent, through reloads and on other pages.
//!
//! It is kept for an account and a place, and put back where it was typed. Every open form keeps a draft of its own,
//! as [`draft`] says. The form's surroundings are held while something is typed in it ([`holding`](super::holding)),
//! and a newer save is shown beside it.

mod field;
mod notice;

use std::{collections::BTreeMap, time::Duration};

use domain::{Millis, Newer, Rev};
use leptos::{ev, html, prelude::*};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use self::field::Field;
pub use self::notice::KeptNotice;
use super::{conflict::differing, holding::Holding, writing::coming_alive};
use crate::{
    AppError, boot,
    draft::{self, Draft, Fields},
    typed::Typed,
};

/// How long typing may be in the form only.
const SOON: Duration = Duration::from_millis(250);

/// What of a form is kept.
const TEXTS: &str = "textarea, input:not([type]), input[type=text]";
/// The field with the revision that a form goes on from, if it changes something.
const BASE: &str = "input[name=base]";

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
    /// The texts to write.
    due: StoredValue<Option<Texts>>,
    /// What the form says by itself.
    at_first: StoredValue<Texts>,
    recovered: RwSignal<Option<Millis>>,
    refused: RwSignal<bool>,
    /// Whether something was typed that was not sent.
    unsent: StoredValue<bool>,
    /// A newer save, if one came meanwhile.
    theirs: RwSignal<Option<Newer>>,
    place: StoredValue<Option<Holding>>,
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
            unsent: StoredValue::new(false),
            theirs: RwSignal::new(None),
            place: StoredValue::new(Holding::at_hand()),
        };
        if let Some(place) = Holding::at_hand() {
            place.enter(move || kept.is_unsent());
        }
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
        self.unsent.set_value(true);
        let was_due = self.due.with_value(Option::is_some);
        self.due.set_value(Some(self.texts(Field::text)));
        if !was_due {
            set_timeout(move || self.write(), SOON);
        }
    }

    /// What became of it.
    pub fn answered<T>(self, answer: &Result<T, AppError>) {
        match answer {
            Ok(_) => self.sent(),
            Err(AppError::ConflictWith(newer)) => {
                self.theirs.try_set(Some(newer.clone()));
            }
            Err(_) => {}
        }
    }

    /// Whether what it stands in is gone, and there is something to lose.
    pub fn is_gone(self) -> bool {
        self.place.try_get_value().flatten().is_some_and(Holding::is_gone) && self.is_unsent()
    }

    /// The revision that it goes on from.
    pub fn base(self) -> Rev {
        Rev(self.base_field().and_then(|field| field.value().parse().ok()).unwrap_or_default())
    }

    /// It was sent, or is not wanted any more.
    pub fn sent(self) {
        self.due.try_set_value(None);
        self.unsent.try_set_value(false);
        self.recovered.try_set(None);
        self.theirs.try_set(None);
        if let Some(place) = self.place.try_get_value().flatten() {
            place.free();
        }
        if let Some(name) = self.name.try_get_value().flatten() {
            draft::forget_all(&name);
        }
    }

    /// All that is typed.
    fn all(self) -> String {
        let texts = self.fields().iter().map(Field::text).filter(|text| !text.is_empty()).collect::<Vec<_>>();
        texts.join("\n\n")
    }

    /// What was put back goes.
    fn discard(self) {
        let first = self.at_first.get_value();
        self.put(&first);
        self.sent();
    }

    /// It is sent again, to replace what was saved meanwhile, knowingly.
    fn keep_mine(self) {
        let Some(newer) = self.theirs.try_update(Option::take).flatten() else { return };
        self.go_on_from(newer.rev);
        if let Some(form) = self.form.get_untracked() {
            form.request_submit().ok();
        }
    }

    /// The form says what was saved meanwhile, and goes on from that.
    fn take_theirs(self) {
        let Some(newer) = self.theirs.try_update(Option::take).flatten() else { return };
        self.go_on_from(newer.rev);
        for field in self.fields() {
            if let Some(text) = newer.texts.get(&field.name()) {
                field.put(text);
            }
        }
        self.at_first.set_value(self.texts(Field::text));
        self.sent();
    }

    /// What the form says where it differs from what was saved meanwhile, and what that says.
    fn both(self, newer: &Newer) -> (String, String) {
        let fields: Vec<_> = self.fields().iter().map(|field| (field.name(), field.text())).collect();
        let label = |name: &str| Typed::of(name).label().unwrap_or_default();
        let ours: Vec<_> = fields.iter().map(|(name, text)| (label(name), text.as_str())).collect();
        let theirs = fields.iter().map(|(name, _)| (label(name), newer.texts.get(name).map_or("", String::as_str)));
        differing(&ours, &theirs.collect::<Vec<_>>())
    }

    /// Whether something is typed in it that was not sent.
    fn is_unsent(self) -> bool {
        let is_other = || Some(!self.at_first.try_get_value()?.same(&self.texts(Field::text)));
        self.unsent.try_get_value() == Some(true) && is_other() == Some(true)
    }

    fn go_on_from(self, base: Rev) {
        if let Some(field) = self.base_field() {
            field.set_value(&base.0.to_string());
        }
    }

    fn base_field(self) -> Option<web_sys::HtmlInputElement> {
        self.form.try_get_untracked().flatten()?.query_selector(BASE).ok()??.dyn_into().ok()
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
            self.go_on_from(draft.base);
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
            let draft = Draft { fields: texts, base: self.base(), at: draft::now(), known: None };
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
