//! A story in a list.

use domain::{StoryCard as Card, StoryPage};
use leptos::prelude::*;

use super::{
    Byline, Each, Icon,
    count::counted,
    facts,
    heading::{Heading, Level},
};
use crate::{
    cache::{When, likely},
    destination::Destination,
};

/// Of how many stories in a list it is likely that they are opened.
const LIKELY: usize = 3;

/// Stories, each with a link to its title page.
#[component]
pub fn StoryList(#[prop(into)] stories: Signal<Vec<Card>>, level: Level) -> impl IntoView {
    let is_likely =
        move |story| stories.with_untracked(|stories| stories.iter().take(LIKELY).any(|card| card.story == story));
    view! {
        <ul class="story-list">
            <Each items=stories key=|card: &Card| card.story let:card>
                <li><StoryCard card level likely=is_likely(card.with_untracked(|card| card.story)) /></li>
            </Each>
        </ul>
    }
}

#[component]
fn StoryCard(card: Memo<Card>, level: Level, #[prop(name = "likely")] is_likely: bool) -> impl IntoView {
    let story = card.with_untracked(|card| card.story);
    let id = story.to_string();
    let link = Destination::Story(StoryPage::first(story)).to_string();
    let blurb = move || card.with(|card| card.blurb.to_string());
    view! {
        <article class="story-card" data-testid="story-card" data-story-id=id>
            <div class="story-card-head">
                <Heading level class="story-card-title">
                    <a class="story-card-link" data-testid="story-link" dir="auto" lang=move || card.with(|card| card.facts.language.said()) href=link use:likely=is_likely.then_some(When::Seen)>{move || card.with(|card| card.title.to_string())}</a>
                </Heading>
                <span class="badge">{move || card.with(|card| card.genre.label())}</span>
            </div>
            <p class="story-card-author">"by "<Byline of=Signal::derive(move || card.with(|card| card.author.clone())) /></p>
            <p class="story-card-blurb" dir="auto" lang=move || card.with(|card| card.facts.language.said())>{blurb}</p>
            <p class="story-card-facts">
                <span class="story-card-fact"><Icon name="words" />{move || card.with(|card| counted(card.words, "word", "words"))}</span>
                <span class="story-card-fact"><Icon name="heart" />{move || card.with(|card| counted(card.likes, "like", "likes"))}</span>
                {move || card.with(|card| facts::short(&card.facts))}
            </p>
        </article>
    }
}
