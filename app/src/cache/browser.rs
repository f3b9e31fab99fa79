//! The hands of the shelf: they ask the server, write localStorage, and wake what is on screen.

use std::{
    any::Any,
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use domain::{
    Answer, Asked, CacheEvent, Directive, Effect, Entry, Event, Fresh, Holding, Key, Layers, LineEvent, LogId, Millis,
    Outcome, Query, Receipt, Record, Recorder, Seq, Shelf, Tag, Tier, UserId,
};
use leptos::{prelude::*, task::spawn_local};
use tokio::sync::oneshot;

use super::{
    Fetch, Line, Storage,
    live::{self, Events, happen},
    storage::{get_cookie, set_cookie},
};
use crate::{AppError, api::caches::fetch_changes, boot::Boot, seen, showing};

/// Bytes the shelf may take in localStorage. Browsers grant about five million characters.
const BUDGET: usize = 2_500_000;

/// This tab's tiers. On the server it only passes questions on.
#[derive(Clone)]
pub struct Browser(Arc<Inner>);

struct Inner {
    boot: Boot,
    shelf: Mutex<Shelf>,
    waiting: Mutex<HashMap<Key, VecDeque<oneshot::Sender<Verdict>>>>,
    watched: Mutex<HashMap<Key, Watched>>,
    recorder: Mutex<Recorder>,
    turns: Mutex<HashMap<&'static str, Turns>>,
    /// This tab's part in the live line.
    live: OnceLock<Events>,
    /// What is on screen, and how many times.
    on_screen: Mutex<BTreeMap<Key, usize>>,
    /// How many mutations of this tab are under way.
    writing: AtomicUsize,
    /// What was told meanwhile.
    overheard: Mutex<Vec<(Seq, Vec<Directive>)>>,
}

/// How long an answer may take before what was told meanwhile is applied all the same: Δ.
const WAIT_FOR_OWN: Duration = Duration::from_secs(1);

/// A key on screen.
pub(super) struct OnScreen(Browser, Key);

impl Drop for OnScreen {
    fn drop(&mut self) {
        let mut on_screen = lock(&self.0.0.on_screen);
        if let Some(times) = on_screen.get_mut(&self.1) {
            *times -= 1;
            if *times == 0 {
                on_screen.remove(&self.1);
            }
        }
        drop(on_screen);
        self.0.say_what_is_shown();
    }
}

/// A mutation under way.
pub(super) struct Writing(Browser);

impl Drop for Writing {
    fn drop(&mut self) {
        if self.0.0.writing.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.0.catch_up_on_overheard();
        }
    }
}

/// Who holds it may send; the others wait in line.
type Turns = Arc<tokio::sync::Mutex<()>>;

/// What a reader is told to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Show,
    ShowUnconfirmed,
    Fetch,
}

/// What the screen shows of a key.
#[derive(Clone)]
struct Watched {
    /// Goes up when the screen should ask again.
    version: ArcRwSignal<u32>,
    /// It must leave the screen at once.
    gone: ArcRwSignal<bool>,
    /// `ArcRwSignal<Layers<Q::Output>>` of the query with this key.
    layers: Option<Arc<dyn Any + Send + Sync>>,
}

