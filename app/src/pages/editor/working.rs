//! The working copy of a form: typing is kept on the server a moment after it stops, and when the page is left.
//!
//! The form knows the head that its text goes on from. One that comes from another device or tab is followed where
//! nothing was typed since, and joined with what was. Where that can't be, its author is asked, as at a save.

use std::time::Duration;

use domain::{Device, Millis};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};

use super::{
    form::{Form, Outcome, Subject},
    head::{Head, Meeting, Working},
    sheet::Fields,
};
use crate::{
    AppError,
    draft::{self, Draft},
};

/// How long after the last key.
const PAUSE: Duration = Duration::from_secs(2);

/// How long typing that does not pause may be in this browser only, in milliseconds.
const LONGEST: i64 = 10_000;

/// How long after a failure it is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// What a form does about its working copy.
#[derive(Clone, Copy)]
pub struct Upkeep {
    /// A text is on its way.
    sending: RwSignal<bool>,
    /// A save waits for it.
    save_waits: RwSignal<bool>,
    /// The server can't be reached.
    offline: RwSignal<bool>,
    /// From what and when the shown text is, if it was typed elsewhere or before.
    from: RwSignal<Option<(Device, Millis)>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// Since when there is something to keep.
    since: StoredValue<Option<Millis>>,
}

impl Upkeep {
    /// Nothing to do yet.
    pub fn new() -> Self {
        Self {
            sending: RwSignal::new(false),
            save_waits: RwSignal::new(false),
            offline: RwSignal::new(false),
            from: RwSignal::new(None),
            timer: StoredValue::new(None),
            since: StoredValue::new(None),
        }
    }
}

impl<S: Subject> Form<S> {
    /// Begins to keep what is typed. In the browser only.
    pub(super) fn begin_upkeep(self) {
        Effect::new(move || {
            let head = self.known.get_untracked();
            self.upkeep.from.set(head.working.map(|working| (working.device, working.at)));
        });
        Effect::new(move || {
            self.answer.track();
            self.follow();
        });
        Effect::new(move || {
            self.sheet.track();
            self.keep_soon();
        });
        Effect::new(move || {
            let hidden = window_event_listener(ev::visibilitychange, move |_| {
                if document().visibility_state() == web_sys::VisibilityState::Hidden {
                    self.keep_now();
                }
            });
            let left = window_event_listener(ev::pagehide, move |_| self.keep_now());
            let online = window_event_listener(ev::online, move |_| self.keep_now());
            on_cleanup(move || {
                hidden.remove();
                left.remove();
                online.remove();
            });
        });
        on_cleanup(move || {
            if let Some(timer) = self.upkeep.timer.try_get_value().flatten() {
                timer.clear();
            }
            self.keep_now();
        });
    }

    /// Whether all that is typed is on the server, though not saved.
    pub fn is_kept(self) -> bool {
        self.known.with(|known| {
            let Some(working) = &known.working else { return false };
            self.sheet.with(|sheet| sheet.unsaved().is_some_and(|(fields, _)| fields.same(&working.fields)))
        })
    }

    /// Whether the server can't be reached.
    pub fn is_offline(self) -> bool {
        self.upkeep.offline.get()
    }

    /// Whether a save waits for what is being kept.
    pub fn is_waiting(self) -> bool {
        self.upkeep.save_waits.get()
    }

    /// With what and when the shown text was typed, if it was there already, or comes from elsewhere.
    pub fn kept_from(self) -> Option<(Device, Millis)> {
        self.upkeep.from.get().filter(|_| self.is_kept())
    }

    /// Waits with a save until what is on its way is there: the save then goes on from it.
    pub(super) fn save_must_wait(self) -> bool {
        let waits = self.upkeep.sending.get_untracked();
        if waits {
            self.upkeep.save_waits.set(true);
        }
        waits
    }

    /// A newer head: followed, where nothing was typed since.
    pub(super) fn follow(self) {
        let head = self.answer.get_untracked();
        let known = self.known.get_untracked();
        if !head.is_newer(&known) || self.theirs.with_untracked(Option::is_some) {
            return;
        }
        let mine = self.unsaved();
        let was_typed = match &mine {
            Some((mine, _)) => !mine.same(known.fields()),
            None => known.working.is_some(),
        };
        if !was_typed {
            match &head.working {
                Some(working) => {
                    self.sheet.update(|sheet| sheet.recover(&head.saved, working.fields.clone(), head.saved.rev));
                    self.upkeep.from.set(Some((working.device.clone(), working.at)));
                }
                // It was saved, or given up.
                None if mine.is_some() => {
                    self.sheet.update(|sheet| sheet.discard());
                    self.upkeep.from.set(None);
                }
                None => {}
            }
            self.known.set(head);
        } else if head.fields().same(known.fields()) {
            self.sheet.update(|sheet| sheet.rebase(&head.saved));
            self.known.set(head);
        }
        // Otherwise it is met when what was typed is kept.
    }

    /// Not put off for long by more typing.
    fn keep_soon(self) {
        if self.to_keep().is_none() {
            self.upkeep.since.set_value(None);
            return;
        }
        let now = draft::now();
        let since = self.upkeep.since.get_value().unwrap_or(now);
        self.upkeep.since.set_value(Some(since));
        let left = u64::try_from(since.0 + LONGEST - now.0).unwrap_or_default();
        self.keep_after(PAUSE.min(Duration::from_millis(left)));
    }

