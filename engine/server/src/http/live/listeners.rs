//! The connections of a node, and what they are told.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use abreast_core::{CatchUp, Directive, Noun, Seq, ServerMessage, Subscription};
use axum::extract::ws::Utf8Bytes;
use tokio::sync::mpsc;

use super::{
    registry::{Listener, Registry},
    unanswered::Unanswered,
};
use crate::{
    App,
    nouns::{LogRow, Tag, Viewer},
};

/// How many messages may wait for one connection before it is cut as too slow.
const WAITING: usize = 64;

/// Up to this many browsers that hear of one row ask at once; each one more spreads all by half a millisecond.
const SPREAD_FREE: usize = 50;

/// The widest spread, in milliseconds: an answer on screen is no older than Δ.
const MAX_SPREAD_MS: usize = 1_000;

/// The connections of one node.
pub(super) struct Listeners<A: App> {
    max_connections: usize,
    registry: Mutex<Registry<A>>,
}

impl<A: App> Listeners<A> {
    pub(super) fn new(max_connections: usize) -> Self {
        Self { max_connections, registry: Mutex::default() }
    }

    /// The number of a new connection, and what will be said to it; `None` if there are too many.
    pub(super) fn add(
        &self,
        viewer: Option<Viewer<A>>,
        unanswered: Arc<Unanswered>,
    ) -> Option<(u64, mpsc::Receiver<Utf8Bytes>)> {
        let (line, said) = mpsc::channel(WAITING);
        let mut registry = self.lock();
        if registry.count() >= self.max_connections {
            return None;
        }
        let id = registry.add(Listener { subscription: Subscription::of(viewer), line, unanswered });
        Some((id, said))
    }

    /// Tells a row to the connections that it concerns, and cuts those whose viewer signed in or out.
    pub(super) fn tell(&self, row: &LogRow<A>) {
        let mut registry = self.lock();
        let holders = registry.holders(row);
        let spread = spread(holders.len());
        // Most hold the same few tags, so most are told the same.
        let mut encoded: HashMap<Vec<Directive<Tag<A>>>, Utf8Bytes> = HashMap::new();
        let mut cut = vec![];
        for id in holders {
            let Some(listener) = registry.get(id) else { continue };
            let directives = listener.subscription.concerns(row);
            if directives.is_empty() {
                continue;
            }
            let message = encoded.entry(directives).or_insert_with_key(|directives| {
                encode(&ServerMessage::Row { seq: row.receipt.seq, directives: directives.clone(), spread })
            });
            if listener.line.try_send(message.clone()).is_err() {
                cut.push(id);
            }
        }
        // A person signed in or out: the rights of their connections are looked up again.
        let renewed = row.receipt.directives.iter().find_map(|directive| match directive {
            Directive::Evict(tag) => A::rights_of(*tag),
            Directive::Refresh(_) => None,
        });
        if renewed.is_some() {
            let theirs = registry.iter().filter(|(_, listener)| listener.subscription.viewer() == renewed);
            cut.extend(theirs.map(|(id, _)| id));
        }
        for id in cut {
            registry.remove(id);
        }
    }

    /// Tells all of them that the log between what they know and `head` can't be known.
    pub(super) fn tell_all_lost(&self, head: Seq) {
        let message = encode(&ServerMessage::CaughtUp(CatchUp::<Tag<A>>::Lost { head }));
        self.cut(|listener| listener.line.try_send(message.clone()).is_err());
    }

