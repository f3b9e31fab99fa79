//! Loads ahead of the question.

use abreast_core::{
    Key, Query, Seq,
    observe::metrics::{CacheEvent, Outcome, Tier},
};

use crate::{App, Engine, Load};

/// What the job that warms loads with.
#[derive(Clone, Copy)]
pub struct Ahead<'a, A: App>(pub(super) &'a Engine<A>);

impl<A: App> Ahead<'_, A> {
    /// Loads an answer ahead, unless memory has it; nothing if it can't be had.
    pub async fn load<Q>(self, query: &Q) -> Option<Q::Output>
    where
        Q: Query<Nouns = A::Nouns>,
        A: Load<Q>,
    {
        let engine = self.0;
        let key = query.key();
        engine.node.confirm(&engine.database, Seq::ZERO).await.ok()?;
        if !engine.keeps(Q::AREA) {
            return None;
        }
        let load = async {
            let entry = match engine.take_from_shared::<Q>(&key).await {
                Some(entry) => entry,
                None => engine.load_and_keep(query, &key).await?,
            };
            engine.memory.came_ahead(&key, entry.as_of);
            self.note(&key);
            Ok(entry)
        };
        // An asker who joined the flight judges what landed; so will everybody who asks later.
        engine.flights.join(&key, load).await.ok().map(|entry| entry.value.clone())
    }

    fn note(self, key: &Key) {
        self.0.record(CacheEvent {
            at: self.0.now(),
            tier: Tier::Memory,
            outcome: Outcome::Ahead,
            key: key.clone(),
            micros: None,
            bytes: None,
        });
    }
}