    fn keep_after(self, time: Duration) {
        if let Some(timer) = self.upkeep.timer.try_get_value().flatten() {
            timer.clear();
        }
        let timer = set_timeout_with_handle(move || self.keep_now(), time).ok();
        self.upkeep.timer.try_set_value(timer);
    }

    fn keep_now(self) {
        if self.upkeep.sending.try_get_untracked() != Some(false) {
            return;
        }
        let (Some(fields), Some(known)) = (self.to_keep(), self.known.try_get_untracked()) else { return };
        self.upkeep.since.try_set_value(None);
        self.upkeep.sending.try_set(true);
        let draft = self.keeping.name();
        spawn_local(async move {
            let answer = self.subject.keep(fields.clone(), known.saved.rev, known.kept).await;
            // Safe now, even if the page was left meanwhile.
            if answer.is_ok()
                && let Some(draft) = draft
            {
                Draft::forget(&draft, &fields);
            }
            self.upkeep.sending.try_set(false);
            let is_away = match answer {
                Ok(kept) => {
                    let working = (!fields.same(&known.saved.fields)).then(|| Working {
                        fields,
                        device: Device::default(),
                        at: draft::now(),
                    });
                    self.upkeep.from.try_set(None);
                    self.known.try_set(Head { kept, working, ..known });
                    self.keeping.keep();
                    false
                }
                Err(AppError::Conflict(_)) => {
                    self.meet().await;
                    false
                }
                Err(AppError::Offline | AppError::Unavailable | AppError::Unsaved | AppError::Uncertain) => true,
                Err(AppError::TooMany(seconds)) => {
                    if self.upkeep.since.try_get_value().is_some() {
                        self.keep_after(Duration::from_secs(seconds));
                    }
                    false
                }
                // It stays in this browser. A save says what is wrong with it.
                Err(_) => false,
            };
            if self.upkeep.offline.try_set(is_away).is_some() {
                return;
            }
            if self.upkeep.save_waits.get_untracked() {
                self.upkeep.save_waits.set(false);
                self.save();
            } else if is_away {
                self.keep_after(AGAIN);
            } else {
                self.answer_again();
            }
        });
    }

    /// What came or was typed while a text was on its way.
    fn answer_again(self) {
        self.follow();
        if self.to_keep().is_some() && self.upkeep.timer.with_value(Option::is_none) {
            self.keep_soon();
        }
    }

    /// The text that the server does not have, if there is any.
    fn to_keep(self) -> Option<S::Fields> {
        if !S::IS_KEPT || self.saving.try_get_untracked()? || self.theirs.try_with_untracked(Option::is_some)? {
            return None;
        }
        let known = self.known.try_get_untracked()?;
        match self.unsaved() {
            Some((mine, _)) => (!mine.same(known.fields())).then_some(mine),
            // What is saved was typed again.
            None => known.working.is_some().then_some(known.saved.fields),
        }
    }

    /// Something newer came first: what was typed here goes on from it, is joined with it, or its author is asked.
    pub(super) async fn meet(self) {
        match self.subject.fresh().await {
            Ok(head) => self.meet_head(head),
            Err(error) => {
                self.outcome.try_set(Outcome::Failed(error));
            }
        }
    }

    pub(super) fn meet_head(self, head: Head<S::Fields>) {
        let (Some(known), Some((mine, _))) = (self.known.try_get_untracked(), self.unsaved()) else { return };
        match head.meets(&known, &mine, S::merge) {
            Meeting::Same | Meeting::GoesOn => {
                self.sheet.try_update(|sheet| sheet.rebase(&head.saved));
                self.known.try_set(head);
                self.outcome.try_set(Outcome::None);
                self.keeping.settle();
            }
            Meeting::Joined(joined) => {
                self.sheet.try_update(|sheet| sheet.recover(&head.saved, joined, head.saved.rev));
                self.known.try_set(head);
                self.joined.try_set(true);
                self.outcome.try_set(Outcome::None);
            }
            Meeting::Ask => {
                self.outcome.try_set(Outcome::Failed(AppError::Conflict(head.saved.rev)));
                self.theirs.try_set(Some(head));
            }
        }
    }

    /// Goes back to what is saved. What was typed is a version, if it was kept, and can be had back until then.
    pub fn go_back(self) {
        let Some((mine, _)) = self.unsaved() else { return };
        spawn_local(async move {
            let Some(known) = self.known.try_get_untracked() else { return };
            if known.working.is_some() {
                match self.subject.leave(known.kept).await {
                    Ok(kept) => {
                        self.known.try_set(Head { kept, working: None, ..known });
                    }
                    Err(AppError::Conflict(_)) => return self.meet().await,
                    Err(error) => {
                        self.outcome.try_set(Outcome::Failed(error));
                        return;
                    }
                }
            }
            if self.left.try_set(Some(mine)).is_none() {
                self.discard();
            }
        });
    }

    /// Takes back what was gone back from.
    pub fn go_on(self) {
        if let Some(left) = self.left.get_untracked() {
            self.write(|fields| *fields = left);
            self.left.set(None);
        }
    }
}
