//! The document around every page, and which page is at which path.

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::home::Home;

/// The whole document, as the server sends it.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <AutoReload options=options.clone() />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Everything inside the document's body.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // Effects run in the browser only, once the page has been hydrated: tests wait for this mark.
    Effect::new(|| {
        if let Some(body) = document().body() {
            body.dataset().set("hydrated", "").ok();
        }
    });
    view! {
        <Title text="Quire" />
        <Router>
            <main>
                <FlatRoutes fallback=|| view! { <h1>"There is no such page"</h1> }>
                    <Route path=path!("/") view=Home />
                </FlatRoutes>
            </main>
        </Router>
    }
}
