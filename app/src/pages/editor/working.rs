//! The working copy of a form: typing is kept on the server a moment after it stops, and when the page is left.
//!
//! `meeting` says what is done about a text that comes from another device or tab.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Waker},
    time::Duration,
};

use domain::{Device, Millis};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};

use super::{
    form::Form,
    head::{Head, Working},
    sheet::{Fields, Saved},
    subject::Subject,
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
    pub(super) from: RwSignal<Option<(Device, Millis)>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// Since when there is something to keep.
    since: StoredValue<Option<Millis>>,
}

/// What follows when a text was sent, or could not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// What was typed meanwhile is kept, too.
    GoesOn,
    /// The server can't be reached: it is tried again.
    Away,
    /// It was too often.
    Wait(Duration),
    /// Until more is typed.
    Rests,
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

    /// Not put off for long by more typing.
    fn keep_soon(self) {
        if !self.is_behind() {
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

    /// Keeps what is typed without waiting for more.
    pub fn keep_now(self) {
        if !self.is_behind() || self.upkeep.sending.try_get_untracked() != Some(false) {
            return;
        }
        let Some(known) = self.known.try_get_untracked() else { return };
        // What is saved may have been typed again: then there is nothing to keep any more.
        let (fields, is_saved) = match self.unsaved() {
            Some((fields, _)) => (fields, false),
            None => (untrack(|| self.with(Clone::clone)), true),
        };
        self.upkeep.since.try_set_value(None);
        self.upkeep.sending.try_set(true);
        let draft = self.keeping.name();
        start(async move {
            let answer = self.subject.keep(fields.clone(), known.saved.rev, known.kept).await;
            // Safe now, even if the page was left meanwhile.
            if answer.is_ok()
                && let Some(draft) = draft
            {
                Draft::forget(&draft, &fields);
            }
            self.upkeep.sending.try_set(false);
            let next = match answer {
                Ok(kept) => {
                    let Head { saved, .. } = known;
                    self.upkeep.from.try_set(None);
                    self.known.try_set(if is_saved {
                        Head { saved: Saved { fields, ..saved }, kept, working: None }
                    } else {
                        let working = Some(Working { fields, device: Device::default(), at: draft::now() });
                        Head { saved, kept, working }
                    });
                    self.keeping.keep();
                    Next::GoesOn
                }
                Err(AppError::Conflict(_)) => self.meet().await,
                Err(AppError::Offline | AppError::Unavailable | AppError::Unsaved | AppError::Uncertain) => Next::Away,
                Err(AppError::TooMany(seconds)) => Next::Wait(Duration::from_secs(seconds)),
                // It stays in this browser. A save says what is wrong with it.
                Err(_) => Next::Rests,
            };
            if self.upkeep.offline.try_set(next == Next::Away).is_some() {
                return;
            }
            if self.upkeep.save_waits.get_untracked() {
                self.upkeep.save_waits.set(false);
                self.save();
                return;
            }
            match next {
                Next::GoesOn => {
                    self.follow();
                    self.keep_soon();
                }
                Next::Away => self.keep_after(AGAIN),
                Next::Wait(time) => self.keep_after(time),
                Next::Rests => {}
            }
        });
    }

    /// Whether the server does not have the text as it is, and may be told.
    fn is_behind(self) -> bool {
        let is_free = S::IS_KEPT
            && self.saving.try_get_untracked() == Some(false)
            && self.theirs.try_with_untracked(Option::is_none) == Some(true);
        let behind = |known: &Head<S::Fields>| {
            self.sheet.try_with_untracked(|sheet| match sheet.unsaved() {
                Some((mine, _)) => !mine.same(known.fields()),
                None => known.working.is_some(),
            })
        };
        is_free && self.known.try_with_untracked(behind).flatten() == Some(true)
    }
}

/// Runs it, and begins at once: the page, or what it stands on, may be gone a moment later.
fn start(work: impl Future<Output = ()> + 'static) {
    let mut work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    if work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
        spawn_local(work);
    }
}
