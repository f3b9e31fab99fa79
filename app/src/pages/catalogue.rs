//! A catalogue: a page of the published novels or comics, all or of one genre.

use domain::{CataloguePage, Format, Genre};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::not_found::NotFoundPage;
use crate::{
    bundle::rel,
    cache::use_query,
    components::{EmptyState, Head, Loaded, Page, StoryList, heading::Level},
    destination::Destination,
};

/// The novels.
#[component]
pub fn NovelsPage() -> impl IntoView {
    view! { <Catalogue format=Format::Novel path="/novels" name="Novels" lead="Everything published, newest first." /> }
}

/// The comics.
#[component]
pub fn ComicsPage() -> impl IntoView {
    view! { <Catalogue format=Format::Comic path="/comics" name="Comics" lead="Told in pictures and words." /> }
}

#[component]
fn Catalogue(format: Format, path: &'static str, name: &'static str, lead: &'static str) -> impl IntoView {
    let query = use_query_map();
    // `None` where the address names a genre that there isn't.
    let genre = Memo::new(move |_| match query.with(|query| query.get("genre")) {
        None => Some(None),
        Some(slug) => slug.parse::<Genre>().ok().map(Some),
    });
    // Counted from 1 in the address; `None` where there is no such page.
    let page = Memo::new(move |_| {
        let page = query.with(|query| query.get_str("page").map_or(Ok(1), str::parse::<u32>));
        page.ok()?.checked_sub(1)
    });
    let known = Memo::new(move |_| genre.get().is_some() && page.get().is_some());
    move || {
        if known.get() {
            let genre = Memo::new(move |_| genre.get().flatten());
            let page = Memo::new(move |_| page.get().unwrap_or_default());
            view! { <CatalogueOf format path name lead genre page /> }.into_any()
        } else {
            view! { <NotFoundPage /> }.into_any()
        }
    }
}

/// One for all genres and pages: while the next is fetched, the last one stays in view.
#[component]
fn CatalogueOf(
    format: Format,
    path: &'static str,
    name: &'static str,
    lead: &'static str,
    genre: Memo<Option<Genre>>,
    page: Memo<u32>,
) -> impl IntoView {
    let catalogue = use_query(move || CataloguePage { format, genre: genre.get(), page: page.get() });
    let address =
        move |page: u32| Destination::Catalogue(CataloguePage { format, genre: genre.get(), page }).to_string();
    let title = move || genre.get().map_or_else(|| name.to_owned(), |genre| format!("{}: {name}", genre.label()));
    let nothing = move || {
        let kind = genre.get().map_or_else(String::new, |genre| format!("{} ", genre.label().to_lowercase()));
        view! {
            <EmptyState
                title=format!("No {kind}{} here yet", name.to_lowercase())
                text="Nobody has published one of this kind. Yours could be the first."
            >
                <a class="button" data-kind="primary" href="/studio" rel=rel("/studio")>
                    "Start one in the studio"
                </a>
            </EmptyState>
        }
    };
    view! {
        <Page>
            <Head title=title description=format!("{name} published on Quire. {lead}") at=move || address(page.get()) />
            <header class="page-head"><div><h1>{name}</h1><p class="page-lead">{lead}</p></div></header>
            <GenreNav path genre />
            <section class="section" aria-label="Stories">
                <Loaded reading=catalogue let:listed>
                    <Show when=move || listed.with(|listed| !listed.stories.is_empty()) fallback=nothing>
                        <StoryList stories=Signal::derive(move || listed.with(|listed| listed.stories.clone())) level=Level::Two />
                    </Show>
                    <nav class="row" aria-label="Pages">
                        {move || page.get().checked_sub(1).map(|page| view! { <a class="button" href=address(page) rel="prev">"Newer stories"</a> })}
                        {move || listed.with(|listed| listed.more).then(|| view! { <a class="button" href=address(page.get() + 1) rel="next">"Older stories"</a> })}
                    </nav>
                </Loaded>
            </section>
        </Page>
    }
}

#[component]
fn GenreNav(path: &'static str, genre: Memo<Option<Genre>>) -> impl IntoView {
    let link = move |of: Option<Genre>| {
        let href = of.map_or_else(|| path.to_owned(), |of| format!("{path}?genre={of}"));
        let label = of.map_or("All", Genre::label);
        view! { <li><a class="genre-nav-link" href=href aria-current=move || (of == genre.get()).then_some("page")>{label}</a></li> }
    };
    view! {
        <nav class="genre-nav" aria-label="Genres">
            <ul class="genre-nav-list">
                {link(None)}
                {Genre::ALL.iter().map(|&genre| link(Some(genre))).collect_view()}
            </ul>
        </nav>
    }
}
