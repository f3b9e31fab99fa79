//! Invalidation by hand: a manager wants answers read anew.

use domain::{Change, Changed, Invalidation, Key, Tag};

use crate::{Error, Result, Store};

impl Store {
    /// Has all that depends on these read anew, on every node and in every browser. It goes through
    /// the log like every save, so no tier needs to be told in another way.
    pub async fn invalidate(&self, what: Vec<Invalidation>) -> Result<Changed<()>> {
        let mut tags = vec![];
        for one in what {
            match one {
                Invalidation::Tag(tag) => tags.push(tag),
                Invalidation::Key(key) => tags.extend(self.tags_of_one(&key)?),
            }
        }
        self.begin().await?.commit(Change::Invalidated(tags), ()).await
    }

    /// What an answer in memory depends on, without its area: to invalidate one page is not to invalidate all.
    fn tags_of_one(&self, key: &Key) -> Result<impl Iterator<Item = Tag> + use<>> {
        let tags: Vec<Tag> = self.tags_of(key).ok_or(Error::NotFound)?.into();
        Ok(tags.into_iter().filter(|tag| !matches!(tag, Tag::Area(_))))
    }
}
