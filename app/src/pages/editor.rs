//! The editor of a story: its outline, and the form of the selected place.
//!
//! In reading order: `place` is the selection, `sheet` the typed text over the saved one, `head` what the server has.
//! `keeping` keeps typed text from being lost in this browser, with the app's `draft`, and `working` on the server.
//! `form` saves it. `scene_text` has the tools of a scene's text, and `story_find` finds in all scenes. `desk` changes the tree.
//! The rest is the display.

mod ask;
mod cast;
mod cast_item;
mod casting;
mod chapter_state;
mod desk;
mod download_menu;
#[cfg(test)]
mod fixture;
mod form;
mod goals;
mod head;
mod heading;
mod keeping;
mod keys;
mod meeting;
mod moves;
mod node_menu;
mod outline;
mod place;
mod publish_dialog;
mod publish_form;
mod publishing;
mod release;
mod rename;
mod renaming;
mod room;
mod save_bar;
mod scene;
mod scene_text;
mod schedule_form;
mod sheet;
mod sight;
mod story;
mod story_find;
mod subject;
mod trouble;
mod wanted;
mod word_count;
mod working;

use domain::{Cast, Manuscript, MyProgress, Scene, SceneDraft, StoryId, StoryTree, UserId};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use self::{
    ask::Ask,
    cast::CastSection,
    desk::Desk,
    download_menu::DownloadMenu,
    goals::Goals,
    heading::{ChapterForm, PartForm},
    outline::Outline,
    place::Place,
    publishing::Publishing,
    room::Room,
    scene::SceneForm,
    story::StoryForm,
    story_find::{StoryFindPanel, StoryFinder},
};
pub(super) use self::{publish_form::PublishForm, publishing::take_back};
use super::studio::Threshold;
use crate::{
    AppError,
    boot::viewer,
    cache::{Reading, use_query, use_query_if},
    components::{Answered, Failed, Head, Loaded, Page, holding::Holding},
};

/// The page of the editor.
#[component]
pub fn EditorPage() -> impl IntoView {
    let params = use_params_map();
    let story = Memo::new(move |_| params.with(|params| params.get_str("story").and_then(|id| id.parse().ok())));
    view! {
        <Page class="page editor">
            {move || match (viewer(), story.get()) {
                (Some(viewer), Some(story)) => view! { <Editor viewer=viewer.user story /> }.into_any(),
                (None, _) => view! { <Threshold viewer=None /> }.into_any(),
                (Some(_), None) => view! { <Failed error=AppError::NotFound /> }.into_any(),
            }}
        </Page>
    }
}

/// A text as it may be sent, or why not.
fn parsed<T, E: std::fmt::Display>(text: Result<T, E>) -> Result<T, AppError> {
    text.map_err(|error| AppError::Invalid(error.to_string()))
}

#[component]
fn Editor(viewer: UserId, story: StoryId) -> impl IntoView {
    let params = use_query_map();
    let place = Memo::new(move |_| params.with(Place::of));
    let tree = use_query(move || Manuscript { viewer, story });
    let scene = use_query_if(move || match place.get() {
        Place::Scene(scene) => Some(SceneDraft { viewer, scene }),
        Place::Story | Place::Part(_) | Place::Chapter(_) => None,
    });
    let find = StoryFinder::new();
    find.open_on_shortcut();
    let matches = use_query_if(move || find.question(viewer, story));
    let progress = use_query(move || MyProgress { viewer });
    let cast = use_query_if(move || (place.get() == Place::Story).then_some(Cast { viewer, story }));
    view! {
        <Loaded reading=tree let:tree>
            {
                let desk = Desk::new(viewer, story, tree, place, find);
                view! {
                    <EditorHead tree find />
                    {move || desk.error.get().map(|error| view! {
                        <div class="notice" data-kind="danger" role="alert"><p class="notice-text">{error.to_string()}</p></div>
                    })}
                    <div class="editor-panes">
                        {move || find.is_open.get().then(|| view! { <StoryFindPanel desk matches /> })}
                        <Outline desk />
                        <div class="editor-main"><Goals desk reading=progress /><Room desk />{move || pane(desk, desk.place.get(), scene, cast)}</div>
                    </div>
                    <Ask question=desk.question />
                }
            }
        </Loaded>
    }
}

/// The form of the selected place.
fn pane(desk: Desk, place: Place, scene: Reading<SceneDraft>, cast: Reading<Cast>) -> AnyView {
    match place {
        Place::Story => view! {
            <StoryForm desk />
            <Publishing desk />
            <Answered reading=cast let:cast><CastSection desk cast /></Answered>
        }
        .into_any(),
        Place::Part(part) => missing_or(desk, place, move || view! { <PartForm desk part /> }.into_any()),
        Place::Chapter(chapter) => missing_or(desk, place, move || view! { <ChapterForm desk chapter /> }.into_any()),
        Place::Scene(_) => view! { <Answered reading=scene let:scene>{scene_of(desk, scene)}</Answered> }.into_any(),
    }
}

/// The scene's form, if the scene is one of this story's.
fn scene_of(desk: Desk, scene: Memo<Scene>) -> AnyView {
    if scene.with_untracked(|scene| scene.at.story == desk.story) {
        view! { <SceneForm desk scene /> }.into_any()
    } else {
        view! { <Failed error=AppError::NotFound /> }.into_any()
    }
}

/// A form that appears with its place in the tree: what was just added may not be in it yet.
fn missing_or(desk: Desk, place: Place, form: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let is_there = move || desk.tree.with(|tree| place::above(tree, place).is_some() && is_in(tree, place));
    let holding = Holding::new(Signal::derive(move || !is_there()));
    let there = holding.keeps(is_there);
    let view = move || {
        if there.get() {
            provide_context(holding);
            form()
        } else {
            view! { <div class="notice" role="status"><p class="notice-text">{AppError::NotFound.to_string()}</p></div> }.into_any()
        }
    };
    view.into_any()
}

fn is_in(tree: &StoryTree, place: Place) -> bool {
    match place {
        Place::Part(part) => place::part(tree, part).is_some(),
        Place::Story | Place::Chapter(_) | Place::Scene(_) => true,
    }
}

#[component]
fn EditorHead(tree: Memo<StoryTree>, find: StoryFinder) -> impl IntoView {
    let title = move || tree.with(|tree| tree.title.to_string());
    let published = Memo::new(move |_| tree.with(|tree| tree.published));
    view! {
        <Head title=move || format!("Edit {}", title()) description="Where a story is written." />
        <header class="editor-head">
            <div>
                <nav class="breadcrumb" aria-label="Breadcrumb">
                    <ol class="breadcrumb-list">
                        <li class="breadcrumb-item"><a class="breadcrumb-link" href="/studio">"Studio"</a></li>
                        <li class="breadcrumb-item" aria-current="page">{title}</li>
                    </ol>
                </nav>
                <h1>{title}</h1>
            </div>
            <div class="row">
                <button class="button" data-size="small" type="button" data-testid="find-story" title="Ctrl+Shift+F"
                    on:click=move |_| find.open(None)>"Find in story"</button>
                <DownloadMenu story=tree.with_untracked(|tree| tree.story) />
                {move || if published.get() {
                    let href = tree.with(|tree| format!("/novels/{}", tree.story));
                    view! {
                        <span class="badge" data-state="published">"Published"</span>
                        <a class="button" data-size="small" href=href>"View"</a>
                    }.into_any()
                } else {
                    view! { <span class="badge" data-state="draft">"Draft"</span> }.into_any()
                }}
            </div>
        </header>
    }
}
