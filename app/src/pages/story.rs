//! A story's title page: what it is, a page of its contents, and the talk about it.

use std::sync::Arc;

use domain::{Feed, ListedPart, Reportable, StoryFront, StoryId, StoryPage};
use leptos::prelude::*;
use leptos_meta::Link;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::not_found::NotFoundPage;
use crate::{
    cache::{When, apply_optimistic, likely, outcome, use_query},
    components::{
        Byline, Compose, EmptyState, FollowButton, Head, LayCount, LikeButton, LinkedData, Loaded, Page, PostList,
        ReportLink, Says, Time,
        count::counted,
        facts::Facts,
        follow_button::{Followable, lay_over_story},
        heading::Level,
        lay_posts,
        likes::{Likeable, Likes},
        mine::Mine,
        silences::Silences,
    },
    destination::{Destination, feed_of},
    places,
    site_url::address_of,
};

/// The title page at `/novels/{story}`, with `?page=` of the contents from 1.
#[component]
pub fn StoryFrontPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let story = params.with(|params| params.get_str("story")?.parse().ok())?;
        let page = query.with(|query| query.get_str("page").map_or(Ok(1), str::parse::<u32>));
        Some((story, page.ok()?.checked_sub(1)?))
    });
    move || match asked.get() {
        None => view! { <NotFoundPage /> }.into_any(),
        Some((story, page)) => view! { <TitlePage story page /> }.into_any(),
    }
}

/// What search engines and chats show of it: its author's own words, if there are any.
fn description(front: &StoryFront) -> String {
    let card = &front.card;
    match card.blurb.as_str() {
        "" => format!("{}, by {}: {}.", card.title, card.author.name, counted(front.chapters, "chapter", "chapters")),
        blurb => blurb.to_owned(),
    }
}

/// It as a book, for search engines.
fn linked_data(story: StoryId, front: &StoryFront) -> serde_json::Value {
    let card = &front.card;
    serde_json::json!({
        "@context": "https://schema.org",
        "@type": "Book",
        "name": card.title,
        "url": address_of(&Destination::Story(StoryPage::first(story)).to_string()),
        "author": { "@type": "Person", "name": card.author.name },
        "description": card.blurb,
        "genre": card.genre.label(),
        "wordCount": card.words,
        "inLanguage": card.facts.language.said(),
        "keywords": card.facts.tags.to_string(),
    })
}

#[component]
fn TitlePage(story: StoryId, page: u32) -> impl IntoView {
    let front = use_query(move || StoryPage { story, page });
    Likes::provide();
    Silences::provide();
    let mine = Mine::of(story);
    view! {
        <Page>
            <Loaded reading=front let:front>
                <Head
                    title=move || front.with(|front| front.card.title.to_string())
                    description=move || front.with(description)
                    at=Destination::Story(StoryPage { story, page }).to_string()
                    kind="book"
                />
                <Link rel="alternate" type_="application/atom+xml" title="New chapters of this story" href=feed_of(story) />
                <LinkedData about=move || front.with(|front| linked_data(story, front)) />
                <article>
                    <TitleHead story page front mine />
                    <div class="title-columns">
                        <Contents story page front mine />
                        <Talk story />
                    </div>
                </article>
            </Loaded>
        </Page>
    }
}

#[component]
fn TitleHead(story: StoryId, page: u32, front: Memo<StoryFront>, mine: Mine) -> impl IntoView {
    let language = move || front.with(|front| front.card.facts.language.said());
    let first = Memo::new(move |_| front.with(|front| front.first));
    // Of who left nothing more comes out.
    let author = front.with_untracked(|front| front.card.author.has_page().then_some(front.card.author.user));
    let followable = [Followable::Story(story)].into_iter().chain(author.map(Followable::Author));
    let read_on = outcome(move || front.with(|front| mine.read_on(front)));
    let count: LayCount = Arc::new(move |change| {
        apply_optimistic(
            &StoryPage { story, page },
            Arc::new(move |front: &mut StoryFront| front.card.likes = change(front.card.likes)),
        )
    });
    let chapters = move || counted(front.with(|front| front.chapters), "chapter", "chapters");
    let updated = Memo::new(move |_| front.with(|front| front.updated_at > front.card.published_at));
    view! {
        <header class="title-head">
            <p class="row">
                <span class="badge">{move || front.with(|front| front.card.genre.label())}</span>
                <span class="badge">{move || front.with(|front| front.card.format.label())}</span>
            </p>
            <h1 class="title-name" dir="auto" lang=language>{move || front.with(|front| front.card.title.to_string())}</h1>
            <p class="title-author">"by "<Byline of=Signal::derive(move || front.with(|front| front.card.author.clone())) /></p>
            <p class="title-blurb" dir="auto" lang=language>{move || front.with(|front| front.card.blurb.to_string())}</p>
            <Facts facts=Signal::derive(move || front.with(|front| front.card.facts.clone())) />
            <p class="title-facts">
                <span>{chapters}</span>
                <span>{move || front.with(|front| counted(front.card.words, "word", "words"))}</span>
                <span>"Published "<Time at=Signal::derive(move || front.with(|front| front.card.published_at)) says=Says::Ago /></span>
                {move || updated.get().then(|| view! {
                    <span data-testid="updated">"Updated "<Time at=Signal::derive(move || front.with(|front| front.updated_at)) says=Says::Ago /></span>
                })}
            </p>
            <div class="row">
                {move || first.get().map(|chapter| view! {
                    <a
                        class="button"
                        data-kind="primary"
                        data-size="large"
                        data-testid="read-on"
                        href=move || read_on.with(|read_on| places::read_on_at(story, chapter, read_on.as_ref()))
                        use:likely=Some(When::Seen)
                    >
                        {move || read_on.with(|read_on| places::read_on_words(read_on.as_ref()))}
                    </a>
                })}
                <LikeButton
                    thing=Likeable::Story(story)
                    what=Signal::derive(move || front.with(|front| front.card.title.to_string()))
                    likes=Signal::derive(move || front.with(|front| front.card.likes))
                    lay_count=count
                />
                {followable.map(|thing| view! {
                    <FollowButton thing follows=outcome(move || mine.follows(thing)) lay=lay_over_story(story, thing) />
                }).collect_view()}
                <ReportLink what=Reportable::Story(story) back=Destination::Story(StoryPage::first(story)).to_string() />
            </div>
        </header>
    }
}

