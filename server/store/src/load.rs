//! How a query is answered from the database.

use domain::{Query, Quire};

use crate::{Library, Reader, Result};

/// A query that the database can answer. Access is in its `where` clause: what the viewer may not
/// see is not found.
pub trait Load: Query<Nouns = Quire> {
    /// Reads the answer from a snapshot.
    fn load(&self, reader: &mut Reader) -> impl Future<Output = Result<Self::Output>> + Send;
}

impl<Q: Load> abreast_server::Load<Q> for Library {
    async fn load(query: &Q, reader: &mut Reader) -> Result<Q::Output> {
        query.load(reader).await
    }
}
