//! The freshness sampler: a share of what this node served is looked at again a moment later, past
//! every cache, and judged ([`abreast_core::observe::sample::Finding`]) by what the database then says.
//!
//! It must not slow a read: most reads pay for a decrement, those that are sampled put a copy
//! of their question into a short queue, and one task asks again what waits there, one after the other.

mod recheck;
mod book;
mod chance;
mod throttle;
mod sightings;
mod head;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use abreast_core::{
    Entry, Key, Millis, Query, Seq, Tags,
    observe::{
        metrics::Tier,
        sample::{Checked, ClientSample, Samples, Share, Shown},
    },
};
use tokio::sync::mpsc;

use self::{
    book::{Book, When},
    chance::Chance,
    recheck::{Reread, read_between, read_same},
    throttle::{Sample, Throttle},
};
use crate::{
    App, Database, Engine, Fetched, Load, clock,
    node::Node,
    nouns::{Tag, Viewer},
};

/// How long after an answer it is looked at again: what was being committed just then is in the log.
const RECHECK_DELAY: Duration = Duration::from_millis(500);

/// How many answers wait to be looked at; more are not.
const BACKLOG: usize = 64;

/// This node's sampler.
pub(crate) struct Sampler<A: App> {
    chance: Chance,
    queue: mpsc::Sender<Sample<A>>,
    book: Arc<Book<A>>,
    /// Where browsers' questions wait, one behind the other.
    throttle: Throttle,
}

/// A read that will be looked at again: what was known when it was asked.
#[derive(Debug, Clone, Copy)]
pub struct Begun {
    at: Instant,
    wall: Millis,
    watermark: Seq,
}

impl<A: App> Sampler<A> {
    /// Looks at this share of what is served, for as long as the node lives.
    pub(crate) fn start(share: Share, database: &Database) -> Self {
        let (queue, waiting) = mpsc::channel(BACKLOG);
        let book = Arc::<Book<A>>::default();
        if share > Share::NONE {
            tokio::spawn(throttle::check_all(database.clone(), Arc::clone(&book), waiting));
            tokio::spawn(head::watch(database.clone(), Arc::downgrade(&book)));
        }
        Self { chance: Chance::of(share), queue, book, throttle: Throttle::default() }
    }

    /// Decides whether a read that begins is looked at again. What is known by now was known when it
    /// was judged.
    pub(crate) fn begin(&self, node: &Node<A>) -> Option<Begun> {
        self.chance.strikes().then(|| Begun { at: Instant::now(), wall: clock::now(), watermark: node.watermark() })
    }

    /// Notes what was answered.
    pub(crate) fn take<Q>(&self, begun: Begun, query: &Q, seen: Seq, fetched: &Fetched<Q::Output, Tag<A>>)
    where
        Q: Query<Nouns = A::Nouns>,
        A: Load<Q>,
    {
        let (query, entry) = (query.clone(), Arc::clone(&fetched.entry));
        let shown = || Shown {
            key: query.key(),
            tier: fetched.tier,
            tags: entry.tags.clone(),
            as_of: entry.as_of,
            watermark: begun.watermark,
            seen,
            marked: fetched.stale,
        };
        self.put(begun, shown, || {
            let (query, entry) = (query.clone(), Arc::clone(&entry));
            Box::new(move |database| {
                Box::pin(async move {
                    let same = |value: &Q::Output| *value == entry.value;
                    read_same::<A, Q>(&database, &query, entry.as_of, same).await
                })
            })
        });
    }

    fn put(&self, begun: Begun, shown: impl FnOnce() -> Shown<Tag<A>>, reread: impl FnOnce() -> Reread<A>) {
        match self.queue.try_reserve() {
            Ok(place) => {
                let when = When { wall: begun.wall, no_sooner_than: Some(begun.at) };
                place.send(Sample { shown: shown(), when, due: Instant::now() + RECHECK_DELAY, reread: reread() });
            }
            Err(_) => self.book.drop_one(),
        }
    }

    /// Forgets what was found.
    pub(crate) fn clear(&self) {
        self.book.clear();
    }
}

impl<A: App> Engine<A> {
    /// What was found about a share of this node's answers, looked at again; and what browsers said of
    /// theirs.
    pub fn samples(&self) -> Samples<Tag<A>> {
        self.sampler.book.samples()
    }

    /// The share of answers that is looked at again.
    pub fn sample_share(&self) -> Share {
        self.sampler.chance.share()
    }

    /// Decides whether an answer of a tier outside this package is looked at again. To be called before
    /// it is judged.
    pub fn begin_sample(&self) -> Option<Begun> {
        self.sampler.begin(&self.node)
    }

    /// Notes an answer of a tier outside this package. Only its tags and its position are known.
    pub fn take_sample<V>(&self, begun: Begun, key: &Key, tier: Tier, entry: &Entry<V, Tag<A>>, seen: Seq) {
        let Entry { tags, as_of, .. } = entry;
        let (as_of, watermark) = (*as_of, begun.watermark);
        let shown = || Shown { key: key.clone(), tier, tags: Tags::clone(tags), as_of, watermark, seen, marked: false };
        let reread =
            || -> Reread<A> { Box::new(move |database| Box::pin(async move { read_between(&database, as_of).await })) };
        self.sampler.put(begun, shown, reread);
    }

    /// Looks again at what a browser says that it showed this viewer, by what the viewer may know of the
    /// log. `None` if too many wait for that already, or nothing can be said.
    pub async fn check_shown<Q>(
        &self,
        query: &Q,
        shown: Shown<Tag<A>>,
        sample: ClientSample,
        viewer: Option<Viewer<A>>,
    ) -> Result<Option<Checked<Tag<A>>>, A::Error>
    where
        Q: Query<Nouns = A::Nouns>,
        A: Load<Q>,
    {
        let book = &self.sampler.book;
        let when = When {
            wall: Millis(clock::now().0.saturating_sub(sample.ago)),
            no_sooner_than: sample.after.and_then(|(time, later)| book.moment_after(time, later)),
        };
        let Some(_turn) = self.sampler.throttle.wait().await else { return Ok(None) };
        let recheck = match sample.hash {
            Some(hash) => {
                let same = |value: &Q::Output| book::hash(value) == hash;
                read_same::<A, Q>(&self.database, query, shown.as_of, same).await
            }
            None => read_between(&self.database, shown.as_of).await,
        };
        let recheck = recheck?.known_to(viewer);
        Ok(book.record(shown, when, recheck).map(|finding| Checked { finding, node_time: book.node_time() }))
    }
}
