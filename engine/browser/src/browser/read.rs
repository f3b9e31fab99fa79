//! Reading: from the client cache if the judgement allows it, else from the server.

use std::mem;

use abreast_core::{Answer, Asked, Clocks, Entry, Key, Query};
use serde_json::value::RawValue;

use super::{Browser, waiting::Verdict};
use crate::{
    AnyQuery, App, Failure, Fetch,
    nouns::{self, Effect, Event, Record},
};

/// Shows a held answer, marked stale or not. False if it can't be decoded: then the server is asked.
type Show<'a, A> = dyn FnMut(&Record<A>, bool) -> bool + Send + 'a;

impl<A: App> Browser<A> {
    /// Answers a query. The reason is [`abreast_core::Event::Wanted`], a person who waits, or
    /// [`abreast_core::Event::WantedAgain`], a screen that keeps itself current.
    ///
    /// # Errors
    ///
    /// What the server function failed with, if nothing held may be shown instead.
    pub async fn read<Q: Fetch<A>>(
        &self,
        query: &Q,
        wanted: fn(Key, Clocks) -> Event<A>,
    ) -> Result<nouns::Answer<Q::Output, A>, A::Failure> {
        let question = AnyQuery::of(query);
        let mut shown = None;
        let mut show = |record: &Record<A>, stale: bool| {
            shown = decode::<A, Q>(record, stale);
            if let Some(answer) = shown.as_ref().filter(|answer| !answer.stale) {
                self.confirm_layers::<Q>(question.key(), answer.entry.as_of);
            }
            shown.is_some()
        };
        self.read_any(&question, wanted, &mut show).await?;
        shown.ok_or_else(A::Failure::unavailable)
    }

    /// The answers to queries of one kind that may be shown, marked, while no server can be asked.
    pub fn held<Q: Query<Nouns = A::Nouns>>(&self) -> Vec<(Q, Q::Output)> {
        let now = self.now();
        let cache = self.client_cache();
        let records = cache.unconfirmed_records(now);
        let answer = |(key, record): (&Key, &Record<A>)| {
            Some((key.query(Q::NAME, Q::VERSION)?, serde_json::from_str(&record.body).ok()?))
        };
        records.filter_map(answer).collect()
    }

    /// Takes in an answer that came with the page.
    pub(crate) fn admit<Q: Fetch<A>>(&self, query: &Q, answer: &nouns::Answer<Q::Output, A>) {
        let key = query.key();
        let known = self.client_cache().record(&key).is_some_and(|record| record.as_of >= answer.entry.as_of);
        if known || answer.stale {
            return;
        }
        let Ok(value) = serde_json::value::to_raw_value(&answer.entry.value) else { return };
        let Entry { tags, as_of, stored_at, .. } = &answer.entry;
        let entry = Entry { value, tags: tags.clone(), as_of: *as_of, stored_at: *stored_at };
        // When the page was asked for is not known by this clock: its first use confirms it.
        let asked = Asked { at: None, seen: self.0.boot.seen };
        self.answered(&AnyQuery::of(query), Answer { entry, stale: answer.stale, keep: answer.keep }, asked);
        self.confirm_layers::<Q>(&key, answer.entry.as_of);
    }

    /// The same for every query, and so compiled once.
    async fn read_any(
        &self,
        query: &AnyQuery<A>,
        wanted: fn(Key, Clocks) -> Event<A>,
        show: &mut Show<'_, A>,
    ) -> Result<(), A::Failure> {
        let key = query.key();
        let _awaiting = self.awaiting();
        self.arrival(key).await;
        let (mut told, mut again) = (self.wait(key), false);
        self.dispatch(wanted(key.clone(), self.clocks()));
        loop {
            // The sender lives as long as this tab; if it is gone, so is everything else.
            match told.await.unwrap_or(Verdict::Fetch) {
                Verdict::Show if self.show_held(key, false, show) => return Ok(()),
                Verdict::ShowUnconfirmed if self.show_held(key, true, show) => return Ok(()),
                Verdict::Show | Verdict::ShowUnconfirmed | Verdict::Fetch => {}
            }
            let asked = Asked { at: Some(self.clocks()), seen: self.seen() };
            let fetching = self.fetching(key);
            let answer = query.fetch(self.host()).await;
            drop(fetching);
            let (event, failure) = match answer {
                Ok(answer) if !answer.stale => {
                    told = self.wait(key);
                    self.answered(query, answer, asked);
                    continue;
                }
                Ok(answer) => {
                    let record = query.record(answer, self.now());
                    (Event::<A>::AnsweredStale(key.clone(), record, asked, self.now()), A::Failure::unavailable())
                }
                Err(failure) if let Some(as_of) = failure.not_there() => {
                    told = self.wait(key);
                    let effects = self.dispatch(Event::<A>::NotThere(key.clone(), as_of, asked));
                    // More has been seen since; once, or a log that was set back would be asked for ever.
                    if effects.contains(&Effect::<A>::Fetch(key.clone())) && !mem::replace(&mut again, true) {
                        continue;
                    }
                    drop(told);
                    self.tell(key, Verdict::Fetch);
                    return Err(failure);
                }
                Err(failure) if failure.is_refusal() => (Event::<A>::Refused(key.clone()), failure),
                Err(failure) => (Event::<A>::Failed(key.clone(), self.now()), failure),
            };
            let may_show = self.dispatch(event).contains(&Effect::<A>::ShowUnconfirmed(key.clone()));
            self.tell(key, Verdict::Fetch);
            if may_show && self.show_held(key, true, show) {
                return Ok(());
            }
            if !failure.is_refusal() {
                self.failed(key);
            }
            return Err(failure);
        }
    }

    fn answered(&self, query: &AnyQuery<A>, answer: nouns::Answer<Box<RawValue>, A>, asked: Asked) {
        self.dispatch(Event::<A>::Answered(query.key().clone(), query.record(answer, self.now()), asked));
    }

    fn show_held(&self, key: &Key, stale: bool, show: &mut Show<'_, A>) -> bool {
        let record = self.client_cache().record(key).cloned();
        record.is_some_and(|record| show(&record, stale))
    }
}

fn decode<A: App, Q: Query<Nouns = A::Nouns>>(record: &Record<A>, stale: bool) -> Option<nouns::Answer<Q::Output, A>> {
    let value = serde_json::from_str(&record.body).ok()?;
    let entry = Entry { value, tags: record.tags.clone(), as_of: record.as_of, stored_at: record.stored_at };
    Some(Answer { entry, stale, keep: record.keep_for > 0 })
}
