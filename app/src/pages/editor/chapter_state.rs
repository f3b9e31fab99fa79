//! Who can read a chapter, and how that changes. The forms work without a script too.

use domain::{ChapterId, ChapterState, Schedule, StoryTree};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    desk::Desk,
    place,
    schedule_form::{ScheduleForm, UnscheduleForm},
};
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
            Some((tree.published, found.state.clone(), found.first_published_at))
        })
    });
    move || {
        let (story_is_out, state, first) = state.get()?;
        let first = first.map(|at| view! { <p class="field-hint">"First published "<Time at />"."</p> });
        Some(view! {
            <section class="card stack" aria-labelledby="state-title" data-testid="chapter-state">
                <h2 class="card-title" id="state-title">"Publishing"</h2>
                <p>{words(story_is_out, &state)}</p>
                {first}
                {(story_is_out || state.is_published()).then(|| actions(desk, chapter, &state))}
            </section>
        })
    }
}

/// Who can read a chapter, in words.
fn words(story_is_out: bool, state: &ChapterState) -> String {
    if !story_is_out {
        let then = if state.is_published() {
            "When you publish it, this chapter goes out with it."
        } else {
            "When you publish it, you choose the chapters that go out."
        };
        return format!("Only you can read this story. {then}");
    }
    match state {
        ChapterState::Draft => "Only you can read this chapter. Readers get it when you publish it.".to_owned(),
        ChapterState::Scheduled(Schedule { local, zone, .. }) => {
            format!("Only you can read this chapter. Readers get it on {} ({}).", local.human(), zone.human())
        }
        ChapterState::Published => "Everyone can read this chapter, and each save of its text at once.".to_owned(),
    }
}

/// What its author can do about it.
fn actions(desk: Desk, chapter: ChapterId, state: &ChapterState) -> AnyView {
    match state {
        ChapterState::Draft => view! {
            <div class="form-actions">{publish(desk, chapter, "Publish chapter")}</div>
            <details class="disclosure" data-testid="schedule">
                <summary>"Publish it later"</summary>
                <ScheduleForm chapter />
            </details>
        }
        .into_any(),
        ChapterState::Scheduled(_) => view! {
            <div class="form-actions">{publish(desk, chapter, "Publish now")}<UnscheduleForm chapter /></div>
        }
        .into_any(),
        ChapterState::Published => view! { <div class="form-actions">{unpublish(desk, chapter)}</div> }.into_any(),
    }
}

fn publish(desk: Desk, chapter: ChapterId, verb: &'static str) -> AnyView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.publish_chapter(chapter);
    };
    view! {
        <form action=PublishChapter::PATH method="post" on:submit=submit>
            <input type="hidden" name="chapter" value=chapter.to_string() />
            <button class="button" data-kind="primary" data-testid="publish-chapter-button">{verb}</button>
        </form>
    }
    .into_any()
}

fn unpublish(desk: Desk, chapter: ChapterId) -> AnyView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.unpublish_chapter(chapter);
    };
    view! {
        <form action=UnpublishChapter::PATH method="post" on:submit=submit>
            <input type="hidden" name="chapter" value=chapter.to_string() />
            <button class="button" data-testid="unpublish-chapter-button">"Unpublish chapter"</button>
        </form>
    }
    .into_any()
}
