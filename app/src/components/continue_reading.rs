//! Reading on: the stories that the one who looks is in the midst of.

use domain::{BegunStory, Bookmarks, ReadOn, StoryFront, StoryPage, Title, UserId};
use leptos::prelude::*;

use super::{byline::byline, mine};
use crate::{
    bookmarks, boot,
    cache::{use_query, use_query_if},
    places,
};

/// How many stories are shown at most.
const SHOWN: usize = 3;

/// A member's as the library knows them; a visitor's as this browser does, once a script runs.
#[component]
pub fn ContinueReading() -> impl IntoView {
    match boot::viewer() {
        Some(viewer) => view! { <OfMember viewer=viewer.user /> }.into_any(),
        None => view! { <OfVisitor /> }.into_any(),
    }
}

#[component]
fn OfMember(viewer: UserId) -> impl IntoView {
    let begun = use_query(move || Bookmarks { reader: viewer });
    view! { <Transition>{move || places::begun(&begun.get().and_then(Result::ok).unwrap_or_default())}</Transition> }
}

/// The last story alone, as it is now: this browser knows only where its reader was.
#[component]
fn OfVisitor() -> impl IntoView {
    let here = RwSignal::new(None);
    Effect::new(move || here.set(bookmarks::last(None)));
    let front = use_query_if(move || here.with(|here| here.as_ref().map(|here| StoryPage::first(here.story))));
    let begun = move || {
        let (here, front) = (here.get()?, front.get()?.ok()?);
        let read_on = mine::read_on(&here, &front);
        let StoryFront { card, .. } = front;
        Some(BegunStory { story: card.story, title: card.title, author: card.author, read_on })
    };
    view! { <Transition>{move || continued(begun().as_slice())}</Transition> }
}

/// Those of the stories in which there is more to read.
pub fn continued(begun: &[BegunStory]) -> AnyView {
    let more = begun.iter().filter_map(|story| Some((story, story.read_on.as_ref()?)));
    let cards: Vec<_> = more.take(SHOWN).map(|(story, read_on)| card(story, read_on)).collect();
    if cards.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="section" aria-labelledby="continue-title" data-testid="continue">
            <div class="section-head"><h2 id="continue-title">"Continue reading"</h2></div>
            <ul class="continue-list">{cards}</ul>
        </section>
    }
    .into_any()
}

fn card(story: &BegunStory, read_on: &ReadOn) -> AnyView {
    let BegunStory { story, title, author, .. } = story;
    let (title, author) = (Title::to_string(title), byline(author));
    view! {
        <li class="continue-card">
            <h3 class="continue-title" dir="auto">{title}</h3>
            <p class="continue-author">"by "{author}</p>
            <a class="continue-link" data-testid="continue-link" href=mine::address(*story, read_on.to.chapter, Some(read_on))>
                {mine::words(Some(read_on))}
            </a>
        </li>
    }
    .into_any()
}
