//! A form on a sheet: typing, saving, and what became of the last save.

use domain::Rev;
use leptos::{prelude::*, task::spawn_local};

use super::{
    head::Head,
    keeping::Keeping,
    meeting::Joined,
    sheet::{Fields, Saved, Sheet},
    subject::Subject,
    working::Upkeep,
};
use crate::{AppError, components::holding::Holding, draft::Draft};

/// How the last save went.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Nothing was saved since the last change.
    None,
    /// It was saved.
    Saved,
    /// It was not.
    Failed(AppError),
}

/// The state of a form; a handle to it.
pub struct Form<S: Subject> {
    pub(super) subject: S,
    pub(super) answer: Signal<Head<S::Fields>>,
    pub(super) sheet: RwSignal<Sheet<S::Fields>>,
    /// What the sheet's text goes on from.
    pub(super) known: RwSignal<Head<S::Fields>>,
    pub(super) keeping: Keeping<S::Fields>,
    pub(super) upkeep: Upkeep,
    pub(super) outcome: RwSignal<Outcome>,
    pub(super) saving: RwSignal<bool>,
    /// Another save was wanted while a save was under way.
    again: StoredValue<bool>,
    pub(super) theirs: RwSignal<Option<Head<S::Fields>>>,
    /// What is typed was joined with this.
    pub(super) joined: RwSignal<Option<Joined<S::Fields>>>,
    /// What was typed until its author went back to what is saved.
    pub(super) left: RwSignal<Option<S::Fields>>,
    place: StoredValue<Option<Holding>>,
}

impl<S: Subject> Clone for Form<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Subject> Copy for Form<S> {}

impl<S: Subject> Form<S> {
    /// A form that shows the query's answer until something is typed.
    pub fn new(subject: S, answer: Signal<Head<S::Fields>>) -> Self {
        let (sheet, known) = (RwSignal::new(Sheet::default()), RwSignal::new(answer.get_untracked()));
        known.with_untracked(|head| {
            if let Some(working) = &head.working {
                sheet.update_untracked(|sheet| sheet.recover(&head.saved, working.fields.clone(), head.saved.rev));
            }
        });
        let form = Self {
            subject,
            answer,
            sheet,
            known,
            keeping: Keeping::begin(subject.drafts(), known, sheet),
            upkeep: Upkeep::new(),
            outcome: RwSignal::new(Outcome::None),
            saving: RwSignal::new(false),
            again: StoredValue::new(false),
            theirs: RwSignal::new(None),
            joined: RwSignal::new(None),
            left: RwSignal::new(None),
            place: StoredValue::new(Holding::at_hand()),
        };
        if S::IS_KEPT {
            form.begin_upkeep();
        }
        super::keys::save_on_shortcut(move || form.save());
        if let Some(place) = form.place.get_value() {
            place.enter(move || form.unsaved().is_some());
        }
        form
    }

    /// One of its texts, as a signal.
    pub fn text(self, pick: fn(&S::Fields) -> &String) -> Signal<String> {
        Memo::new(move |_| self.with(|fields| pick(fields).clone())).into()
    }

    /// The shown texts.
    pub fn with<T>(self, look: impl FnOnce(&S::Fields) -> T) -> T {
        self.answer.with(|answer| self.sheet.with(|sheet| look(sheet.shown(&answer.saved))))
    }

    /// Something is typed.
    pub fn write(self, change: impl FnOnce(&mut S::Fields)) {
        self.follow();
        self.answer.with_untracked(|answer| self.sheet.update(|sheet| sheet.write(&answer.saved, change)));
        if self.left.with_untracked(Option::is_some) {
            self.left.set(None);
        }
        if self.outcome.with_untracked(|outcome| *outcome != Outcome::None) {
            self.outcome.set(Outcome::None);
        }
    }

    /// Whether something is typed that is not saved.
    pub fn is_dirty(self) -> bool {
        self.sheet.with(|sheet| sheet.unsaved().is_some())
    }

    /// Saves; a save under way is followed by another.
    pub fn save(self) {
        if self.saving.get_untracked() {
            self.again.set_value(true);
            return;
        }
        if self.save_must_wait() {
            return;
        }
        let Some((fields, base)) = self.unsaved() else {
            self.outcome.set(Outcome::Saved);
            return;
        };
        self.saving.set(true);
        let (draft, kept) = (self.keeping.name(), self.known.with_untracked(|known| known.kept));
        spawn_local(async move {
            let answer = self.subject.save_kept(fields.clone(), base, kept).await;
            // Safe now, even if the page was left meanwhile: then none of the signals is here any more.
            if answer.is_ok()
                && let Some(draft) = draft
            {
                Draft::forget(&draft, &fields);
            }
            match answer {
                Ok(rev) => {
                    let saved = Saved { fields: fields.clone(), rev };
                    self.known.try_update(|known| *known = Head { saved, kept: known.kept, working: None });
                    self.sheet.try_update(|sheet| sheet.acknowledge(fields, rev));
                    self.keeping.settle();
                    self.theirs.try_set(None);
                    // One that follows its base by more than one was saved over another, and both were kept.
                    self.joined.try_set((rev.0 > base.0 + 1).then_some(Joined::Saves));
                    self.outcome.try_set(Outcome::Saved);
                }
                Err(AppError::Conflict(_)) => self.choose().await,
                Err(error) => {
                    self.outcome.try_set(Outcome::Failed(error));
                }
            }
            self.saving.try_set(false);
            // What came meanwhile, and what was typed.
            self.answer.try_with_untracked(|_| self.follow());
            self.sheet.try_update(|_| ());
            if self.again.try_get_value() == Some(true) {
                self.again.try_set_value(false);
                self.save();
            }
        });
    }

