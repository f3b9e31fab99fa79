//! The effect runner of the client cache: it asks the server, writes localStorage, and wakes the screen.

mod alerts;
mod ahead;
mod applied;
mod counts;
mod effects;
mod overheard;
mod sampling;
mod screen;
mod session;
mod waiting;

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, atomic::AtomicUsize},
};

use domain::{
    Ahead, Alerts, Answer, Asked, ClientCache, Clocks, Directive, Effect, Entry, Event, Fresh, Holding, Key, LineEvent,
    LogId, Outcome, Query, Receipt, Record, Recorder, Seq, Tag, Tier, UserId, Why,
};
use leptos::prelude::*;
use tokio::sync::oneshot;

pub use self::applied::{Applied, ToldBy};
pub(super) use self::screen::OnScreen;
use self::{sampling::Sampling, screen::Watched, session::Ending, waiting::Verdict};
use super::{
    Fetch, Line, Storage,
    clock::{clocks, now},
    live::{self, Events, happen},
};
use crate::{AppError, boot::Boot, destination::Question};

/// Bytes the client cache may take in localStorage. Browsers grant about five million characters.
const BUDGET: usize = 2_500_000;

/// This tab's tiers. On the server it only passes questions on.
#[derive(Clone)]
pub struct Browser(Arc<Inner>);

struct Inner {
    boot: Boot,
    client_cache: Mutex<ClientCache>,
    waiting: Mutex<HashMap<Key, VecDeque<oneshot::Sender<Verdict>>>>,
    watched: Mutex<HashMap<Key, Watched>>,
    recorder: Mutex<Recorder>,
    alerts: Mutex<Alerts>,
    sampling: Mutex<Sampling>,
    turns: Mutex<HashMap<&'static str, Turns>>,
    /// This tab's part in the live line.
    live: OnceLock<Events>,
    /// The keys on screen, and how many times each.
    on_screen: Mutex<BTreeMap<Key, usize>>,
    /// How many mutations of this tab are under way.
    writing: AtomicUsize,
    /// What was told meanwhile.
    overheard: Mutex<Vec<(Seq, Vec<Directive>)>>,
    /// What may be asked soon.
    ahead: Mutex<Ahead<Question>>,
    /// The keys that are being fetched ahead, and the readers that wait for them by now.
    coming: Mutex<HashMap<Key, Vec<oneshot::Sender<Verdict>>>>,
    /// How many answers the screen waits for.
    awaited: AtomicUsize,
    /// Which positions were applied when.
    applied: Mutex<VecDeque<Applied>>,
    /// Whether its session is ending.
    ending: Ending,
}
/// Who holds it may send; the others wait in line.
type Turns = Arc<tokio::sync::Mutex<()>>;
impl Browser {
    /// This tab's tiers, empty until [`Self::restore`].
    pub fn provide(boot: Boot) -> Self {
        let viewer = boot.viewer.as_ref().map(|viewer| viewer.user);
        let browser = Self(Arc::new(Inner {
            boot,
            client_cache: Mutex::new(ClientCache::new(viewer, BUDGET)),
            waiting: Mutex::default(),
            watched: Mutex::default(),
            recorder: Mutex::default(),
            alerts: Mutex::default(),
            sampling: Mutex::default(),
            turns: Mutex::default(),
            live: OnceLock::new(),
            on_screen: Mutex::default(),
            writing: AtomicUsize::new(0),
            overheard: Mutex::default(),
            ahead: Mutex::default(),
            coming: Mutex::default(),
            awaited: AtomicUsize::new(0),
            applied: Mutex::default(),
            ending: Ending::default(),
        }));
        provide_context(browser.clone());
        browser
    }

    /// This tab's tiers.
    pub fn current() -> Self {
        expect_context()
    }

