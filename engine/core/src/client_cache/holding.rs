//! What a client cache holds, and why it is judged as it is: for the debug page.

use serde::{Deserialize, Serialize};

use super::{ClientCache, Held};
use crate::{
    follower::Judgement,
    key::Key,
    nouns::Nouns,
    observe::Why,
    seq::{Millis, Seq},
    tag::Tags,
};

/// What the cache holds of one key, for the debug page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Holding<N: Nouns> {
    /// The question.
    pub key: Key,
    /// The page family it serves.
    pub area: N::Area,
    /// Its bytes.
    pub bytes: usize,
    /// When this browser got it.
    pub stored_at: Millis,
    /// What it depends on.
    pub tags: Tags<N::Tag>,
    /// The position at which it was true.
    pub as_of: Seq,
    /// What the one judgement says of it.
    pub judgement: Judgement<N::Tag>,
}

impl<N: Nouns> ClientCache<N> {
    /// All that is held.
    pub fn holdings(&self) -> impl Iterator<Item = Holding<N>> + '_ {
        self.held.iter().map(|(key, held)| Holding {
            key: key.clone(),
            area: held.record.area,
            bytes: key.as_str().len() + held.record.bytes(),
            stored_at: held.record.stored_at,
            tags: held.record.tags.clone(),
            as_of: held.record.as_of,
            judgement: self.judge(&held.record),
        })
    }

    /// Why the answer held for a key is judged as it is.
    pub fn explain(&self, key: &Key) -> Option<Why<N::Tag>> {
        let Held { record, .. } = self.held.get(key)?;
        Some(Why {
            key: key.clone(),
            stored_at: record.stored_at,
            keep_for: record.keep_for,
            explained: self.follower.explain(&record.tags, record.as_of),
        })
    }
}