impl Browser {
    /// This tab's tiers, empty until [`Self::restore`].
    pub fn provide(boot: Boot) -> Self {
        let viewer = boot.viewer.as_ref().map(|viewer| viewer.user);
        let browser = Self(Arc::new(Inner {
            boot,
            shelf: Mutex::new(Shelf::new(viewer, BUDGET)),
            waiting: Mutex::default(),
            watched: Mutex::default(),
            recorder: Mutex::default(),
            turns: Mutex::default(),
            live: OnceLock::new(),
            on_screen: Mutex::default(),
            writing: AtomicUsize::new(0),
            overheard: Mutex::default(),
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

    /// From now on confirms what is held whenever the tab is seen again, or online again.
    pub fn listen(&self) {
        let (seen, online) = (self.clone(), self.clone());
        window_event_listener_untyped("visibilitychange", move |_| {
            if document().visibility_state() == web_sys::VisibilityState::Visible {
                seen.dispatch(Event::Returned);
            }
        });
        // A page that comes back whole, by the back button, shows what it showed then.
        let back = self.clone();
        window_event_listener_untyped("pageshow", move |_| {
            back.dispatch(Event::Returned);
        });
        window_event_listener_untyped("online", move |_| {
            online.dispatch(Event::Returned);
        });
    }

    /// From now on hears at once what becomes of what is held.
    pub fn go_live(&self, line: Line) {
        if self.0.live.get().is_none() {
            self.0.live.set(live::take_part(self, line)).ok();
        }
    }

    /// Somebody committed this. It may well be this tab: then the answer says so first, or whoever
    /// deletes what they look at is told that it is gone instead of that it is done.
    pub(super) fn told(&self, seq: Seq, directives: Vec<Directive>) {
        if self.0.writing.load(Ordering::Relaxed) == 0 {
            self.dispatch(Event::Changed(seq, directives));
        } else {
            lock(&self.0.overheard).push((seq, directives));
            let browser = self.clone();
            set_timeout(move || browser.catch_up_on_overheard(), WAIT_FOR_OWN);
        }
    }

    fn catch_up_on_overheard(&self) {
        for (seq, directives) in std::mem::take(&mut *lock(&self.0.overheard)) {
            self.dispatch(Event::Changed(seq, directives));
        }
    }

    /// A key is on screen until what this gives is dropped.
    pub(super) fn show(&self, key: Key) -> OnScreen {
        *lock(&self.0.on_screen).entry(key.clone()).or_default() += 1;
        self.say_what_is_shown();
        OnScreen(self.clone(), key)
    }

    fn say_what_is_shown(&self) {
        showing::shows(lock(&self.0.on_screen).keys());
    }

    /// A mutation of this tab is under way until what this gives is dropped.
    pub(super) fn writing(&self) -> Writing {
        self.0.writing.fetch_add(1, Ordering::Relaxed);
        Writing(self.clone())
    }

    /// What is held should be confirmed anew.
    pub(super) fn returned(&self) {
        self.dispatch(Event::Returned);
    }

    /// The tags of what is held.
    pub(super) fn tags(&self) -> Vec<(Tag, Seq)> {
        self.shelf().tags()
    }

    /// Who is looking.
    pub(super) fn viewer(&self) -> Option<UserId> {
        self.0.boot.viewer.as_ref().map(|viewer| viewer.user)
    }

    /// Which log this library keeps.
    pub(super) fn log(&self) -> LogId {
        self.0.boot.log
    }

    /// Answers a query from the shelf if the judgement allows it, else from the server.
    pub async fn read<Q: Fetch>(&self, query: Q) -> Result<Answer<Q::Output>, AppError> {
        if cfg!(feature = "ssr") {
            return query.fetch().await;
        }
        let key = query.key();
        let mut told = self.wait(&key);
        self.dispatch(Event::Wanted(key.clone(), now()));
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
            let asked = Asked { at: now(), seen: self.seen() };
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
        let known = self.shelf().record(&query.key()).is_some_and(|record| record.as_of >= answer.entry.as_of);
        if !known && !answer.stale {
            // When the page was asked for is not known by this clock: its first use confirms it.
            self.answered(query, answer, Asked { at: Millis(0), seen: self.0.boot.seen });
        }
    }

    /// A mutation of this tab was acknowledged: nothing is shown before this is done (rule 5).
    ///
    /// What the answer brought along is on screen without another question; it was sent for then.
    pub fn changed(&self, receipt: &Receipt, fresh: Vec<Fresh>, sent: Millis) {
        self.dispatch(Event::Changed(receipt.seq, receipt.directives.clone()));
        let asked = Asked { at: sent, seen: receipt.seq };
        for Fresh { key, record } in fresh {
            self.dispatch(Event::Answered(key, Record { stored_at: now(), ..record }, asked));
        }
        if let Some(live) = self.0.live.get() {
            happen(live, LineEvent::Wrote(receipt.clone()));
        }
    }

    /// Empties the shelf and what it persisted.
    pub fn clear(&self) {
        self.dispatch(Event::Cleared);
        Storage::clear();
    }

    /// What the shelf holds.
    pub fn holdings(&self) -> Vec<Holding> {
        self.shelf().holdings().collect()
    }

    /// The shelf's budget in bytes.
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

    /// Goes up when what is on screen of a key should be asked again.
    pub(super) fn version(&self, key: &Key) -> ArcRwSignal<u32> {
        self.watched(key, |watched| watched.version.clone())
    }

    /// Whether what is on screen of a key must leave it at once.
    pub(super) fn gone(&self, key: &Key) -> ArcRwSignal<bool> {
        self.watched(key, |watched| watched.gone.clone())
    }

    /// What is laid over a query's answer.
    pub(super) fn layers<Q: Query>(&self, key: &Key) -> ArcRwSignal<Layers<Q::Output>> {
        self.watched(key, |watched| {
            let known =
                watched.layers.clone().and_then(|layers| layers.downcast::<ArcRwSignal<Layers<Q::Output>>>().ok());
            known.map_or_else(
                || {
                    let layers = ArcRwSignal::new(Layers::default());
                    watched.layers = Some(Arc::new(layers.clone()));
                    layers
                },
                |layers| (*layers).clone(),
            )
        })
    }

    fn answered<Q: Query>(&self, query: &Q, answer: &Answer<Q::Output>, asked: Asked) {
        let key = query.key();
        self.dispatch(Event::Answered(key.clone(), record(query, answer), asked));
        self.confirm_layers::<Q>(&key, answer.entry.as_of);
    }

    /// What an answer contains needs no layer any more.
    fn confirm_layers<Q: Query>(&self, key: &Key, as_of: Seq) {
        let layers = self.layers::<Q>(key);
        if layers.with_untracked(|layers| !layers.is_empty()) {
            layers.update(|layers| layers.confirm(as_of));
        }
    }

    fn held<Q: Query>(&self, key: &Key, stale: bool) -> Option<Answer<Q::Output>> {
        let record = self.shelf().record(key).cloned()?;
        let value = serde_json::from_str(&record.body).ok()?;
        let entry = Entry { value, tags: record.tags, as_of: record.as_of, stored_at: record.stored_at };
        Some(Answer { entry, stale })
    }

    fn dispatch(&self, event: Event) -> Vec<Effect> {
        // The cookie is what all tabs of this browser have seen.
        self.shelf().handle(Event::Seen(self.seen()));
        let effects = self.shelf().handle(event);
        for effect in &effects {
            self.carry_out(effect);
        }
        effects
    }

    fn carry_out(&self, effect: &Effect) {
        match effect {
            Effect::Show(key) => {
                let gone = self.gone(key);
                if gone.get_untracked() {
                    gone.set(false);
                }
                while self.tell(key, Verdict::Show) {}
            }
            Effect::ShowUnconfirmed(key) => while self.tell(key, Verdict::ShowUnconfirmed) {},
            // One asks, the others hear of its answer.
            Effect::Fetch(key) => {
                self.tell(key, Verdict::Fetch);
            }
            Effect::CatchUp { since, tags } => {
                let (browser, since, tags) = (self.clone(), *since, tags.clone());
                spawn_local(async move {
                    let asked = now();
                    let caught = fetch_changes(browser.0.boot.log, since, tags).await;
                    browser.dispatch(caught.map_or(Event::CatchUpFailed, |caught| Event::CaughtUp(caught, asked)));
                });
            }
            Effect::Persist(key) => {
                if let Some(live) = self.0.live.get() {
                    live::say_held_soon(self, live);
                }
                let record = self.shelf().record(key).cloned();
                if record.is_some_and(|record| !Storage::persist(key, &record)) {
                    self.dispatch(Event::StorageFull(key.clone()));
                }
            }
            Effect::MarkOld(key) => Storage::mark_old(key),
            Effect::Remove(key) => Storage::remove(key),
            Effect::Outdated(key) => self.ask_again(key),
            Effect::Gone(key) => {
                self.gone(key).set(true);
                self.ask_again(key);
            }
            Effect::Seen(seq) => self.raise_seen(*seq),
            Effect::Note(tier, outcome, key) => self.note(*tier, *outcome, key),
        }
    }

    fn ask_again(&self, key: &Key) {
        let watched = lock(&self.0.watched).get(key).map(|watched| watched.version.clone());
        if let Some(version) = watched {
            version.update(|version| *version += 1);
        }
    }

    fn raise_seen(&self, seq: Seq) {
        if seq > self.seen() {
            set_cookie(&seen::cookie(self.0.boot.log, seq));
        }
    }

    fn seen(&self) -> Seq {
        get_cookie(seen::COOKIE).map(|value| seen::parse(&value, self.0.boot.log)).unwrap_or_default()
    }

    fn note(&self, tier: Tier, outcome: Outcome, key: &Key) {
        let event = CacheEvent { at: now(), tier, outcome, key: key.clone(), micros: None };
        lock(&self.0.recorder).record(event);
    }

    fn wait(&self, key: &Key) -> oneshot::Receiver<Verdict> {
        let (tell, told) = oneshot::channel();
        lock(&self.0.waiting).entry(key.clone()).or_default().push_back(tell);
        told
    }

    /// Tells one waiting reader; false if none is.
    fn tell(&self, key: &Key, verdict: Verdict) -> bool {
        let mut waiting = lock(&self.0.waiting);
        let Some(queue) = waiting.get_mut(key) else { return false };
        while let Some(reader) = queue.pop_front() {
            // A reader that left the page is passed over.
            if reader.send(verdict).is_ok() {
                return true;
            }
        }
        waiting.remove(key);
        false
    }

    fn watched<T>(&self, key: &Key, look: impl FnOnce(&mut Watched) -> T) -> T {
        let mut watched = lock(&self.0.watched);
        look(watched.entry(key.clone()).or_insert_with(|| Watched {
            version: ArcRwSignal::new(0),
            gone: ArcRwSignal::new(false),
            layers: None,
        }))
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        lock(&self.0.shelf)
    }
}

/// An answer as the shelf keeps it.
fn record<Q: Query>(query: &Q, answer: &Answer<Q::Output>) -> Record {
    Record {
        body: serde_json::to_string(&answer.entry.value).unwrap_or_default(),
        tags: answer.entry.tags.clone(),
        as_of: answer.entry.as_of,
        stored_at: now(),
        keep_for: Q::POLICY.keep_for,
        area: Q::AREA,
        viewer: query.viewer(),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn now() -> Millis {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    Millis(js_sys::Date::now() as i64)
}
