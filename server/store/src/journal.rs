//! The rows of the log that this node learnt of last, and how: for people who want to see it happen.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{Learnt, LogRow, Millis, Way};

/// How many rows are remembered.
const ROWS: usize = 200;

/// The last rows.
#[derive(Default)]
pub(crate) struct Journal(Mutex<VecDeque<(Arc<LogRow>, Way, Millis)>>);

impl Journal {
    /// Notes a row; false if it was known already.
    pub(crate) fn note(&self, row: &Arc<LogRow>, way: Way, at: Millis) -> bool {
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
    pub(crate) fn last(&self, most: usize) -> Vec<Learnt> {
        let rows = self.lock();
        let learnt = rows.iter().rev().take(most);
        learnt.map(|(row, way, at)| Learnt { receipt: row.receipt.clone(), way: *way, at: *at }).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<(Arc<LogRow>, Way, Millis)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