#[component]
fn Contents(story: StoryId, page: u32, front: Memo<StoryFront>, mine: Mine) -> impl IntoView {
    let parts = Memo::new(move |_| front.with(|front| front.parts.clone()));
    let chapters = Memo::new(move |_| front.with(|front| front.chapters));
    let language = Memo::new(move |_| front.with(|front| front.card.facts.language.said()));
    let is_serial = Memo::new(move |_| front.with(domain::StoryFront::is_serial));
    let nothing = || view! { <p class="page-lead">"Not a chapter yet."</p> };
    view! {
        <section class="section contents" aria-labelledby="contents-title">
            <h2 id="contents-title">"Contents"</h2>
            <Show when=move || parts.with(|parts| parts.iter().any(|part| !part.chapters.is_empty())) fallback=nothing>
                {move || parts.get().into_iter().map(|part| view! { <Part story part language=language.get() mine is_serial=is_serial.get() /> }).collect_view()}
            </Show>
            {move || (chapters.get() > StoryPage::CHAPTERS).then(|| view! { <PagesOfContents story page chapters=chapters.get() /> })}
        </section>
    }
}

/// Links to all pages of the contents, by the chapters on them.
#[component]
fn PagesOfContents(story: StoryId, page: u32, chapters: u32) -> impl IntoView {
    let link = |to: u32| {
        let first = to * StoryPage::CHAPTERS + 1;
        let last = (first + StoryPage::CHAPTERS - 1).min(chapters);
        let href = Destination::Story(StoryPage { story, page: to }).to_string();
        view! { <a class="button" data-size="small" href=href aria-current=(to == page).then_some("page")>{format!("{first}–{last}")}</a> }
    };
    view! {
        <nav class="row" aria-label="Chapters of the contents" data-testid="contents-pages">
            {(0..chapters.div_ceil(StoryPage::CHAPTERS)).map(link).collect_view()}
        </nav>
    }
}

#[component]
fn Part(
    story: StoryId,
    part: ListedPart,
    language: Option<&'static str>,
    mine: Mine,
    /// Whether the chapters came out one after the other.
    is_serial: bool,
) -> impl IntoView {
    let chapter = move |chapter: domain::ListedChapter| {
        let id = chapter.chapter;
        let title = chapter.title.of_chapter(chapter.number);
        view! {
            <li class="contents-item" data-read=move || mine.has_read(id)>
                <a class="contents-link" data-testid="chapter-link" href=Destination::Chapter(story, chapter.chapter).to_string()>
                    <span class="contents-number">{chapter.number}</span>
                    <span class="contents-title" dir="auto">{title}</span>
                    <span class="contents-words">{counted(chapter.words, "word", "words")}</span>
                </a>
                {is_serial.then(|| view! { <p class="contents-date" lang="en"><Time at=chapter.published_at says=Says::Day /></p> })}
            </li>
        }
    };
    view! {
        {(!part.title.is_empty()).then(|| view! { <h3 class="contents-part" dir="auto" lang=language>{part.title.to_string()}</h3> })}
        <ol class="contents-list" lang=language>{part.chapters.into_iter().map(chapter).collect_view()}</ol>
    }
}

#[component]
fn Talk(story: StoryId) -> impl IntoView {
    let query = move || Feed { about: Some(story), page: 0 };
    let feed = use_query(query);
    let nothing = || view! { <EmptyState mark="talk" title="Nobody has said anything yet" text="You have just read it, so you know best." /> };
    view! {
        <section class="section stack" aria-labelledby="talk-title">
            <h2 id="talk-title">"Talk about it"</h2>
            <Compose label="What did you make of it?" about=Some(story.into()) />
            <Loaded reading=feed is_part=true let:page>
                <Show when=move || page.with(|page| !page.posts.is_empty()) fallback=nothing>
                    <PostList posts=Signal::derive(move || page.with(|page| page.posts.clone())) lay_post=lay_posts(query) level=Level::Three />
                </Show>
                {move || page.with(|page| page.more).then(|| view! {
                    <nav class="row" aria-label="More talk"><a class="button" href=Destination::Community(Feed { about: Some(story), page: 1 }).to_string()>"Older posts"</a></nav>
                })}
            </Loaded>
        </section>
    }
}
