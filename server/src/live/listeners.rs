//! Who listens: each connection's interest, found by tag.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use axum::extract::ws::Utf8Bytes;
use domain::{CatchUp, Directive, LogRow, Seq, ServerMessage, Subscription, Tag, UserId};
use tokio::sync::mpsc;

/// How many messages may wait for one connection before it is cut as too slow.
const WAITING: usize = 64;

/// Up to this many who hear of one row ask at once; each one more spreads all by half a millisecond.
const AT_ONCE: usize = 50;

/// The widest spread, in milliseconds: an answer on screen is no older than Δ.
const WIDEST: usize = 1_000;

/// The connections of one node.
pub(super) struct Listeners {
    /// How many there may be.
    most: usize,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    next: u64,
    listeners: HashMap<u64, Listener>,
    by_tag: HashMap<Tag, HashSet<u64>>,
}

struct Listener {
    interest: Subscription,
    line: mpsc::Sender<Utf8Bytes>,
    unanswered: Arc<Unanswered>,
}

/// How many beats in a row a connection has not answered, and whether that ended it.
#[derive(Default)]
struct Unanswered {
    beats: AtomicU32,
    ended: AtomicBool,
}

/// A connection's place among the listeners; it is given up when this is dropped.
pub(super) struct Place {
    listeners: Arc<Listeners>,
    id: u64,
    unanswered: Arc<Unanswered>,
}

impl Listeners {
    pub(super) fn new(most: usize) -> Self {
        Self { most, inner: Mutex::default() }
    }

    /// A place for a new connection, and what will be said to it; `None` if the house is full. The
    /// receiver ends when the connection is to be cut.
    pub(super) fn join(self: &Arc<Self>, viewer: Option<UserId>) -> Option<(Place, mpsc::Receiver<Utf8Bytes>)> {
        let (line, said) = mpsc::channel(WAITING);
        let mut inner = self.lock();
        if inner.listeners.len() >= self.most {
            return None;
        }
        let id = inner.next;
        inner.next += 1;
        let unanswered = Arc::<Unanswered>::default();
        let listener = Listener { interest: Subscription::of(viewer), line, unanswered: Arc::clone(&unanswered) };
        inner.listeners.insert(id, listener);
        drop(inner);
        Some((Place { listeners: Arc::clone(self), id, unanswered }, said))
    }

