//! One of one's own stories, as a card that opens it.

use domain::OwnStory;
use leptos::prelude::*;

use crate::components::{Icon, Says, Time, count::counted};

/// A card; the whole of it leads to the editor.
#[component]
pub fn OwnCard(story: Memo<OwnStory>) -> impl IntoView {
    let id = story.with_untracked(|story| story.story).to_string();
    let href = format!("/studio/edit/story/{id}");
    let published = Memo::new(move |_| story.with(|story| story.published));
    let state = move || if published.get() { "published" } else { "draft" };
    view! {
        <li>
            <article class="story-card" data-testid="story-card" data-story-id=id data-state=state>
                <div class="story-card-head">
                    <h3 class="story-card-title">
                        <a class="story-card-link" href=href>{move || story.with(|story| story.title.to_string())}</a>
                    </h3>
                    <span class="badge" data-state=state>{move || if published.get() { "Published" } else { "Draft" }}</span>
                </div>
                <p class="story-card-blurb">{move || story.with(|story| story.blurb.to_string())}</p>
                <p class="story-card-facts">
                    <span class="story-card-fact">
                        <Icon name="words" />{move || story.with(|story| counted(story.words, "word", "words"))}
                    </span>
                    <span class="story-card-fact">
                        "Last touched "<Time at=Signal::derive(move || story.with(|story| story.updated_at)) says=Says::Ago />
                    </span>
                </p>
            </article>
        </li>
    }
}
