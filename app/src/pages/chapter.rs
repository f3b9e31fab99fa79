//! A chapter, to be read.

mod end;

use domain::{ChapterId, ChapterText, Neighbour, ReadingPage, StoryId, StoryPage};
use leptos::{ev, prelude::*};
use leptos_meta::Link;
use leptos_router::hooks::{use_navigate, use_params_map};

use self::end::{Deeds, Talk};
use super::not_found::NotFoundPage;
use crate::{
    cache::{Browser, Confirming, When, likely, use_query},
    components::{Byline, Head, LinkedData, Loaded, Page, ProseView, Says, Time, keep_place},
    destination::{Destination, feed_of},
    site_url::address_of,
};

/// The chapter at `/novels/{story}/{chapter}`.
#[component]
pub fn ChapterPage() -> impl IntoView {
    let params = use_params_map();
    let place = Memo::new(move |_| {
        params.with(|params| Some((params.get_str("story")?.parse().ok()?, params.get_str("chapter")?.parse().ok()?)))
    });
    let known = Memo::new(move |_| place.get().is_some());
    move || {
        if known.get() { view! { <Reading place /> }.into_any() } else { view! { <NotFoundPage /> }.into_any() }
    }
}

/// One page for all chapters: while the next is fetched, the last one stays in view.
#[component]
fn Reading(place: Memo<Option<(StoryId, ChapterId)>>) -> impl IntoView {
    let first = place.get_untracked().unwrap_or((StoryId::from_bits(0), ChapterId::from_bits(0)));
    let place = Memo::new(move |last: Option<&(StoryId, ChapterId)>| place.get().unwrap_or(*last.unwrap_or(&first)));
    let page = use_query(move || {
        let (story, chapter) = place.get();
        ReadingPage { story, chapter }
    });
    view! {
        <Page class="page reading">
            <Loaded reading=page let:text>
                <Chapter at=page.answered().map_or(first, |(question, _)| (question.story, question.chapter)) text />
            </Loaded>
        </Page>
    }
}

#[component]
fn Chapter(at: (StoryId, ChapterId), text: Memo<ChapterText>) -> impl IntoView {
    let (story, chapter) = at;
    let name = move || text.with(name_of);
    let previous = Memo::new(move |_| text.with(|text| text.previous.clone()));
    let next = Memo::new(move |_| text.with(|text| text.next.clone()));
    let scenes = Memo::new(move |_| text.with(|text| text.scenes.clone()));
    let own_address = Destination::Chapter(story, chapter).to_string();
    turn_with_arrows(story, previous, next);
    stay_confirmed();
    let is_nearest = keep_place(story, chapter, text.with_untracked(|text| text.number));
    view! {
        <Head
            title=move || text.with(|text| format!("{} · {}", name_of(text), text.story_title))
            description=move || text.with(|text| format!("{} of {}, by {}.", name_of(text), text.story_title, text.author.name))
            at=own_address.clone()
            kind="article"
        />
        <Link rel="alternate" type_="application/atom+xml" title="New chapters of this story" href=feed_of(story) />
        <LinkedData about=move || text.with(|text| linked_data(story, &own_address, text)) />
        {move || previous.get().map(|to| view! { <Link rel="prev" href=address(story, &to) /> })}
        {move || next.get().map(|to| view! { <Link rel="next" href=address(story, &to) /> })}
        <nav class="breadcrumb" aria-label="Breadcrumb">
            <ol class="breadcrumb-list">
                <li class="breadcrumb-item">
                    <a class="breadcrumb-link" href=move || text.with(|text| catalogue_of(text).0)>{move || text.with(|text| catalogue_of(text).1)}</a>
                </li>
                <li class="breadcrumb-item">
                    <a class="breadcrumb-link" href=Destination::Story(StoryPage::first(story)).to_string()><bdi>{move || text.with(|text| text.story_title.to_string())}</bdi></a>
                </li>
                <li class="breadcrumb-item" aria-current="page">{move || text.with(|text| format!("Chapter {}", text.number))}</li>
            </ol>
        </nav>
        {move || is_nearest.get().then(|| view! {
            <div class="notice" data-kind="info" role="status" data-testid="nearest">
                <p class="notice-text">"The chapter where you stopped is gone. This is the one nearest to it."</p>
            </div>
        })}
        <article class="chapter" data-testid="chapter" lang=move || text.with(|text| text.language.said())>
            <header class="chapter-head">
                {move || text.with(|text| (!text.part_title.is_empty()).then(|| view! { <p class="chapter-head-part" dir="auto">{text.part_title.to_string()}</p> }))}
                <p class="chapter-head-author">"by "<Byline of=Signal::derive(move || text.with(|text| text.author.clone())) /></p>
                <p class="chapter-head-date">"Published "<Time at=Signal::derive(move || text.with(|text| text.published_at)) says=Says::Ago /></p>
                <p class="chapter-head-number">{move || text.with(|text| format!("{} of {}", text.number, text.of))}</p>
                <h1 class="chapter-head-title" dir="auto">{name}</h1>
                <div class="chapter-head-ornament"></div>
            </header>
            <ProseView scenes />
        </article>
        <div class="reading-end"></div>
        <footer class="reading-foot">
            <div class="progress">
                <progress
                    class="progress-bar"
                    max=move || text.with(|text| text.of.to_string())
                    value=move || text.with(|text| text.number.to_string())
                    aria-label="How far into the story"
                ></progress>
                <span>{move || text.with(|text| format!("Chapter {} of {}", text.number, text.of))}</span>
            </div>
            <nav class="chapter-nav" aria-label="Chapters">
                {move || previous.get().map(|to| view! { <Turn story to rel="prev" way="Previous" /> })}
                <a class="chapter-nav-link chapter-nav-contents" href=Destination::Story(StoryPage::first(story)).to_string()>"Contents"</a>
                {move || next.get().map(|to| view! { <Turn story to rel="next" way="Next" /> })}
            </nav>
            <Deeds story chapter text />
        </footer>
        <Talk story chapter />
    }
}

