//! How a query reaches the server.

use abreast_core::Query;

use crate::{App, nouns};

/// A query that the server answers. The list in [`crate::queries`] implements it.
pub trait Fetch<A: App>: Query<Nouns = A::Nouns> {
    /// The last part of its server function's address, after [`App::FUNCTIONS`].
    const ENDPOINT: &'static str;

    /// Answers it, on the server: its server function.
    #[cfg(feature = "ssr")]
    fn answer(self) -> impl Future<Output = Result<nouns::Answer<Self::Output, A>, A::Failure>> + Send;

    /// Asks the server, past this tab's tiers; on the server itself, the tiers there.
    fn fetch(self) -> impl Future<Output = Result<nouns::Answer<Self::Output, A>, A::Failure>> + Send {
        #[cfg(feature = "ssr")]
        {
            self.answer()
        }
        #[cfg(not(feature = "ssr"))]
        async move {
            use crate::{AnyQuery, Failure as _, host::Window};
            let abreast_core::Answer { entry, stale, keep } = AnyQuery::<A>::of(&self).fetch(&Window).await?;
            let value = serde_json::from_str(entry.value.get());
            let value = value.map_err(|error| A::Failure::unreadable(&error.to_string()))?;
            Ok(abreast_core::Answer { entry: entry.map(|_| value), stale, keep })
        }
    }
}
