//! What may be seen of a thing that one person writes, and everybody reads.
//!
//! Shares nothing with the server: each thing is a list of writes, numbered, with the moments at
//! which each was sent and acknowledged. On one node an acknowledged write is there for every client that asks
//! afterwards; that is more than read-your-writes, and includes it.

use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard,
        atomic::{AtomicU64, Ordering},
    },
};

/// Something that is written again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Thing {
    /// Whether a story is out.
    Out(usize),
    /// A story's title.
    Title(usize),
    /// The title of its chapter.
    Chapter(usize),
    /// One of the chapter's two scenes.
    Scene(usize, usize),
    /// A person's post.
    Post(usize),
    /// A person's comment, which comes and goes.
    Comment(usize),
    /// Whether a person likes a story.
    Like(usize, usize),
}

/// From sending a question to having its answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) asked: u64,
    pub(crate) answered: u64,
}

struct Write {
    present: bool,
    sent: u64,
    acknowledged: Option<u64>,
}

/// Every thing, and every write of it.
#[derive(Default)]
pub(crate) struct Model {
    clock: AtomicU64,
    things: HashMap<Thing, Mutex<Vec<Write>>>,
}

impl Model {
    /// Adds a thing as it is before the race: its write number 0.
    pub(crate) fn add(&mut self, thing: Thing, present: bool) {
        let write = Write { present, sent: 0, acknowledged: Some(0) };
        self.things.insert(thing, Mutex::new(vec![write]));
    }

    /// The next moment.
    pub(crate) fn now(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// A write is about to be sent: its number.
    pub(crate) fn send(&self, thing: Thing, present: bool) -> usize {
        let mut writes = self.writes(thing);
        let sent = self.now();
        writes.push(Write { present, sent, acknowledged: None });
        writes.len() - 1
    }

    /// It was acknowledged.
    pub(crate) fn acknowledge(&self, thing: Thing) {
        let mut writes = self.writes(thing);
        let now = self.now();
        if let Some(last) = writes.last_mut() {
            last.acknowledged = Some(now);
        }
    }

    /// It was refused, and so never happened.
    pub(crate) fn refuse(&self, thing: Thing) {
        self.writes(thing).pop();
    }

    /// How the thing is, for the one who writes it.
    pub(crate) fn is_present(&self, thing: Thing) -> bool {
        self.writes(thing).last().is_some_and(|last| last.present)
    }

    /// Whether this write could be what an answer shows.
    pub(crate) fn may_show(&self, thing: Thing, number: usize, span: Span) -> bool {
        could_be_seen(&self.writes(thing), number, span)
    }

    /// The first write from `floor` on that could be what an answer shows of a thing that is, or
    /// isn't, there.
    pub(crate) fn first_since(&self, thing: Thing, floor: usize, present: bool, span: Span) -> Option<usize> {
        let writes = self.writes(thing);
        (floor..writes.len()).find(|&number| writes[number].present == present && could_be_seen(&writes, number, span))
    }

    fn writes(&self, thing: Thing) -> MutexGuard<'_, Vec<Write>> {
        self.things.get(&thing).expect("a thing that was added").lock().expect("no panic")
    }
}

/// It was sent before the answer came, and what followed it had not been acknowledged when the
/// question was sent.
fn could_be_seen(writes: &[Write], number: usize, span: Span) -> bool {
    let sent = writes.get(number).is_some_and(|write| write.sent < span.answered);
    let followed = writes.get(number + 1).and_then(|next| next.acknowledged).is_some_and(|then| then < span.asked);
    sent && !followed
}

#[test]
fn what_may_be_seen() {
    let thing = Thing::Title(0);
    let mut model = Model::default();
    model.add(thing, true);
    let early = Span { asked: model.now(), answered: model.now() };
    let number = model.send(thing, false);
    let asked = model.now();
    let during = Span { asked, answered: model.now() };
    model.acknowledge(thing);
    let asked = model.now();
    let after = Span { asked, answered: model.now() };
    let shows = |number, span| model.may_show(thing, number, span);
    assert_eq!([shows(0, early), shows(number, early)], [true, false]);
    assert_eq!([shows(0, during), shows(number, during)], [true, true]);
    assert_eq!([shows(0, after), shows(number, after)], [false, true]);
    assert_eq!(model.first_since(thing, 0, true, after), None);
    assert_eq!(model.first_since(thing, 0, false, after), Some(1));
}
