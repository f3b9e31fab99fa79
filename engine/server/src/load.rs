//! How a query is answered from the database.

use std::{sync::Arc, time::Duration};

use abreast_core::{Nouns, Query};
use tokio::time::timeout;

use crate::{App, Engine, Error, Load, Result, clock, nouns::Entry};

/// How long a load may take, with the wait for a connection.
const LOAD_TIMEOUT: Duration = Duration::from_secs(10);

impl<A: App> Engine<A> {
    /// Reads past every cache.
    pub async fn load<Q>(&self, query: &Q) -> Result<Arc<Entry<Q::Output, A>>, A::Error>
    where
        Q: Query<Nouns = A::Nouns>,
        A: Load<Q>,
    {
        Ok(self.read(query).await?)
    }

    #[tracing::instrument(level = "debug", name = "load", skip_all, fields(query = Q::NAME))]
    pub(crate) async fn read<Q>(&self, query: &Q) -> Result<Arc<Entry<Q::Output, A>>>
    where
        Q: Query<Nouns = A::Nouns>,
        A: Load<Q>,
    {
        let load = async {
            let mut reader = self.node.reader(&self.database).await?;
            let value = A::load(query, &mut reader).await.map_err(|error| match error.into() {
                Error::NotFound => Error::NotThere { as_of: reader.as_of() },
                error => error,
            })?;
            let tags = query.tags(&value).and(A::Nouns::area_tag(Q::AREA));
            Ok(Arc::new(Entry::<_, A> { tags, value, as_of: reader.as_of(), stored_at: clock::now() }))
        };
        timeout(LOAD_TIMEOUT, load).await.unwrap_or_else(|_| Err(Error::silence().into()))
    }
}
