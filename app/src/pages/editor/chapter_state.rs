//! Who can read a chapter, and how that changes. The forms work without a script too.

use domain::{ChapterId, ChapterState, StoryTree};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{desk::Desk, place};
use crate::{
    api::studio::{PublishChapter, UnpublishChapter},
    components::Time,
};

/// Whether readers have what stands in this chapter: the chapter is published, and so is the story.
pub fn is_read(desk: Desk, chapter: ChapterId) -> bool {
    desk.tree.with(|tree| is_read_in(tree, chapter))
}

/// The same, of this moment.
pub fn is_read_untracked(desk: Desk, chapter: ChapterId) -> bool {
    desk.tree.with_untracked(|tree| is_read_in(tree, chapter))
}

fn is_read_in(tree: &StoryTree, chapter: ChapterId) -> bool {
    tree.published && place::chapter(tree, chapter).is_some_and(|found| found.chapter.state.is_published())
}

/// What the save button says.
pub const fn save_label(is_read: bool) -> &'static str {
    if is_read { "Save for readers" } else { "Save" }
}

/// The card of a chapter's state.
#[component]
pub fn ChapterStateCard(desk: Desk, chapter: ChapterId) -> impl IntoView {
    let state = Memo::new(move |_| {
        desk.tree.with(|tree| {
            let found = place::chapter(tree, chapter)?.chapter;
            Some((tree.published, found.state, found.first_published_at))
        })
    });
    move || {
        let (story_is_out, state, first) = state.get()?;
        let (words, action) = if story_is_out {
            match state {
                ChapterState::Draft => (
                    "Only you can read this chapter. Readers get it when you publish it.",
                    Some(publish(desk, chapter)),
                ),
                ChapterState::Published => (
                    "Everyone can read this chapter, and each save of its text at once.",
                    Some(unpublish(desk, chapter)),
                ),
            }
        } else {
            ("Only you can read this story. When you publish it, you choose the chapters that go out.", None)
        };
        let first = first.map(|at| view! { <p class="field-hint">"First published "<Time at />"."</p> });
        Some(view! {
            <section class="card stack" aria-labelledby="state-title" data-testid="chapter-state">
                <h2 class="card-title" id="state-title">"Publishing"</h2>
                <p>{words}</p>
                {first}
                {action.map(|action| view! { <div class="form-actions">{action}</div> })}
            </section>
        })
    }
}

fn publish(desk: Desk, chapter: ChapterId) -> AnyView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.publish_chapter(chapter);
    };
    view! {
        <form action=PublishChapter::PATH method="post" on:submit=submit>
            <input type="hidden" name="chapter" value=chapter.to_string() />
            <button class="button" data-kind="primary" data-testid="publish-chapter-button">"Publish chapter"</button>
        </form>
    }
    .into_any()
}

fn unpublish(desk: Desk, chapter: ChapterId) -> AnyView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.release.unpublish(chapter);
    };
    view! {
        <form action=UnpublishChapter::PATH method="post" on:submit=submit>
            <input type="hidden" name="chapter" value=chapter.to_string() />
            <button class="button" data-testid="unpublish-chapter-button">"Unpublish chapter"</button>
        </form>
    }
    .into_any()
}