    /// Tells a row to everybody whom it concerns, and cuts off who is not who they were.
    pub(super) fn tell(&self, row: &LogRow) {
        let mut inner = self.lock();
        let concerned: HashSet<u64> = row
            .receipt
            .directives
            .iter()
            .filter_map(|directive| inner.by_tag.get(&directive.tag()))
            .flatten()
            .copied()
            .collect();
        // A person signed in or out: the rights of their connections are looked up again.
        let renewed = row.receipt.directives.iter().find_map(|directive| match directive {
            Directive::Evict(Tag::Viewer(user)) => Some(*user),
            Directive::Evict(_) | Directive::Refresh(_) => None,
        });
        let spread = spread(concerned.len());
        // Most hold the same few tags, so most are told the same.
        let mut encoded: HashMap<Vec<Directive>, Utf8Bytes> = HashMap::new();
        let mut cut = vec![];
        for id in concerned {
            let Some(listener) = inner.listeners.get(&id) else { continue };
            let directives = listener.interest.concerns(row);
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
        if renewed.is_some() {
            let theirs = inner.listeners.iter().filter(|(_, listener)| listener.interest.viewer() == renewed);
            cut.extend(theirs.map(|(id, _)| *id));
        }
        for id in cut {
            inner.remove(id);
        }
    }

    /// Tells everybody that the log between what they know and `head` can't be known.
    pub(super) fn tell_all_lost(&self, head: Seq) {
        let message = encode(&ServerMessage::CaughtUp(CatchUp::Lost { head }));
        let mut inner = self.lock();
        let full = |(id, listener): (&u64, &Listener)| listener.line.try_send(message.clone()).is_err().then_some(*id);
        let cut: Vec<u64> = inner.listeners.iter().filter_map(full).collect();
        for id in cut {
            inner.remove(id);
        }
    }

    /// Says to everybody that their line speaks, and where the log stands; cuts off who left so many beats
    /// in a row unanswered.
    pub(super) fn beat(&self, head: Seq, unanswered: u32) {
        let message = encode(&ServerMessage::Beat { head });
        let mut inner = self.lock();
        let is_over = |listener: &Listener| {
            let silent = listener.unanswered.beats.fetch_add(1, Ordering::Relaxed) >= unanswered;
            listener.unanswered.ended.fetch_or(silent, Ordering::Relaxed);
            silent || listener.line.try_send(message.clone()).is_err()
        };
        let cut: Vec<u64> =
            inner.listeners.iter().filter(|(_, listener)| is_over(listener)).map(|(id, _)| *id).collect();
        for id in cut {
            inner.remove(id);
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.lock().listeners.len()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// What this connection holds from now on.
    pub(super) fn hold(&self, tags: &[Tag]) {
        let mut inner = self.listeners.lock();
        inner.let_go(self.id);
        let Some(listener) = inner.listeners.get_mut(&self.id) else { return };
        listener.interest.hold(tags);
        for &tag in tags {
            inner.by_tag.entry(tag).or_default().insert(self.id);
        }
    }

    /// The other end is there.
    pub(super) fn speaks(&self) {
        self.unanswered.beats.store(0, Ordering::Relaxed);
    }

    /// Whether it was cut off because it was not.
    pub(super) fn is_silent(&self) -> bool {
        self.unanswered.ended.load(Ordering::Relaxed)
    }

    /// Who is at the other end.
    pub(super) fn viewer(&self) -> Option<UserId> {
        self.listeners.lock().listeners.get(&self.id).and_then(|listener| listener.interest.viewer())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.listeners.lock().remove(self.id);
    }
}

impl Inner {
    fn remove(&mut self, id: u64) {
        self.let_go(id);
        self.listeners.remove(&id);
    }

    fn let_go(&mut self, id: u64) {
        let Some(listener) = self.listeners.get(&id) else { return };
        for tag in listener.interest.tags() {
            if let Some(holders) = self.by_tag.get_mut(&tag) {
                holders.remove(&id);
                if holders.is_empty() {
                    self.by_tag.remove(&tag);
                }
            }
        }
    }
}

/// A message as it is sent.
pub(super) fn encode(told: &ServerMessage) -> Utf8Bytes {
    // Ids, numbers and closed sets: nothing in it can fail to be written.
    serde_json::to_string(told).unwrap_or_default().into()
}

fn spread(concerned: usize) -> u32 {
    let wide = concerned.saturating_sub(AT_ONCE) / 2;
    u32::try_from(wide.min(WIDEST)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use domain::{Audience, Millis, Receipt};

    use super::*;

    fn row(seq: u64) -> LogRow {
        let directives = vec![Directive::Refresh(Tag::Feed)];
        let receipt = Receipt { seq: Seq(seq), at: Millis(0), directives, areas: vec![] };
        LogRow { receipt, audience: Audience::Everyone }
    }

    #[test]
    fn who_does_not_read_is_cut_off_and_the_others_are_told() {
        let listeners = Arc::new(Listeners::new(2));
        let (deaf, mut unread) = listeners.join(None).expect("a place");
        let (prompt, mut said) = listeners.join(None).expect("a place");
        deaf.hold(&[Tag::Feed]);
        prompt.hold(&[Tag::Feed]);
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
        let listeners = Arc::new(Listeners::new(2));
        let (place, _said) = listeners.join(None).expect("a place");
        place.hold(&[Tag::Feed, Tag::Catalogues]);
        place.hold(&[Tag::Feed]);
        assert_eq!(listeners.lock().by_tag.len(), 1);
        drop(place);
        let inner = listeners.lock();
        assert!(inner.by_tag.is_empty() && inner.listeners.is_empty());
    }

    #[test]
    fn beyond_the_cap_there_is_no_place() {
        let listeners = Arc::new(Listeners::new(2));
        let (first, _second) = (listeners.join(None), listeners.join(None));
        assert!(first.is_some() && listeners.join(None).is_none());
        drop(first);
        assert!(listeners.join(None).is_some());
    }

    #[test]
    fn a_popular_edit_is_spread() {
        for (concerned, expected) in [(0, 0), (50, 0), (60, 5), (2_000, 975), (1_000_000, 1_000)] {
            assert_eq!(spread(concerned), expected, "{concerned}");
        }
    }
}