/// What is held can be shown without a network, too, as long as this chapter is on screen: it, and the next.
fn stay_confirmed() {
    let browser = Browser::current();
    // In the browser only.
    Effect::new(move |_: Option<Confirming>| browser.stay_confirmed());
}

/// It as a part of a book, for search engines.
fn linked_data(story: StoryId, path: &str, text: &ChapterText) -> serde_json::Value {
    serde_json::json!({
        "@context": "https://schema.org",
        "@type": "Chapter",
        "name": name_of(text),
        "position": text.number,
        "datePublished": domain::date::iso8601(text.published_at),
        "url": address_of(path),
        "author": { "@type": "Person", "name": text.author.name },
        "isPartOf": {
            "@type": "Book",
            "name": text.story_title,
            "url": address_of(&Destination::Story(StoryPage::first(story)).to_string()),
        },
    })
}

#[component]
fn Turn(story: StoryId, to: Neighbour, rel: &'static str, way: &'static str) -> impl IntoView {
    let title = to.title.of_chapter(to.number);
    view! {
        <a
            class="chapter-nav-link"
            rel=rel
            href=address(story, &to)
            data-testid=format!("{rel}-chapter")
            // Who reads a chapter mostly goes on to the next.
            use:likely=(rel == "next").then_some(When::Shown)
        >
            <span class="chapter-nav-way">{way}</span>
            <span class="chapter-nav-title" dir="auto">{title}</span>
        </a>
    }
}

/// ← and → turn the page, unless they mean something else.
fn turn_with_arrows(story: StoryId, previous: Memo<Option<Neighbour>>, next: Memo<Option<Neighbour>>) {
    Effect::new(move || {
        let navigate = use_navigate();
        let keys = window_event_listener(ev::keydown, move |event| {
            let to = match event.key().as_str() {
                "ArrowLeft" => previous.get_untracked(),
                "ArrowRight" => next.get_untracked(),
                _ => None,
            };
            if let Some(to) = to.filter(|_| is_for_page(&event)) {
                navigate(&address(story, &to), leptos_router::NavigateOptions::default());
            }
        });
        on_cleanup(move || keys.remove());
    });
}

/// Whether a key is for the page: not together with others, not while a person writes, chooses from a menu, has text
/// selected, or moves about in a page that is zoomed.
fn is_for_page(event: &ev::KeyboardEvent) -> bool {
    let with_others = event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key();
    let at_field = document()
        .active_element()
        .is_some_and(|focus| ["INPUT", "TEXTAREA", "SELECT"].contains(&focus.tag_name().as_str()));
    let is_open = document().query_selector(":popover-open, dialog[open]").is_ok_and(|open| open.is_some());
    let selects = window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
    let is_zoomed = window().visual_viewport().is_some_and(|viewport| viewport.scale() > 1.0);
    !(with_others || at_field || is_open || selects || is_zoomed || event.default_prevented())
}

fn address(story: StoryId, to: &Neighbour) -> String {
    Destination::Chapter(story, to.chapter).to_string()
}

/// A chapter's title, or its number.
fn name_of(text: &ChapterText) -> String {
    text.title.of_chapter(text.number)
}

const fn catalogue_of(text: &ChapterText) -> (&'static str, &'static str) {
    match text.format {
        domain::Format::Novel => ("/novels", "Novels"),
        domain::Format::Comic => ("/comics", "Comics"),
    }
}
