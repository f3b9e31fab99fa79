//! The end of a chapter: what readers do then. They like the story, follow it, and talk about what they read.

use domain::{ChapterId, ChapterTalk, ChapterText, Reportable, StoryId, Subject};
use leptos::prelude::*;

use crate::{
    cache::{outcome, use_query},
    components::{
        Compose, EmptyState, LikeButton, Loaded, PostList, ReportLink,
        follow_button::{FollowButton, Followable, lay_over_story},
        heading::Level,
        lay_posts,
        likes::{Likeable, Likes},
        mine::Mine,
        silences::Silences,
    },
    destination::Destination,
    page_number::page_asked,
};

/// What they think of the story. How many others like it stands on the story's page: here each like would make all its
/// chapters old.
#[component]
pub fn Deeds(story: StoryId, chapter: ChapterId, text: Memo<ChapterText>) -> impl IntoView {
    Likes::provide();
    Silences::provide();
    let mine = Mine::of(story);
    let follow = Followable::Story(story);
    view! {
        <div class="row chapter-deeds">
            <LikeButton thing=Likeable::Story(story) what=Signal::derive(move || text.with(|text| text.story_title.to_string())) />
            <FollowButton thing=follow follows=outcome(move || mine.follows(follow)) lay=lay_over_story(story, follow) />
            <ReportLink what=Reportable::Chapter(chapter) back=Destination::Chapter(story, chapter).to_string() />
        </div>
    }
}

/// What is said about the chapter. It stands in the community's feed, too.
#[component]
pub fn Talk(story: StoryId, chapter: ChapterId) -> impl IntoView {
    let page = page_asked();
    let query = move || ChapterTalk { story, chapter, page: page.get() };
    let talk = use_query(query);
    let nothing = || view! { <EmptyState mark="talk" title="Nobody has said anything yet" text="You have just read it, so you know best." /> };
    let at = move |page: u32| {
        let chapter = Destination::Chapter(story, chapter);
        if page == 0 { format!("{chapter}#talk") } else { format!("{chapter}?page={}#talk", page + 1) }
    };
    let turn = move |to: u32, words| view! { <a class="button" href=at(to)>{words}</a> };
    view! {
        <section class="section stack chapter-talk" id="talk" aria-labelledby="talk-title">
            <h2 id="talk-title">"Talk about this chapter"</h2>
            <Compose label="What did you make of it?" about=Some(Subject::chapter(story, chapter)) />
            <Loaded reading=talk is_part=true let:found>
                <Show when=move || found.with(|found| !found.posts.is_empty()) fallback=nothing>
                    <PostList posts=Signal::derive(move || found.with(|found| found.posts.clone())) lay_post=lay_posts(query) level=Level::Three />
                </Show>
                {move || {
                    let (page, more) = (page.get(), found.with(|found| found.more));
                    (page > 0 || more).then(|| view! {
                        <nav class="row" aria-label="More talk">
                            {page.checked_sub(1).map(|newer| turn(newer, "Newer posts"))}
                            {more.then(|| turn(page + 1, "Older posts"))}
                        </nav>
                    })
                }}
            </Loaded>
        </section>
    }
}
