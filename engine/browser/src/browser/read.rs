//! Reading: from the client cache if the judgement allows it, else from the server.

use abreast_core::{Answer, Asked, Clocks, Entry, Key, Query};

use super::{Browser, waiting::Verdict};
use crate::{
    App, Failure, Fetch,
    nouns::{self, Effect, Event, Record},
};

impl<A: App> Browser<A> {
    /// Answers a query. The reason is [`abreast_core::Event::Wanted`], a person who waits, or
    /// [`abreast_core::Event::WantedAgain`], a screen that keeps itself current.
    ///
    /// # Errors
    ///
    /// What the server function failed with, if nothing held may be shown instead.
    pub async fn read<Q: Fetch<A>>(
        &self,
        query: Q,
        wanted: fn(Key, Clocks) -> Event<A>,
    ) -> Result<nouns::Answer<Q::Output, A>, A::Failure> {
        if self.0.passes_on {
            return query.fetch().await;
        }
        let key = query.key();
        let _awaiting = self.awaiting();
        self.arrival(&key).await;
        let (mut told, mut again) = (self.wait(&key), false);
        self.dispatch(wanted(key.clone(), self.clocks()));
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
            let asked = Asked { at: Some(self.clocks()), seen: self.seen() };
            let fetching = self.fetching(&key);
            let answer = query.clone().fetch().await;
            drop(fetching);
            let (event, failure) = match answer {
                Ok(answer) if !answer.stale => {
                    told = self.wait(&key);
                    self.answered::<Q>(&query, &answer, asked);
                    continue;
                }
                Ok(answer) => {
                    let record = self.record(&query, &answer);
                    (Event::<A>::AnsweredStale(key.clone(), record, asked, self.now()), A::Failure::unavailable())
                }
                Err(failure) if let Some(as_of) = failure.not_there() => {
                    told = self.wait(&key);
                    let effects = self.dispatch(Event::<A>::NotThere(key.clone(), as_of, asked));
                    // More has been seen since; once, or a log that was set back would be asked for ever.
                    if effects.contains(&Effect::<A>::Fetch(key.clone())) && !std::mem::replace(&mut again, true) {
                        continue;
                    }
                    drop(told);
                    self.tell(&key, Verdict::Fetch);
                    return Err(failure);
                }
                Err(failure) if failure.is_refusal() => (Event::<A>::Refused(key.clone()), failure),
                Err(failure) => (Event::<A>::Failed(key.clone(), self.now()), failure),
            };
            let shown = self.dispatch(event).contains(&Effect::<A>::ShowUnconfirmed(key.clone()));
            self.tell(&key, Verdict::Fetch);
            return self.held::<Q>(&key, true).filter(|_| shown).ok_or(failure);
        }
    }

    /// Takes in an answer that came with the page.
    pub(crate) fn admit<Q: Query<Nouns = A::Nouns>>(&self, query: &Q, answer: &nouns::Answer<Q::Output, A>) {
        let known = self.client_cache().record(&query.key()).is_some_and(|record| record.as_of >= answer.entry.as_of);
        if !known && !answer.stale {
            // When the page was asked for is not known by this clock: its first use confirms it.
            self.answered(query, answer, Asked { at: None, seen: self.0.boot.seen });
        }
    }

    fn answered<Q: Query<Nouns = A::Nouns>>(&self, query: &Q, answer: &nouns::Answer<Q::Output, A>, asked: Asked) {
        let key = query.key();
        self.dispatch(Event::<A>::Answered(key.clone(), self.record(query, answer), asked));
        self.confirm_layers::<Q>(&key, answer.entry.as_of);
    }

    fn held<Q: Query<Nouns = A::Nouns>>(&self, key: &Key, stale: bool) -> Option<nouns::Answer<Q::Output, A>> {
        let record = self.client_cache().record(key).cloned()?;
        let value = serde_json::from_str(&record.body).ok()?;
        let entry = Entry { value, tags: record.tags, as_of: record.as_of, stored_at: record.stored_at };
        Some(Answer { entry, stale, keep: record.keep_for > 0 })
    }

    /// An answer as the client cache keeps it.
    fn record<Q: Query<Nouns = A::Nouns>>(&self, query: &Q, answer: &nouns::Answer<Q::Output, A>) -> Record<A> {
        record::<A, Q>(query, answer, self.now())
    }
}

/// An answer as the client cache keeps it from now on.
pub(crate) fn record<A: App, Q: Query<Nouns = A::Nouns>>(
    query: &Q,
    answer: &nouns::Answer<Q::Output, A>,
    now: abreast_core::Millis,
) -> Record<A> {
    Record::<A> {
        body: serde_json::to_string(&answer.entry.value).unwrap_or_default(),
        tags: answer.entry.tags.clone(),
        as_of: answer.entry.as_of,
        stored_at: now,
        keep_for: if answer.keep { Q::policy().keep_for } else { 0 },
        area: Q::AREA,
        viewer: query.viewer(),
    }
}