    /// Takes in what localStorage kept. After hydration: the first paint is the server's.
    pub fn restore(&self) {
        if !Storage::is_there() {
            self.note(Tier::LocalStorage, Outcome::Error, &Key::from_text("localStorage is switched off"));
        }
        let restored = Storage::restore(self.0.boot.log);
        for key in &restored.unreadable {
            self.note(Tier::LocalStorage, Outcome::Error, key);
        }
        for (key, record) in restored.records {
            self.dispatch(Event::Restored(key, record));
        }
    }

    /// From now on confirms the held answers each time the tab is seen again, or online again.
    pub fn listen(&self) {
        let (seen, online) = (self.clone(), self.clone());
        window_event_listener_untyped("visibilitychange", move |_| {
            if document().visibility_state() == web_sys::VisibilityState::Visible {
                seen.returned();
            }
        });
        // A page that comes back whole, by the back button, shows what it showed then.
        let back = self.clone();
        window_event_listener_untyped("pageshow", move |_| {
            back.returned();
        });
        window_event_listener_untyped("online", move |_| {
            online.returned();
        });
    }

    /// From now on hears at once of changes to the held tags.
    pub fn go_live(&self, line: Line) {
        if self.0.live.get().is_none() {
            self.0.live.set(live::take_part(self, line)).ok();
        }
    }
    /// The held answers should be confirmed again.
    pub(super) fn returned(&self) {
        self.ask_session();
        self.dispatch(Event::Returned);
    }

    /// The tags of the held answers, the session's before all others.
    pub(super) fn tags(&self) -> Vec<(Tag, Seq)> {
        let held = self.client_cache().tags();
        self.session_tag(&held).into_iter().chain(held).collect()
    }

    /// Who is looking.
    pub(super) fn viewer(&self) -> Option<UserId> {
        self.0.boot.viewer.as_ref().map(|viewer| viewer.user)
    }

    /// Which log this library keeps.
    pub(super) fn log(&self) -> LogId {
        self.0.boot.log
    }

    /// Answers a query from the client cache if the judgement allows it, else from the server. The reason is
    /// [`Event::Wanted`], a person who waits, or [`Event::WantedAgain`], a screen that keeps itself current.
    pub async fn read<Q: Fetch>(
        &self,
        query: Q,
        wanted: fn(Key, Clocks) -> Event,
    ) -> Result<Answer<Q::Output>, AppError> {
        if cfg!(feature = "ssr") {
            return query.fetch().await;
        }
        let key = query.key();
        let _awaiting = self.awaiting();
        self.arrival(&key).await;
        let (mut told, mut again) = (self.wait(&key), false);
        self.dispatch(wanted(key.clone(), clocks()));
        loop {
            // The sender lives as long as this tab; if it is gone, so is everything else.
            match told.await.unwrap_or(Verdict::Fetch) {
                Verdict::Show if let Some(answer) = self.held::<Q>(&key, false) => {
                    self.confirm_layers::<Q>(&key, answer.entry.as_of);
                    return Ok(answer);
                }
                Verdict::ShowUnconfirmed if let Some(answer) = self.held::<Q>(&key, true) => return Ok(answer),
                Verdict::Show | Verdict::ShowUnconfirmed | Verdict::Fetch => {}
            }
            let asked = Asked { at: Some(clocks()), seen: self.seen() };
            let (event, error) = match query.clone().fetch().await {
                Ok(answer) if !answer.stale => {
                    told = self.wait(&key);
                    self.answered::<Q>(&query, &answer, asked);
                    continue;
                }
                Ok(answer) => {
                    let record = record(&query, &answer);
                    (Event::AnsweredStale(key.clone(), record, asked, now()), AppError::Unavailable)
                }
                Err(AppError::NotThere(as_of)) => {
                    told = self.wait(&key);
                    let effects = self.dispatch(Event::NotThere(key.clone(), as_of, asked));
                    // More has been seen since; once, or a log that was set back would be asked for ever.
                    if effects.contains(&Effect::Fetch(key.clone())) && !std::mem::replace(&mut again, true) {
                        continue;
                    }
                    drop(told);
                    self.tell(&key, Verdict::Fetch);
                    return Err(AppError::NotThere(as_of));
                }
                Err(error) if error.is_refusal() => (Event::Refused(key.clone()), error),
                Err(error) => (Event::Failed(key.clone(), now()), error),
            };
            let shown = self.dispatch(event).contains(&Effect::ShowUnconfirmed(key.clone()));
            self.tell(&key, Verdict::Fetch);
            return self.held::<Q>(&key, true).filter(|_| shown).ok_or(error);
        }
    }

