//! A browser whose clock, storage and timers are the test's.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    time::Duration,
};

use abreast_core::{Clocks, Millis};

use super::TestServer;
use crate::{
    host::{Host, Once, Replying, Task},
    storage::KeyValue,
};

thread_local! {
    static NOW: Cell<i64> = const { Cell::new(0) };
    static LATER: RefCell<Vec<(i64, Once)>> = const { RefCell::new(vec![]) };
    static IDLE: RefCell<Vec<Once>> = const { RefCell::new(vec![]) };
    static COOKIES: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
    static LOCAL: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
    /// How many characters localStorage takes; nothing if it is switched off.
    static ROOM: Cell<Option<usize>> = const { Cell::new(Some(1_000_000)) };
    static CLOSED: Cell<bool> = const { Cell::new(false) };
}

/// The browser of this thread's test.
pub(crate) struct TestHost;

impl TestHost {
    /// Time goes on, and what was to be done by then is done.
    pub(crate) fn pass(milliseconds: i64) {
        NOW.set(NOW.get() + milliseconds);
        let (due, rest) = LATER.take().into_iter().partition(|(at, _)| *at <= NOW.get());
        LATER.set(rest);
        let due: Vec<(i64, Once)> = due;
        for (_, run) in due {
            run();
        }
    }

    /// The page has nothing else to do.
    pub(crate) fn idle() {
        for run in IDLE.take() {
            run();
        }
    }

    /// From now on localStorage takes so many characters; nothing: it is switched off.
    pub(crate) fn has_room(room: Option<usize>) {
        ROOM.set(room);
    }

    /// Puts a text into localStorage, as another page of the site may.
    pub(crate) fn put(name: &str, value: &str) {
        LOCAL.with_borrow_mut(|local| local.insert(name.to_owned(), value.to_owned()));
    }

    /// The names in localStorage.
    pub(crate) fn kept() -> Vec<String> {
        LOCAL.with_borrow(|local| local.keys().cloned().collect())
    }

    /// Whether the page took all off the screen.
    pub(crate) fn is_closed() -> bool {
        CLOSED.get()
    }
}

impl Host for TestHost {
    fn clocks(&self) -> Clocks {
        Clocks { wall: Millis(1_000_000 + NOW.get()), monotonic: Millis(NOW.get()) }
    }

    /// No answer is sampled.
    fn chance(&self) -> f64 {
        1.0
    }

    fn is_online(&self) -> bool {
        true
    }

    fn is_in_front(&self) -> bool {
        true
    }

    fn cookie(&self, name: &str) -> Option<String> {
        COOKIES.with_borrow(|cookies| cookies.get(name).cloned())
    }

    fn set_cookie(&self, cookie: &str) {
        if let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) {
            COOKIES.with_borrow_mut(|cookies| cookies.insert(name.to_owned(), value.to_owned()));
        }
    }

    fn local(&self) -> Option<&dyn KeyValue> {
        ROOM.get().is_some().then_some(self)
    }

    fn of_tab(&self) -> Option<&dyn KeyValue> {
        None
    }

    fn get(&self, address: String) -> Replying {
        let number = address.strip_prefix("/api/page?number=").and_then(|number| number.parse().ok());
        Box::pin(TestServer::reply(number.expect("a page's address")))
    }

    fn spawn(&self, task: Task) {
        tokio::task::spawn_local(task);
    }

    fn later(&self, after: Duration, run: Once) {
        let after = i64::try_from(after.as_millis()).expect("a short time");
        LATER.with_borrow_mut(|later| later.push((NOW.get() + after, run)));
    }

    fn when_idle(&self, run: Once) {
        IDLE.with_borrow_mut(|idle| idle.push(run));
    }

    fn close_page(&self) {
        CLOSED.set(true);
    }
}

impl KeyValue for TestHost {
    fn get(&self, name: &str) -> Option<String> {
        LOCAL.with_borrow(|local| local.get(name).cloned())
    }

    fn set(&self, name: &str, value: &str) -> bool {
        LOCAL.with_borrow_mut(|local| {
            let others: usize = local.iter().filter(|(other, _)| *other != name).map(|(_, value)| value.len()).sum();
            let fits = ROOM.get().is_some_and(|room| others + value.len() <= room);
            if fits {
                local.insert(name.to_owned(), value.to_owned());
            }
            fits
        })
    }

    fn remove(&self, name: &str) {
        LOCAL.with_borrow_mut(|local| local.remove(name));
    }

    fn names(&self, prefix: &str) -> Vec<String> {
        LOCAL.with_borrow(|local| local.keys().filter(|name| name.starts_with(prefix)).cloned().collect())
    }
}