    /// Ours goes on from theirs, and is saved.
    pub fn keep_mine(self) {
        let Some(theirs) = self.theirs.get_untracked() else { return };
        spawn_local(async move {
            // What was typed elsewhere and is not saved would be nowhere else.
            if let Some(working) = &theirs.working
                && let Err(error) = self.subject.set_aside(working.fields.clone()).await
            {
                self.outcome.try_set(Outcome::Failed(error));
                return;
            }
            self.theirs.try_set(None);
            self.sheet.try_update(|sheet| sheet.rebase(&theirs.saved));
            if self.known.try_set(theirs).is_none() {
                self.save();
            }
        });
    }

    /// Theirs is shown; ours goes, once it is kept where what it edits has versions.
    pub fn take_theirs(self) {
        let Some(theirs) = self.theirs.get_untracked() else { return };
        spawn_local(async move {
            while let Some((ours, base)) = self.unsaved() {
                if let Err(error) = self.subject.set_aside(ours.clone()).await {
                    self.outcome.try_set(Outcome::Failed(error));
                    return;
                }
                // What was typed meanwhile is kept, too.
                if self.unsaved() == Some((ours, base)) {
                    break;
                }
            }
            self.theirs.try_set(None);
            self.sheet.try_update(|sheet| {
                sheet.take(theirs.saved.clone());
                if let Some(working) = &theirs.working {
                    sheet.recover(&theirs.saved, working.fields.clone(), theirs.saved.rev);
                }
            });
            self.known.try_set(theirs);
            self.keeping.settle();
            self.outcome.try_set(Outcome::None);
        });
    }

    /// What was recovered goes.
    pub fn discard(self) {
        self.sheet.update(Sheet::discard);
        self.keeping.settle();
        if let Some(place) = self.place.get_value() {
            place.free();
        }
        self.outcome.set(Outcome::None);
    }

    /// Whether what it edits is gone, and there is something to lose.
    pub fn is_gone(self) -> bool {
        self.place.try_get_value().flatten().is_some_and(Holding::is_gone) && self.is_dirty()
    }

    /// All that is typed.
    pub fn all(self) -> String {
        let texts = |fields: &S::Fields| fields.parts().iter().map(|(_, text)| (*text).to_owned()).collect::<Vec<_>>();
        untrack(|| self.with(texts)).into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// How the last save went.
    pub fn outcome(self) -> Outcome {
        self.outcome.get()
    }

    /// Whether a save is under way.
    pub fn is_saving(self) -> bool {
        self.saving.get() || self.is_waiting()
    }

    /// What was typed until its author went back to what is saved.
    pub const fn left(self) -> RwSignal<Option<S::Fields>> {
        self.left
    }

    /// What the text was joined with.
    pub const fn joined(self) -> RwSignal<Option<Joined<S::Fields>>> {
        self.joined
    }

    /// Where the versions are of what it edits, if that has any.
    pub fn history(self) -> Option<String> {
        self.subject.history()
    }

    /// Something newer that came meanwhile.
    pub const fn theirs(self) -> RwSignal<Option<Head<S::Fields>>> {
        self.theirs
    }

    /// What keeps it safe.
    pub const fn keeping(self) -> Keeping<S::Fields> {
        self.keeping
    }

    pub(super) fn unsaved(self) -> Option<(S::Fields, Rev)> {
        self.sheet.try_with_untracked(|sheet| sheet.unsaved().map(|(fields, base)| (fields.clone(), base))).flatten()
    }

    /// Another save came meanwhile: both texts are needed for the choice.
    async fn choose(self) {
        let theirs = self.subject.fresh().await;
        match theirs {
            // They wrote the same.
            Ok(theirs) if self.unsaved().is_some_and(|(ours, _)| ours.same(&theirs.saved.fields)) => {
                self.sheet.try_update(|sheet| sheet.take(theirs.saved.clone()));
                self.known.try_set(theirs);
                self.keeping.settle();
                self.outcome.try_set(Outcome::Saved);
            }
            Ok(theirs) => {
                self.outcome.try_set(Outcome::Failed(AppError::Conflict(theirs.saved.rev)));
                self.theirs.try_set(Some(theirs));
            }
            Err(error) => {
                self.outcome.try_set(Outcome::Failed(error));
            }
        }
    }
}
