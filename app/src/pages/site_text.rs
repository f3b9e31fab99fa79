//! What the place says of itself, and what it asks of people: texts that its managers write.

use domain::{Site, SitePage, SiteSettings};
use leptos::prelude::*;

use crate::{
    cache::use_query,
    components::{EmptyState, Head, Loaded, Page, ProseView},
};

/// The page at `/about`.
#[component]
pub fn AboutPage() -> impl IntoView {
    view! { <SiteTextPage title="About this place" at="/about" page=|site| &site.about empty="Its managers have not written yet what this place is." /> }
}

/// The page at `/rules`.
#[component]
pub fn RulesPage() -> impl IntoView {
    view! { <SiteTextPage title="Rules" at="/rules" page=|site| &site.rules empty="Its managers have not written rules yet. Be kind to each other, and publish only what is yours." /> }
}

#[component]
fn SiteTextPage(
    title: &'static str,
    at: &'static str,
    page: fn(&SiteSettings) -> &SitePage,
    empty: &'static str,
) -> impl IntoView {
    let site = use_query(|| Site {});
    view! {
        <Page class="page page-narrow stack">
            <Head title=title at=at description=move || format!("{title}: Quire, a place to write, read and talk about stories.") />
            <h1>{title}</h1>
            <Loaded reading=site let:site>
                <Show
                    when=move || site.with(|site| !page(site).shown.is_empty())
                    fallback=move || view! { <EmptyState title="Nothing here yet" mark="quire" text=empty /> }
                >
                    <div class="site-text"><ProseView scenes=Memo::new(move |_| site.with(|site| page(site).shown.clone())) /></div>
                </Show>
            </Loaded>
        </Page>
    }
}
