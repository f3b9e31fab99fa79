//! Publishing: which of one's stories everyone can read.

use domain::{Publication, Publications, UserId};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    editor::{PublishForm, take_back},
    studio::Threshold,
};
use crate::{
    api::studio::{PublishStory, UnpublishStory},
    boot::viewer,
    cache::{Browser, Mutation, use_mutation, use_query},
    components::{Each, EmptyState, FormError, Head, Loaded, Page, count::counted, use_toasts},
};

/// The page at `/publish`.
#[component]
pub fn PublishPage() -> impl IntoView {
    view! {
        <Page>
            <Head title="Publish" description="Which of your stories everyone can read." />
            {match viewer() {
                Some(viewer) if viewer.role.may_write() => view! { <Stories viewer=viewer.user /> }.into_any(),
                viewer => view! { <Threshold viewer /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Stories(viewer: UserId) -> impl IntoView {
    let stories = use_query(move || Publications { viewer });
    let (publish, unpublish) = (use_mutation::<PublishStory>(), use_mutation::<UnpublishStory>());
    view! {
        <header class="page-head">
            <div>
                <h1>"Publish"</h1>
                <p class="page-lead">"Which of your stories everyone can read. A change here reaches every reader within a second."</p>
            </div>
        </header>
        <FormError error=publish.error() />
        <FormError error=unpublish.error() />
        <Loaded reading=stories let:stories>
            {
                let none = Memo::new(move |_| stories.with(Vec::is_empty));
                view! {
                    {move || if none.get() {
                        view! {
                            <EmptyState title="Nothing to publish yet" text="Stories that you begin in the studio appear here.">
                                <a class="button" data-kind="primary" href="/studio">"To the studio"</a>
                            </EmptyState>
                        }.into_any()
                    } else {
                        view! {
                            <ul class="publish-list">
                                <Each items=stories key=|story: &Publication| story.story let:story>
                                    <Row story publish unpublish />
                                </Each>
                            </ul>
                        }.into_any()
                    }}
                }
            }
        </Loaded>
    }
}

/// As in “3 chapters”, or “2 of 3 chapters” where some of a story that is out are not.
fn chapters(story: &Publication) -> String {
    let all = counted(story.chapters, "chapter", "chapters");
    if story.published_at.is_none() || story.published_chapters == story.chapters {
        all
    } else {
        format!("{} of {all}", story.published_chapters)
    }
}

#[component]
fn Row(
    story: Memo<Publication>,
    publish: Mutation<PublishStory>,
    unpublish: Mutation<UnpublishStory>,
) -> impl IntoView {
    let story_id = story.with_untracked(|story| story.story);
    let id = story_id.to_string();
    let out = Memo::new(move |_| story.with(|story| story.published_at.is_some()));
    let title = move || story.with(|story| story.title.to_string());
    let href = {
        let id = id.clone();
        move || if out.get() { format!("/novels/{id}") } else { format!("/studio/edit/story/{id}") }
    };
    let facts = move || {
        story.with(|story| {
            [chapters(story), counted(story.words, "word", "words"), counted(story.likes, "like", "likes")]
                .map(|fact| view! { <span>{fact}</span> })
        })
    };
    let hidden = StoredValue::new(id.clone());
    let (toasts, browser) = (use_toasts(), StoredValue::new(Browser::current()));
    view! {
        <li>
            <article class="publish-row" data-testid="publish-row" data-story-id=id>
                <h2 class="publish-row-title"><a class="publish-row-link" href=href>{title}</a></h2>
                <span class="publish-row-state">
                    <span class="badge" data-state=move || if out.get() { "published" } else { "draft" }>
                        {move || if out.get() { "Published" } else { "Draft" }}
                    </span>
                </span>
                <p class="publish-row-facts">{facts}</p>
                {move || if out.get() {
                    view! {
                        <form class="publish-row-action" action=UnpublishStory::PATH method="post"
                            on:submit=move |event| take_back(&event, story_id, unpublish, toasts, browser.get_value())>
                            <input type="hidden" name="story" value=hidden.get_value() />
                            <button class="button" data-testid="unpublish-button">
                                "Unpublish"<span class="visually-hidden">" "{title}</span>
                            </button>
                        </form>
                    }.into_any()
                } else {
                    view! {
                        <PublishForm class="publish-row-action" story=story_id publish>
                            "Publish"<span class="visually-hidden">" "{title}</span>
                        </PublishForm>
                    }.into_any()
                }}
            </article>
        </li>
    }
}
