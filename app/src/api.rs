//! Server functions: who is it, one store call, its envelope. `docs/api.md` says what each takes and answers.
#![expect(missing_docs, reason = "`#[server]` makes a public field of every argument, whose name says what it is")]
#![cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "a server function is async, whether or not it waits")
)]

/// Server functions that answer queries: a function's name, its address below `/api/`, and the query
/// that it answers, with its arguments; those marked `#[server(default)]` may be left out. The
/// query's own [`Fetch`](crate::cache::Fetch) calls it, and `visit` finds it by its key for
/// [`question`](crate::question).
macro_rules! fetches {
    ($($(#[$doc:meta])* $function:ident $address:literal $query:ident { $($(#[$on:meta])* $argument:ident: $type:ty),* };)*) => {$(
        $(#[$doc])*
        #[leptos::prelude::server(endpoint = $address, input = server_fn::codec::GetUrl, output = abreast_browser::JsonCodec)]
        pub async fn $function(
            $($(#[$on])* $argument: $type),*
        ) -> Result<domain::Answer<<$query as domain::Query>::Output>, crate::AppError> {
            crate::respond::read($query { $($argument),* }).await
        }

        impl abreast_browser::Fetch<crate::cache::Pages> for $query {
            async fn fetch(self) -> Result<domain::Answer<Self::Output>, crate::AppError> {
                $function($(self.$argument),*).await
            }
        }
    )*

        #[cfg(feature = "ssr")]
        pub(crate) async fn visit<V: crate::question::Visit>(
            question: &crate::question::Question<'_>,
            visitor: &V,
        ) -> Option<Result<V::Output, crate::AppError>> {
            $(if let Some(query) = question.parse::<$query>() {
                return Some(match query {
                    Ok(query) => Ok(visitor.visit(&query).await),
                    Err(error) => Err(error),
                });
            })*
            None
        }
    };
}

pub mod accounts;
pub mod caches;
pub mod community;
pub mod import;
pub mod reading;
pub mod studio;
pub mod theme;
