//! How a query is answered from the database.

use domain::{Area, Key, Policy, Query, Tag, Tags};

use crate::{Library, Reader, Result};

/// A query that the database can answer. Access is in its `where` clause: what the viewer may not
/// see is not found.
pub trait Load: Query {
    /// Reads the answer from a snapshot.
    fn load(&self, reader: &mut Reader) -> impl Future<Output = Result<Self::Output>> + Send;
}

impl<Q: Load> abreast_server::Load<Q> for Library {
    type Output = Q::Output;

    const QUERY: &'static str = Q::NAME;
    const AREA: Area = Q::AREA;
    const POLICY: Policy = Q::POLICY;

    fn key(query: &Q) -> Key {
        query.key()
    }

    fn tags(query: &Q, output: &Q::Output) -> Tags {
        query.tags(output).and(Tag::Area(Q::AREA))
    }

    async fn load(query: &Q, reader: &mut Reader) -> Result<Q::Output> {
        query.load(reader).await
    }
}
