//! Search: a form, and the stories that are found. The form is a plain one: Enter sends it, with a script or without.

use domain::{
    Cursor, Format, Genre, Language, Length, NotASearch, Rating, Search, SearchFor, SearchText, SortOrder, Status,
    StoryId, TagName, Warning,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    cache::use_query_if,
    components::{EmptyState, Head, Icon, Loaded, Page, StoryList, heading::Level, kinds},
    destination::Destination,
};

/// What the address asks for, or why that can't be.
type Asked = Result<Search, String>;

/// The page at `/search`.
#[component]
pub fn SearchPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| asked(query.to_query_string().trim_start_matches('?'))));
    let found = use_query_if(move || asked.get().ok());
    // What was typed stands in the form also where it is refused.
    let typed = Memo::new(move |_| query.with(|query| query.get_str("q").unwrap_or_default().to_owned()));
    let more = move |after: Cursor<StoryId>| {
        let wanted = asked.get().map(|search| search.wanted).unwrap_or_default();
        Destination::Search(Search { after: Some(after), wanted }).to_string()
    };
    let nothing = || view! { <EmptyState title="Nothing found" text="Fewer words or fewer filters find more." /> };
    view! {
        <Page>
            <Head title="Search" description="Search the stories on Quire by title, author, tag, and what they are about." />
            <header class="page-head"><div><h1>"Search"</h1></div></header>
            {move || view! { <SearchForm typed=typed.get() wanted=asked.get().map(|search| search.wanted).unwrap_or_default() /> }}
            {move || asked.get().err().map(|why| view! { <p class="notice" data-kind="warn" role="alert" data-testid="search-refused">{why}</p> })}
            <Show when=move || asked.with(Result::is_ok)>
                <section class="section" aria-labelledby="found-title">
                    <h2 id="found-title" class="visually-hidden">"Stories"</h2>
                    <Loaded reading=found let:found>
                        <Show when=move || found.with(|found| !found.stories.is_empty()) fallback=nothing>
                            <StoryList stories=Signal::derive(move || found.with(|found| found.stories.clone())) level=Level::Three />
                        </Show>
                        <nav class="row" aria-label="Pages">
                            {move || found.with(|found| found.after).map(|after| view! { <a class="button" href=more(after) rel="next" data-testid="more">"More stories"</a> })}
                        </nav>
                    </Loaded>
                </section>
            </Show>
        </Page>
    }
}

fn asked(query: &str) -> Asked {
    let after = query.split('&').find_map(|pair| pair.strip_prefix("after=")).filter(|after| !after.is_empty());
    let after = after.map(str::parse).transpose().map_err(|error: domain::NotACursor| error.to_string())?;
    let wanted = query.parse().map_err(|error: NotASearch| error.to_string())?;
    Ok(Search { after, wanted })
}

#[component]
fn SearchForm(typed: String, wanted: SearchFor) -> impl IntoView {
    let SearchFor { genre, format, status, length, rating, language, tag, without, sort, .. } = wanted;
    let is_narrow = genre.is_some()
        || format.is_some()
        || status.is_some()
        || length.is_some()
        || rating.is_some()
        || language.is_some()
        || tag.is_some()
        || !without.is_empty();
    let warning = |&warning: &Warning| {
        view! {
            <label class="check">
                <input type="checkbox" name="without" value=warning.slug() checked=without.has(warning) />
                {warning.label()}
            </label>
        }
    };
    let any = |all: Vec<(&'static str, &'static str)>| [("", "Any")].into_iter().chain(all).collect::<Vec<_>>();
    let languages = any(kinds(&Language::ALL[1..], Language::slug, Language::label));
    view! {
        // A search is a page of its own, which is loaded like any other: `GET`, and no script.
        <form class="search-form" action="/search" method="get" role="search" data-testid="search-form">
            <div class="search-line">
                <label class="visually-hidden" r#for="search-text">"Words of a title, an author, a tag or a blurb"</label>
                <input
                    class="field-input"
                    id="search-text"
                    name="q"
                    r#type="search"
                    value=typed
                    maxlength=SearchText::MAX_CHARACTERS
                    placeholder="A title, an author, a tag"
                    dir="auto"
                />
                <button class="button" data-kind="primary"><Icon name="search" />"Search"</button>
            </div>
            <details class="disclosure search-more" open=is_narrow>
                <summary>"Filters"</summary>
                <div class="search-fields">
                    <Select id="search-genre" name="genre" label="Genre" options=any(kinds(Genre::ALL, Genre::slug, Genre::label)) chosen=genre.map(Genre::slug) />
                    <Select id="search-format" name="format" label="Format" options=any(kinds(Format::ALL, Format::slug, Format::label)) chosen=format.map(Format::slug) />
                    <Select id="search-status" name="status" label="Status" options=any(kinds(Status::ALL, Status::slug, Status::label)) chosen=status.map(Status::slug) />
                    <Select id="search-length" name="length" label="Length" options=any(kinds(Length::ALL, Length::slug, Length::label)) chosen=length.map(Length::slug) />
                    <Select id="search-rating" name="rating" label="Rating" options=any(kinds(Rating::ALL, Rating::slug, Rating::label)) chosen=rating.map(Rating::slug) />
                    <Select id="search-language" name="language" label="Language" options=languages chosen=language.map(Language::slug) />
                    <div class="field">
                        <label class="field-label" r#for="search-tag">"Tag"</label>
                        <input class="field-input" id="search-tag" name="tag" dir="auto" maxlength=TagName::MAX_CHARACTERS value=tag.map(|tag| tag.to_string()) />
                    </div>
                </div>
                <fieldset class="field checks">
                    <legend class="field-label">"Without"</legend>
                    {Warning::ALL.iter().map(warning).collect_view()}
                </fieldset>
            </details>
            <Select id="search-sort" name="sort" label="Order" options=kinds(SortOrder::ALL, SortOrder::slug, SortOrder::label) chosen=Some(sort.unwrap_or(SortOrder::Relevance).slug()) />
        </form>
    }
}

/// A select of a plain form, with a choice made.
#[component]
fn Select(
    id: &'static str,
    name: &'static str,
    label: &'static str,
    options: Vec<(&'static str, &'static str)>,
    chosen: Option<&'static str>,
) -> impl IntoView {
    let option = move |(slug, label): (&'static str, &'static str)| {
        view! { <option value=slug selected=Some(slug) == chosen>{label}</option> }
    };
    view! {
        <div class="field">
            <label class="field-label" r#for=id>{label}</label>
            <select class="field-input" id=id name=name>{options.into_iter().map(option).collect_view()}</select>
        </div>
    }
}
