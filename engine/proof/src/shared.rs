//! The shared tier at its worst: it may answer with anything it was ever offered, or with nothing.

use std::sync::Arc;

use crate::nouns::Entry;
use abreast_core::Key;

use crate::rows::Value;

/// Everything ever offered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Shared(Vec<(Key, Arc<Entry<Value>>)>);

impl Shared {
    /// Takes an entry in.
    pub fn offer(&mut self, key: &Key, entry: &Arc<Entry<Value>>) {
        // In one order, whatever the order in which they came: states that are equal look equal.
        let place = self
            .0
            .partition_point(|(held, other)| (held, other.as_of, &other.value) < (key, entry.as_of, &entry.value));
        let known = self
            .0
            .get(place)
            .is_some_and(|(held, other)| held == key && other.as_of == entry.as_of && other.value == entry.value);
        if !known {
            self.0.insert(place, (key.clone(), Arc::clone(entry)));
        }
    }

    /// All it could answer with.
    pub fn of<'a>(&'a self, key: &'a Key) -> impl Iterator<Item = &'a Arc<Entry<Value>>> {
        self.0.iter().filter(move |(held, _)| held == key).map(|(_, entry)| entry)
    }

    /// Every entry, whatever its key.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Entry<Value>>> {
        self.0.iter().map(|(_, entry)| entry)
    }

    /// Forgets the refused entries.
    pub fn forget(&mut self, refused: impl Fn(&Entry<Value>) -> bool) {
        self.0.retain(|(_, entry)| !refused(entry));
    }

    /// Forgets everything.
    pub fn flush(&mut self) {
        self.0.clear();
    }
}
