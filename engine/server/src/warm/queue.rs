//! What is to be loaded ahead, in order.

use std::collections::VecDeque;

/// How many wait at most: who reads what comes after that loads it.
const MAX_WAITING: usize = 500;

/// Why a page is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Because {
    /// Something in it changed.
    Touched,
    /// The node has just begun, and memory is empty.
    Started,
    /// Its reader has just signed in.
    SignedIn,
}

/// A page to be loaded.
#[derive(Debug, PartialEq)]
pub(super) struct Job<P> {
    pub(super) because: Because,
    pub(super) page: P,
}

/// Each page once.
pub(super) struct Queue<P>(VecDeque<Job<P>>);

impl<P> Default for Queue<P> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<P: PartialEq> Queue<P> {
    pub(super) fn extend(&mut self, because: Because, pages: impl IntoIterator<Item = P>) {
        for page in pages {
            let job = Job { because, page };
            if self.0.len() < MAX_WAITING && !self.0.contains(&job) {
                self.0.push_back(job);
            }
        }
    }

    pub(super) fn next(&mut self) -> Option<Job<P>> {
        self.0.pop_front()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
