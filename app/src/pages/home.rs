//! The front page: what Quire is, and what is new.

use domain::Home;
use leptos::prelude::*;

use crate::{
    cache::use_query,
    components::{Head, Loaded, Page},
};

/// The front page.
#[component]
pub fn HomePage() -> impl IntoView {
    let front = use_query(|| Home {});
    view! {
        <Page>
            <Head title="" description="Write, read and talk about stories." />
            <Loaded reading=front let:front>
                <h1>{move || front.with(|front| front.stories.len())}</h1>
            </Loaded>
        </Page>
    }
}
