//! The chapters that this device has, where a page can't be opened without a network.

use domain::{ChapterText, ReadingPage};
use leptos::prelude::*;

use crate::{cache::Browser, destination::Destination};

/// Lists them, story by story; nothing if there are none.
#[component]
pub fn ChaptersHere() -> impl IntoView {
    let mut chapters = Browser::current().held::<ReadingPage>();
    chapters.sort_by_key(|(page, text)| (text.story_title.to_string(), page.story, text.number));
    let link = |(page, text): (ReadingPage, ChapterText)| {
        let title = text.title.of_chapter(text.number);
        let address = Destination::Chapter(page.story, page.chapter).to_string();
        view! {
            <li>
                <a href=address data-testid="kept-chapter"><bdi>{text.story_title.to_string()}</bdi>": "<bdi>{title}</bdi></a>
            </li>
        }
    };
    (!chapters.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="chapters-here">
                <h2 id="chapters-here">"On this device"</h2>
                <ul class="chapters-here">{chapters.into_iter().map(link).collect_view()}</ul>
            </section>
        }
    })
}
