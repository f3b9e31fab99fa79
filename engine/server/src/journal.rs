//! The rows of the log that this node learnt of last, and how: for people who want to see it happen.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use abreast_core::{
    LogRow, Millis, Nouns,
    observe::{Learnt, Way},
};

/// How many rows are remembered.
const ROWS: usize = 200;

/// The last rows.
pub(crate) struct Journal<N: Nouns>(Mutex<VecDeque<Known<N>>>);

type Known<N> = (Arc<LogRow<N>>, Way, Millis);

impl<N: Nouns> Default for Journal<N> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<N: Nouns> Journal<N> {
    /// Notes a row; false if it was known already.
    pub(crate) fn note(&self, row: &Arc<LogRow<N>>, way: Way, at: Millis) -> bool {
        let mut rows = self.lock();
        let known = rows.iter().rev().any(|(known, ..)| known.receipt.seq == row.receipt.seq);
        if !known {
            if rows.len() == ROWS {
                rows.pop_front();
            }
            rows.push_back((Arc::clone(row), way, at));
        }
        !known
    }

    /// The last rows, newest first.
    pub(crate) fn last(&self, most: usize) -> Vec<Learnt<N>> {
        let rows = self.lock();
        let learnt = rows.iter().rev().take(most);
        learnt.map(|(row, way, at)| Learnt { receipt: row.receipt.clone(), way: *way, at: *at }).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Known<N>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
