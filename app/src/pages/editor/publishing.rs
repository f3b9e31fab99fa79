//! Publishing a story, taking it back, deleting it.

use domain::{ChapterId, ChapterState, StoryId, StoryTree};
use leptos::{ev::SubmitEvent, prelude::*};

use super::{desk::Desk, node_menu::before_deleting_story, place, publish_form::PublishForm};
use crate::{
    api::studio::{PublishStory, UnpublishStory},
    cache::{Browser, Mutation, use_mutation},
    components::{Toasts, offer_undo, use_toasts},
};

/// Who can read the story, and how that changes. The forms work without a script too.
#[component]
pub fn Publishing(desk: Desk) -> impl IntoView {
    let publish = use_mutation::<PublishStory>();
    let unpublish = use_mutation::<UnpublishStory>();
    let published = Memo::new(move |_| desk.tree.with(|tree| tree.published));
    let unasked = Signal::derive(move || desk.tree.with(with_words));
    let (toasts, browser, story) = (use_toasts(), StoredValue::new(Browser::current()), desk.story);
    let take_back = move |event: SubmitEvent| take_back(&event, story, unpublish, toasts, browser.get_value());
    let failed = move || {
        let error = publish.error().get().or_else(|| unpublish.error().get());
        error.map(|error| view! { <p class="field-error" role="alert">{error.to_string()}</p> })
    };
    view! {
        <section class="card stack" aria-labelledby="pub-title">
            <h2 class="card-title" id="pub-title">"Publishing"</h2>
            <p>{move || if published.get() {
                "Everyone can read this story. Unpublishing takes it from readers at once; nothing you wrote is deleted."
            } else {
                "Only you can read this story. When you publish it, you choose the chapters that go out."
            }}</p>
            {failed}
            <div class="form-actions">
                {move || if published.get() {
                    view! {
                        <form action="/api/unpublish_story" method="post" on:submit=take_back>
                            <input type="hidden" name="story" value=desk.story.to_string() />
                            <button class="button" data-testid="unpublish-button"
                                aria-busy=move || unpublish.is_under_way().then_some("true")>"Unpublish"</button>
                        </form>
                    }.into_any()
                } else {
                    view! {
                        <PublishForm story=desk.story publish unasked>"Publish"</PublishForm>
                    }.into_any()
                }}
                <button class="button" data-kind="danger" type="button" data-testid="delete-story"
                    on:click=move |_| desk.question.set(Some(before_deleting_story(desk)))>"Delete story"</button>
            </div>
        </section>
    }
}

/// Takes a story back from the public, and offers to publish it again as it was.
pub fn take_back(
    event: &SubmitEvent,
    story: StoryId,
    unpublish: Mutation<UnpublishStory>,
    toasts: Toasts,
    browser: Browser,
) {
    unpublish.submit(event, move |done| {
        if done.is_ok() {
            let again = PublishStory { story, chapters: vec![] };
            offer_undo(toasts, browser, "Unpublished. Only you can read it now.", again);
        }
    });
}

/// The chapters that have words and no other moment: those that go out where no script can ask.
fn with_words(tree: &StoryTree) -> Vec<ChapterId> {
    let goes_out = |state: &ChapterState| match state {
        ChapterState::Draft | ChapterState::Published => true,
        ChapterState::Scheduled(_) => false,
    };
    let written = place::chapters(tree).map(|found| found.chapter).filter(|chapter| place::words(chapter) > 0);
    written.filter(|chapter| goes_out(&chapter.state)).map(|chapter| chapter.chapter).collect()
}
