//! Publishing, by a form that works without a script. With one it tells first what would be missing: text that
//! is kept in this browser and not saved.

use domain::{Event, Manuscript, SceneId, StoryId};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn, task::spawn_local};

use super::scene;
use crate::{
    AppError,
    api::studio::{PublishStory, SaveScene},
    boot,
    cache::{Browser, Mutation, use_mutation},
    components::Confirm,
};

/// A button that lets everybody read a story.
#[component]
pub fn PublishForm(
    story: StoryId,
    publish: Mutation<PublishStory>,
    #[prop(default = "")] class: &'static str,
    /// What the button says.
    children: Children,
) -> impl IntoView {
    let save = use_mutation::<SaveScene>();
    let browser = StoredValue::new(Browser::current());
    let (asking, unsaved) = (RwSignal::new(false), RwSignal::new(Vec::<SceneId>::new()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let browser = browser.get_value();
        spawn_local(async move {
            let left = left(&browser, story).await;
            if left.is_empty() {
                publish.send(PublishStory { story }).await.ok();
            } else {
                unsaved.try_set(left);
                asking.try_set(true);
            }
        });
    };
    let save_and_publish = move |()| {
        let scenes = unsaved.get_untracked();
        spawn_local(async move {
            match save_all(scenes, save).await {
                Ok(()) => drop(publish.send(PublishStory { story }).await),
                Err(error) => drop(publish.error().try_set(Some(error))),
            }
        });
    };
    view! {
        <form class=class action=PublishStory::PATH method="post" on:submit=submit>
            <input type="hidden" name="story" value=story.to_string() />
            <button class="button" data-kind="primary" data-testid="publish-button"
                aria-busy=move || publish.is_under_way().then_some("true")>{children()}</button>
        </form>
        <Confirm
            id=format!("publish-{story}")
            open=asking
            title="Save before publishing?"
            text="This story has text in this browser that isn’t saved yet. Readers would not see it."
            verb="Save and publish"
            on_yes=save_and_publish
        />
    }
}

/// The scenes of a story with text that is not saved.
async fn left(browser: &Browser, story: StoryId) -> Vec<SceneId> {
    let Some(viewer) = boot::viewer().map(|viewer| viewer.user).filter(|viewer| scene::is_any_left(*viewer)) else {
        return vec![];
    };
    // If the story can't be asked for, publishing reports the reason.
    let Ok(tree) = browser.read(&Manuscript { viewer, story }, Event::Wanted).await else { return vec![] };
    let chapters = tree.entry.value.parts.into_iter().flat_map(|part| part.chapters);
    let scenes = chapters.flat_map(|chapter| chapter.scenes).map(|scene| scene.scene);
    scenes.filter(|scene| scene::is_left(viewer, *scene)).collect()
}

async fn save_all(scenes: Vec<SceneId>, save: Mutation<SaveScene>) -> Result<(), AppError> {
    let viewer = boot::viewer().ok_or(AppError::SignedOut)?.user;
    for scene in scenes {
        scene::save_left(viewer, scene, save).await?;
    }
    Ok(())
}