    /// Tells all of them that their line speaks, and where the log stands; cuts those that left so many beats in a row
    /// unanswered.
    pub(super) fn beat(&self, head: Seq, max_unanswered: u32) {
        let message = encode(&ServerMessage::<Tag<A>>::Beat { head });
        self.cut(|listener| {
            listener.unanswered.is_too_many(max_unanswered) || listener.line.try_send(message.clone()).is_err()
        });
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.lock().count()
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Registry<A>> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cuts the connections for which this is true.
    fn cut(&self, is_over: impl Fn(&Listener<A>) -> bool) {
        let mut registry = self.lock();
        let cut: Vec<u64> = registry.iter().filter(|(_, listener)| is_over(listener)).map(|(id, _)| id).collect();
        for id in cut {
            registry.remove(id);
        }
    }
}

/// A message as it is sent.
pub(super) fn encode<T: Noun>(told: &ServerMessage<T>) -> Utf8Bytes {
    // Ids, numbers and closed sets: nothing in it can fail to be written.
    serde_json::to_string(told).unwrap_or_default().into()
}

fn spread(concerned: usize) -> u32 {
    let wide = concerned.saturating_sub(SPREAD_FREE) / 2;
    u32::try_from(wide.min(MAX_SPREAD_MS)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use abreast_core::{Audience, Millis, Receipt};

    use super::{super::place::Place, *};
    use crate::example::{Example, Tag};

    fn row(seq: u64) -> LogRow<Example> {
        let directives = vec![Directive::Refresh(Tag::List)];
        let receipt = Receipt { seq: Seq(seq), at: Millis(0), directives, areas: vec![] };
        LogRow::<Example> { receipt, audience: Audience::Everyone }
    }

    fn listeners() -> Arc<Listeners<Example>> {
        Arc::new(Listeners::new(2))
    }

    #[test]
    fn who_does_not_read_is_cut_off_and_the_others_are_told() {
        let listeners = listeners();
        let (deaf, mut unread) = Place::take(&listeners, None).expect("a place");
        let (prompt, mut said) = Place::take(&listeners, None).expect("a place");
        deaf.hold(&[Tag::List]);
        prompt.hold(&[Tag::List]);
        for seq in 1..=WAITING as u64 + 1 {
            listeners.tell(&row(seq));
            assert!(said.try_recv().is_ok(), "{seq}");
        }
        assert_eq!(listeners.count(), 1);
        let waiting = std::iter::from_fn(|| unread.try_recv().ok()).count();
        assert_eq!(waiting, WAITING, "what waits is bounded");
        assert!(unread.is_closed(), "and then it ends");
    }

    #[test]
    fn who_has_left_leaves_nothing_behind() {
        let listeners = listeners();
        let (place, _said) = Place::take(&listeners, None).expect("a place");
        place.hold(&[Tag::List, Tag::Page(1)]);
        place.hold(&[Tag::List]);
        assert_eq!(listeners.lock().count_tags(), 1);
        drop(place);
        let registry = listeners.lock();
        assert_eq!((registry.count_tags(), registry.count()), (0, 0));
    }

    #[test]
    fn beyond_the_cap_there_is_no_place() {
        let listeners = listeners();
        let (first, _second) = (Place::take(&listeners, None), Place::take(&listeners, None));
        assert!(first.is_some() && Place::take(&listeners, None).is_none());
        drop(first);
        assert!(Place::take(&listeners, None).is_some());
    }

    #[test]
    fn who_signed_in_or_out_is_cut_off_after_the_word() {
        let listeners = listeners();
        let (ada, mut said) = Place::take(&listeners, Some(1)).expect("a place");
        let (_ben, mut others) = Place::take(&listeners, Some(2)).expect("a place");
        ada.hold(&[Tag::Person(1)]);
        let mut row = row(1);
        row.receipt.directives = vec![Directive::Evict(Tag::Person(1))];
        listeners.tell(&row);
        assert!(said.try_recv().is_ok() && said.try_recv().is_err() && said.is_closed());
        assert!(others.try_recv().is_err() && !others.is_closed());
    }

    #[test]
    fn a_popular_edit_is_spread() {
        for (concerned, expected) in [(0, 0), (50, 0), (60, 5), (2_000, 975), (1_000_000, 1_000)] {
            assert_eq!(spread(concerned), expected, "{concerned}");
        }
    }

    #[test]
    fn what_is_told_is_text() {
        let lost = encode(&ServerMessage::CaughtUp(CatchUp::<Tag>::Lost { head: Seq(7) }));
        assert_eq!(lost.as_str(), r#"{"caught-up":{"Lost":{"head":7}}}"#);
    }
}
