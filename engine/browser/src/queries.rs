//! The server functions that come from an app's list of queries.

/// Server functions that answer queries: a function's name, its address below `/api/`, and the query that it answers,
/// with its arguments; those marked `#[server(default)]` may be left out. The query's [`Fetch`](crate::Fetch) calls it,
/// and on the server `visit` finds the query by its key, for [`Serve::visit`](crate::ssr::Serve::visit).
///
/// ```ignore
/// abreast_browser::queries! { for Pages;
///     /// The front page.
///     fetch_home "fetch_home" Home {};
/// }
/// ```
#[macro_export]
macro_rules! queries {
    (for $app:ty; $(
        $(#[$doc:meta])* $function:ident $address:literal $query:ident { $($(#[$on:meta])* $argument:ident: $type:ty),* };
    )*) => {
        $(
            $(#[$doc])*
            #[leptos::prelude::server(
                endpoint = $address,
                input = leptos::server_fn::codec::GetUrl,
                output = $crate::JsonCodec
            )]
            pub async fn $function(
                $($(#[$on])* $argument: $type),*
            ) -> Result<$crate::AnswerTo<$app, $query>, <$app as $crate::App>::Failure> {
                $crate::ssr::read::<$app, _>($query { $($argument),* }).await
            }

            impl $crate::Fetch<$app> for $query {
                const ENDPOINT: &'static str = $address;

                #[cfg(feature = "ssr")]
                async fn answer(self) -> Result<$crate::AnswerTo<$app, Self>, <$app as $crate::App>::Failure> {
                    $function($(self.$argument),*).await
                }
            }
        )*

        #[cfg(feature = "ssr")]
        pub(crate) async fn visit<V: $crate::ssr::Visit<$app>>(
            key: &$crate::ssr::AskedKey<'_, $app>,
            visitor: &V,
        ) -> Option<Result<V::Output, <$app as $crate::App>::Failure>> {
            $(
                if let Some(query) = key.parse::<$query>() {
                    return Some(match query {
                        Ok(query) => Ok(visitor.visit(&query).await),
                        Err(failure) => Err(failure),
                    });
                }
            )*
            None
        }
    };
}
