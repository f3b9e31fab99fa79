//! What readers choose a story by, on its card and on its page.

use domain::{Rating, Search, SearchFor, Status, StoryFacts, Warning};
use leptos::prelude::*;

use crate::destination::Destination;

/// The short ones, for a card: only what is not usual.
pub fn short(facts: &StoryFacts) -> AnyView {
    let status = match facts.status {
        Status::Ongoing => None,
        told @ (Status::Complete | Status::Hiatus) => Some(told.label()),
    };
    let rating = match facts.rating {
        Rating::General => None,
        told @ (Rating::Teen | Rating::Mature) => Some(told.label()),
    };
    let language = facts.language.said().map(|_| facts.language.label());
    let fact = |(name, label): (&'static str, &'static str)| {
        view! { <span class="story-card-fact"><span class="visually-hidden">{name}": "</span><bdi>{label}</bdi></span> }
    };
    let told = [("Status", status), ("Rating", rating), ("Language", language)];
    told.into_iter().filter_map(|(name, label)| Some(fact((name, label?)))).collect_view().into_any()
}

/// All of them, for a story's page.
#[component]
pub fn Facts(
    /// The story's.
    #[prop(into)]
    facts: Signal<StoryFacts>,
) -> impl IntoView {
    move || {
        facts.with(|facts| {
            let language = facts.language.said().map(|tag| (tag, facts.language.label()));
            let warnings: Vec<_> = facts.warnings.iter().map(Warning::label).collect();
            let tags: Vec<_> = facts.tags.iter().map(|tag| {
                let to = Destination::Search(Search::first(SearchFor::tagged(tag))).to_string();
                view! { <li><a class="byline" href=to><bdi>{tag.to_string()}</bdi></a></li> }
            }).collect();
            view! {
                <dl class="facts" data-testid="facts">
                    <div><dt>"Status"</dt><dd>{facts.status.label()}</dd></div>
                    <div><dt>"Rating"</dt><dd>{facts.rating.label()}</dd></div>
                    {language.map(|(tag, label)| view! { <div><dt>"Language"</dt><dd lang=tag><bdi>{label}</bdi></dd></div> })}
                    {(!warnings.is_empty()).then(|| view! { <div><dt>"Content warnings"</dt><dd>{warnings.join(", ")}</dd></div> })}
                    {(!tags.is_empty()).then(|| view! { <div><dt>"Tags"</dt><dd><ul class="facts-tags">{tags}</ul></dd></div> })}
                </dl>
            }
        })
    }
}
