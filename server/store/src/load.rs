//! How a query is answered from the database.

use std::{future::Future, sync::Arc};

use domain::{Entry, Query, Tag};
use tokio::time::timeout;

use crate::{Error, Reader, Result, Store, clock, database::PATIENCE};

/// A query that the database can answer. Access is in its `where` clause: what the viewer may not
/// see is not found.
pub trait Load: Query {
    /// Reads the answer from a snapshot.
    fn load(&self, reader: &mut Reader) -> impl Future<Output = Result<Self::Output>> + Send;
}

impl Store {
    /// Reads past every cache.
    #[tracing::instrument(level = "debug", skip_all, fields(query = Q::NAME))]
    pub async fn load<Q: Load>(&self, query: &Q) -> Result<Arc<Entry<Q::Output>>> {
        let load = async {
            let mut reader = self.node.reader(&self.database).await?;
            let value = query.load(&mut reader).await.map_err(|error| match error {
                Error::NotFound => Error::NotThere { as_of: reader.as_of() },
                error => error,
            })?;
            let tags = query.tags(&value).and(Tag::Area(Q::AREA));
            Ok(Arc::new(Entry { tags, value, as_of: reader.as_of(), stored_at: clock::now() }))
        };
        timeout(PATIENCE, load).await.unwrap_or_else(|_| Err(Error::silence().into()))
    }
}
