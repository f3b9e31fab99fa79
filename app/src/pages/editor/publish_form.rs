//! Publishing a story, by a form that works without a script. With one it first asks which chapters go out, and tells
//! what would be missing: text that is kept and not saved.

use domain::{ChapterId, Event, Manuscript, SceneId, StoryId};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn, task::spawn_local};

use super::{
    place::Place,
    publish_dialog::{ChapterChoice, OfferedChapter, offered_here},
    scene,
};
use crate::{
    AppError,
    api::studio::{PublishStory, SaveScene, UnpublishStory},
    boot,
    cache::{Browser, Mutation, use_mutation},
    components::{Confirm, offer_undo, use_toasts},
};

/// A button that lets everybody read a story.
#[component]
pub fn PublishForm(
    story: StoryId,
    publish: Mutation<PublishStory>,
    #[prop(default = "")] class: &'static str,
    /// The chapters that go out where no script can ask. Where they are not known, the button leads to the editor.
    #[prop(optional, into)]
    unasked: Option<Signal<Vec<ChapterId>>>,
    /// What the button says.
    children: Children,
) -> impl IntoView {
    let (save, toasts, browser) = (use_mutation::<SaveScene>(), use_toasts(), StoredValue::new(Browser::current()));
    let asking = RwSignal::new(false);
    let (offered, chosen) = (RwSignal::new(Vec::<OfferedChapter>::new()), RwSignal::new(Vec::<ChapterId>::new()));
    let unsaved =
        move || offered.with(|offered| offered.iter().flat_map(|one| one.unsaved.clone()).collect::<Vec<SceneId>>());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let browser = browser.get_value();
        spawn_local(async move {
            match offer(&browser, story).await {
                Ok(chapters) => {
                    chosen
                        .try_set(chapters.iter().filter(|one| one.is_chosen_first()).map(|one| one.chapter).collect());
                    offered.try_set(chapters);
                    asking.try_set(true);
                }
                Err(error) => drop(publish.error().try_set(Some(error))),
            }
        });
    };
    let save_and_publish = move |()| {
        let (scenes, chapters, browser) = (untrack(unsaved), chosen.get_untracked(), browser.get_value());
        spawn_local(async move {
            if let Err(error) = save_all(scenes, save).await {
                publish.error().try_set(Some(error));
            } else if publish.send(PublishStory { story, chapters }).await.is_ok() {
                offer_undo(toasts, browser, "Published. Everyone can read it now.", UnpublishStory { story });
            }
        });
    };
    let verb = Signal::derive(move || if unsaved().is_empty() { "Publish" } else { "Save and publish" }.to_owned());
    let (action, method) = match unasked {
        Some(_) => (PublishStory::PATH.to_owned(), "post"),
        None => (Place::Story.href(story), "get"),
    };
    view! {
        <form class=class action=action method=method on:submit=submit>
            {unasked.map(|chapters| view! {
                <input type="hidden" name="story" value=story.to_string() />
                {move || chapters.get().into_iter().map(|chapter| view! {
                    <input type="hidden" name="chapters[]" value=chapter.to_string() />
                }).collect_view()}
            })}
            <button class="button" data-kind="primary" data-testid="publish-button"
                aria-busy=move || publish.is_under_way().then_some("true")>{children()}</button>
        </form>
        <Confirm
            id=format!("publish-{story}")
            open=asking
            title="Publish this story?"
            text="Everyone can read it within a second. Chapters that you leave out stay drafts, for you alone."
            verb=verb
            kind="primary"
            on_yes=save_and_publish
        >
            <ChapterChoice offered chosen />
            {move || (!unsaved().is_empty()).then(|| view! {
                <p class="field-hint">
                    "This story has text that isn’t saved yet. Readers would not see it, so it is saved first."
                </p>
            })}
        </Confirm>
    }
}

/// The chapters that could go out.
async fn offer(browser: &Browser, story: StoryId) -> Result<Vec<OfferedChapter>, AppError> {
    let viewer = boot::viewer().ok_or(AppError::SignedOut)?.user;
    let tree = browser.read(&Manuscript { viewer, story }, Event::Wanted).await?;
    Ok(offered_here(&tree.entry.value, viewer))
}

/// Saves the typed text of scenes that are not open.
pub(super) async fn save_all(scenes: Vec<SceneId>, save: Mutation<SaveScene>) -> Result<(), AppError> {
    let viewer = boot::viewer().ok_or(AppError::SignedOut)?.user;
    for scene in scenes {
        scene::save_left(viewer, scene, save).await?;
    }
    Ok(())
}
