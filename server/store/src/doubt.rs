//! Doubt: what a manager wants read anew, and what they see of why an answer was what it was.

use domain::{Change, Changed, Doubt, Key, Tag, Why};

use crate::{Error, Result, Store};

impl Store {
    /// Has all that depends on these read anew, on every node and in every browser. It goes through
    /// the log like everything else: nobody has to be told in another way.
    pub async fn doubt(&self, doubts: Vec<Doubt>) -> Result<Changed<()>> {
        let mut tags = vec![];
        for doubt in doubts {
            match doubt {
                Doubt::Tag(tag) => tags.push(tag),
                Doubt::Key(key) => tags.extend(self.tags_of(&key)?),
            }
        }
        self.begin().await?.commit(Change::Doubted(tags), ()).await
    }

    /// Why the answer that memory holds of this key is judged as it is; nothing if it holds none.
    pub fn explain(&self, key: &Key) -> Option<Why> {
        let glimpse = self.memory.peek(key)?;
        Some(Why {
            key: key.clone(),
            stored_at: glimpse.stored_at,
            keep_for: glimpse.keep_for,
            explained: self.node.explain(&glimpse.tags, glimpse.as_of),
        })
    }

    /// What an answer in memory depends on, without its area: who doubts one page doesn't doubt all.
    fn tags_of(&self, key: &Key) -> Result<impl Iterator<Item = Tag> + use<>> {
        let tags: Vec<Tag> = self.memory.peek(key).ok_or(Error::NotFound)?.tags.into();
        Ok(tags.into_iter().filter(|tag| !matches!(tag, Tag::Area(_))))
    }
}
