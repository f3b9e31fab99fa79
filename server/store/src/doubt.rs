//! Doubt: what a manager wants read anew.

use domain::{Change, Changed, Doubt, Key, Tag};

use crate::{Error, Result, Store};

impl Store {
    /// Has all that depends on these read anew, on every node and in every browser. It goes through
    /// the log like everything else: nobody has to be told in another way.
    pub async fn doubt(&self, doubts: Vec<Doubt>) -> Result<Changed<()>> {
        let mut tags = vec![];
        for doubt in doubts {
            match doubt {
                Doubt::Tag(tag) => tags.push(tag),
                Doubt::Key(key) => tags.extend(self.doubtful(&key)?),
            }
        }
        self.begin().await?.commit(Change::Doubted(tags), ()).await
    }

    /// What an answer in memory depends on, without its area: who doubts one page doesn't doubt all.
    fn doubtful(&self, key: &Key) -> Result<impl Iterator<Item = Tag> + use<>> {
        let tags: Vec<Tag> = self.tags_of(key).ok_or(Error::NotFound)?.into();
        Ok(tags.into_iter().filter(|tag| !matches!(tag, Tag::Area(_))))
    }
}
