//! Keeping: typed text goes into a draft a quarter of a second later, and stays there until it is saved.

use std::time::Duration;

use domain::Millis;
use leptos::{ev, prelude::*};

use super::{
    head::Head,
    keys,
    sheet::{Fields, Saved, Sheet},
};
use crate::draft::{self, Draft};

/// How long typing may be in the editor only.
const SOON: Duration = Duration::from_millis(250);

/// What keeps a form's draft; a handle to it.
pub struct Keeping<F: Fields> {
    /// How the names of all drafts of this text begin.
    prefix: StoredValue<String>,
    /// The name of this form's own, which it has once it runs in a browser.
    name: StoredValue<Option<String>>,
    sheet: RwSignal<Sheet<F>>,
    /// What the server has of it, as far as this form knows: of that there is no need of a draft.
    head: RwSignal<Head<F>>,
    /// What the draft says.
    kept: StoredValue<Option<F>>,
    due: StoredValue<bool>,
    recovered: RwSignal<Option<Millis>>,
    refused: RwSignal<bool>,
}

impl<F: Fields> Clone for Keeping<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Fields> Copy for Keeping<F> {}

impl<F: Fields> Keeping<F> {
    /// Recovers the draft of an earlier page, then keeps the typed text. In the browser only, and after the first
    /// paint, which is the server's.
    pub fn begin(prefix: String, head: RwSignal<Head<F>>, sheet: RwSignal<Sheet<F>>) -> Self {
        let keeping = Self {
            prefix: StoredValue::new(prefix),
            name: StoredValue::new(None),
            sheet,
            head,
            kept: StoredValue::new(None),
            due: StoredValue::new(false),
            recovered: RwSignal::new(None),
            refused: RwSignal::new(false),
        };
        Effect::new(move || {
            keeping.name.set_value(Some(keeping.prefix.with_value(|prefix| draft::own_name(prefix))));
            keeping.recover(&head.get_untracked());
        });
        Effect::new(move || {
            sheet.track();
            keeping.soon();
        });
        Effect::new(move || {
            let hidden = window_event_listener(ev::pagehide, move |_| keeping.now());
            let taken = window_event_listener(ev::storage, move |event| {
                if keeping.name().is_some_and(|name| draft::was_taken(&event, &name)) {
                    keeping.kept.try_set_value(None);
                    keeping.now();
                }
            });
            on_cleanup(move || {
                hidden.remove();
                taken.remove();
            });
        });
        keys::ask_before_leaving(move || keeping.refused.get_untracked() && keeping.is_dirty());
        on_cleanup(move || keeping.now());
        keeping
    }

    /// When the text was kept that is shown now, if it was recovered.
    pub const fn recovered(self) -> RwSignal<Option<Millis>> {
        self.recovered
    }

    /// The name of this form's draft, if it may have one.
    pub fn name(self) -> Option<String> {
        self.name.try_get_value().flatten()
    }

    /// Whether storage would not take the draft.
    pub fn is_refused(self) -> bool {
        self.refused.get()
    }

    /// Keeps the text that is unsaved now: none, after a save.
    pub fn settle(self) {
        self.recovered.try_set(None);
        self.now();
    }

    fn recover(self, head: &Head<F>) {
        let (Some(name), Some(prefix)) = (self.name(), self.prefix.try_get_value()) else { return };
        for (from, draft) in Draft::<F>::left(&prefix) {
            if draft.fields.same(head.fields()) {
                Draft::forget(&from, &draft.fields);
            // The others wait until this form is opened again. So does this one, if something was typed already.
            } else if !self.is_dirty() {
                let (fields, base, at) = (draft.fields.clone(), draft.base, draft.at);
                if draft.take_over(&from, &prefix, &name) {
                    self.kept.set_value(Some(draft.fields));
                }
                self.sheet.update(|sheet| sheet.recover(&head.saved, fields, base));
                // It may go on from less than the server has by now: that is met when it is kept.
                if let Some((kept, text)) = draft.known {
                    let saved = Saved { fields: text, rev: base };
                    self.head.set(Head { saved, kept, working: None });
                }
                self.recovered.set(Some(at));
            }
        }
    }

    /// Not put off by more typing: an author may never pause.
    fn soon(self) {
        if self.due.get_value() {
            return;
        }
        self.due.set_value(true);
        set_timeout(
            move || {
                if self.due.try_set_value(false).is_none() {
                    self.now();
                }
            },
            SOON,
        );
    }

    /// Keeps the text that the server does not have now, if there is any.
    pub fn keep(self) {
        self.now();
    }

    fn now(self) {
        let unsaved =
            self.sheet.try_with_untracked(|sheet| sheet.unsaved().map(|(fields, base)| (fields.clone(), base)));
        let Some(head) = self.head.try_get_untracked() else { return };
        let unsaved = unsaved.map(|unsaved| unsaved.filter(|(fields, _)| !fields.same(head.fields())));
        let (Some(name), Some(prefix)) = (self.name(), self.prefix.try_get_value()) else { return };
        let (Some(kept), Some(unsaved)) = (self.kept.try_get_value(), unsaved) else { return };
        match (unsaved, kept) {
            (Some((fields, _)), Some(kept)) if fields == kept => {}
            (Some((fields, base)), _) => {
                let known = Some((head.kept, head.fields().clone()));
                let draft = Draft { fields, base, at: draft::now(), known };
                self.refused.try_set(!draft.keep(&prefix, &name));
                self.kept.try_set_value(Some(draft.fields));
            }
            (None, Some(kept)) => {
                Draft::forget(&name, &kept);
                self.kept.try_set_value(None);
            }
            (None, None) => {}
        }
    }

    /// Whether something is typed that the server does not have.
    fn is_dirty(self) -> bool {
        let Some(head) = self.head.try_get_untracked() else { return false };
        let own = |sheet: &Sheet<F>| sheet.unsaved().is_some_and(|(fields, _)| !fields.same(head.fields()));
        self.sheet.try_with_untracked(own).unwrap_or(false)
    }
}