    /// Takes in an answer that came with the page.
    pub fn admit<Q: Query>(&self, query: &Q, answer: &Answer<Q::Output>) {
        let known = self.client_cache().record(&query.key()).is_some_and(|record| record.as_of >= answer.entry.as_of);
        if !known && !answer.stale {
            // When the page was asked for is not known by this clock: its first use confirms it.
            self.answered(query, answer, Asked { at: None, seen: self.0.boot.seen });
        }
    }

    /// A mutation of this tab was acknowledged: nothing is shown before this is done (rule 5).
    ///
    /// What the answer brought along is on screen without another question; it was sent for then.
    pub fn changed(&self, receipt: &Receipt, fresh: Vec<Fresh>, sent: Option<Clocks>) {
        self.note_applied(receipt.seq, ToldBy::Answer);
        self.dispatch(Event::Changed(receipt.seq, receipt.directives.clone()));
        let asked = Asked { at: sent, seen: receipt.seq };
        for Fresh { key, record } in fresh {
            self.dispatch(Event::Answered(key, Record { stored_at: now(), ..record }, asked));
        }
        if let Some(live) = self.0.live.get() {
            happen(live, LineEvent::Wrote(receipt.clone()));
        }
    }

    /// Empties the client cache and what it persisted.
    pub fn clear(&self) {
        self.dispatch(Event::Cleared);
        Storage::clear();
    }

    /// What the client cache holds.
    pub fn holdings(&self) -> Vec<Holding> {
        self.client_cache().holdings().collect()
    }

    /// Why the answer held for a key is judged as it is.
    pub fn explain(&self, key: &Key) -> Option<Why> {
        self.client_cache().explain(key)
    }

    /// The client cache's budget in bytes.
    pub const fn budget() -> usize {
        BUDGET
    }

    /// Reads or changes this tab's counts.
    pub fn with_recorder<T>(&self, look: impl FnOnce(&mut Recorder) -> T) -> T {
        look(&mut lock(&self.0.recorder))
    }

    /// The line in which calls of a server function wait.
    pub(super) fn turns(&self, function: &'static str) -> Turns {
        Arc::clone(lock(&self.0.turns).entry(function).or_default())
    }

    fn answered<Q: Query>(&self, query: &Q, answer: &Answer<Q::Output>, asked: Asked) {
        let key = query.key();
        self.dispatch(Event::Answered(key.clone(), record(query, answer), asked));
        self.confirm_layers::<Q>(&key, answer.entry.as_of);
    }
    fn held<Q: Query>(&self, key: &Key, stale: bool) -> Option<Answer<Q::Output>> {
        let record = self.client_cache().record(key).cloned()?;
        let value = serde_json::from_str(&record.body).ok()?;
        let entry = Entry { value, tags: record.tags, as_of: record.as_of, stored_at: record.stored_at };
        Some(Answer { entry, stale, keep: record.keep_for > 0 })
    }
    fn client_cache(&self) -> MutexGuard<'_, ClientCache> {
        lock(&self.0.client_cache)
    }
}

/// An answer as the client cache keeps it.
pub fn record<Q: Query>(query: &Q, answer: &Answer<Q::Output>) -> Record {
    Record {
        body: serde_json::to_string(&answer.entry.value).unwrap_or_default(),
        tags: answer.entry.tags.clone(),
        as_of: answer.entry.as_of,
        stored_at: now(),
        keep_for: if answer.keep { Q::POLICY.keep_for } else { 0 },
        area: Q::AREA,
        viewer: query.viewer(),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
