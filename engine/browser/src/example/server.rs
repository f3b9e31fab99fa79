//! A server that answers when the test says so.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
};

use abreast_core::{Directive, Entry, Millis, Seq, Tags};
use serde_json::Value;
use tokio::sync::oneshot;

use super::{Example, Tag};
use crate::{
    Failed, Failure as _,
    host::Reply,
    nouns::{Answer, CatchUp},
};

/// The value is any JSON: a server of another version may send what is no text.
type Answered = Result<Answer<Value, Example>, Failed>;

thread_local! {
    static ASKED: RefCell<VecDeque<(u64, oneshot::Sender<Answered>)>> = const { RefCell::new(VecDeque::new()) };
    static LOG: RefCell<Vec<(Seq, Vec<Directive<Tag>>)>> = const { RefCell::new(vec![]) };
    static SESSION: RefCell<Option<Tag>> = const { RefCell::new(None) };
    static GONE: Cell<bool> = const { Cell::new(false) };
}

/// The server of this thread's test.
pub(crate) struct TestServer;

impl TestServer {
    /// Asks for a page; it is answered by [`Self::answer`].
    pub(super) async fn reply(page: u64) -> Result<Reply, String> {
        let (tell, told) = oneshot::channel();
        ASKED.with_borrow_mut(|asked| asked.push_back((page, tell)));
        let (status, text) = match told.await.unwrap_or(Err(Failed::Unavailable)) {
            Ok(answer) => (200, serde_json::to_string(&answer)),
            Err(failed) => (failed.status(), serde_json::to_string(&failed)),
        };
        Ok(Reply { status, text: text.map_err(|error| error.to_string())? })
    }

    /// The pages that were asked for and are not answered, the first before all others.
    pub(crate) fn asked() -> Vec<u64> {
        ASKED.with_borrow(|asked| asked.iter().map(|(page, _)| *page).collect())
    }

    /// Answers the first question with this text, read at this position.
    pub(crate) fn answer(text: &str, as_of: u64) {
        Self::answer_value(text.into(), as_of);
    }

    /// The same, with a value that may be no text.
    pub(crate) fn answer_value(value: Value, as_of: u64) {
        Self::finish(|page| {
            let tags = Tags::of(Tag::Page(page), [Tag::Area]);
            let entry = Entry { value, tags, as_of: Seq(as_of), stored_at: Millis(0) };
            Ok(Answer::<_, Example> { entry, stale: false, keep: true })
        });
    }

    /// Answers the first question so.
    pub(crate) fn fail(failed: Failed) {
        Self::finish(|_| Err(failed));
    }

    /// A commit, as the log has it.
    pub(crate) fn commit(seq: u64, directives: Vec<Directive<Tag>>) {
        LOG.with_borrow_mut(|log| log.push((Seq(seq), directives)));
    }

    /// The session that it knows from now on.
    pub(crate) fn knows(session: Option<Tag>) {
        SESSION.set(session);
    }

    /// From now on no catch-up is answered.
    pub(crate) fn is_gone() {
        GONE.set(true);
    }

    /// From now on they are again.
    pub(crate) fn is_back() {
        GONE.set(false);
    }

    pub(super) fn session() -> Option<Tag> {
        SESSION.with_borrow(|session| *session)
    }

    pub(super) fn changes(since: Seq, tags: &[Tag]) -> Result<CatchUp<Example>, Failed> {
        if GONE.get() {
            return Err(Failed::Unavailable);
        }
        LOG.with_borrow(|log| {
            let head = log.last().map_or(since, |(seq, _)| *seq);
            let concerns = |directives: &[Directive<Tag>]| directives.iter().any(|one| tags.contains(&one.tag()));
            let rows = log.iter().filter(|(seq, directives)| *seq > since && concerns(directives)).cloned().collect();
            Ok(CatchUp::<Example>::Changes { head, log: rows })
        })
    }

    fn finish(answer: impl FnOnce(u64) -> Answered) {
        let (page, tell) = ASKED.with_borrow_mut(VecDeque::pop_front).expect("a question");
        tell.send(answer(page)).ok();
    }
}
