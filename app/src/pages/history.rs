//! The history of a scene: its versions, and what became of one of them.

mod list;
mod version;

use domain::{SceneHistory, SceneId, SceneVersion, UserId, VersionList};
use leptos::prelude::*;
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};

use self::{list::List, version::Version};
use super::studio::Threshold;
use crate::{
    AppError,
    boot::viewer,
    cache::{use_query, use_query_if},
    components::{Answered, EmptyState, Failed, Head, Loaded, Page},
};

/// The page at `/studio/history/:scene`.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let params = use_params_map();
    let scene = Memo::new(move |_| params.with(|params| params.get_str("scene").and_then(|id| id.parse().ok())));
    view! {
        <Page>
            <Head title="History" description="Every version of a scene." />
            {move || match (viewer(), scene.get()) {
                (Some(viewer), Some(scene)) => view! { <History viewer=viewer.user scene /> }.into_any(),
                (None, _) => view! { <Threshold viewer=None /> }.into_any(),
                (Some(_), None) => view! { <Failed error=AppError::NotFound /> }.into_any(),
            }}
        </Page>
    }
}

/// The address of a scene's history.
pub fn href(scene: SceneId) -> String {
    format!("/studio/history/{scene}")
}

/// A number in the address.
fn number(params: &ParamsMap, name: &str) -> Option<u32> {
    params.get_str(name).and_then(|number| number.parse().ok())
}

#[component]
fn History(viewer: UserId, scene: SceneId) -> impl IntoView {
    let params = use_query_map();
    let before = Memo::new(move |_| params.with(|params| number(params, "before")));
    let chosen = Memo::new(move |_| params.with(|params| number(params, "version")));
    let history = use_query(move || SceneHistory { viewer, scene, before: before.get() });
    let version = use_query_if(move || chosen.get().map(|number| SceneVersion { viewer, scene, number }));
    view! {
        <Loaded reading=history let:history>
            <Top history scene />
            {move || if history.with(|history| history.versions.is_empty()) {
                let text = "From now on each save of this scene is kept here. You can look at it, and have it back.";
                view! { <EmptyState title="No versions yet" text mark="edit" /> }.into_any()
            } else {
                view! {
                    <div class="history">
                        <List history scene chosen before />
                        <section class="history-version stack" aria-labelledby="version-title" data-testid="version">
                            {move || match chosen.get() {
                                None => view! {
                                    <h2 class="card-title" id="version-title">"Choose a version"</h2>
                                    <p>"It is shown beside today’s text, word by word. Then you can restore it."</p>
                                }.into_any(),
                                Some(number) => view! {
                                    <Answered reading=version let:version><Version version scene number /></Answered>
                                }.into_any(),
                            }}
                        </section>
                    </div>
                }.into_any()
            }}
        </Loaded>
    }
}

/// Where one is, and the way back to the scene.
#[component]
fn Top(history: Memo<VersionList>, scene: SceneId) -> impl IntoView {
    let title = move || {
        history.with(|history| {
            if history.title.is_empty() { "this scene".to_owned() } else { format!("“{}”", history.title) }
        })
    };
    let back = move || history.with(|history| format!("/studio/edit/story/{}?scene={scene}", history.story));
    view! {
        <header class="page-head">
            <div>
                <nav class="breadcrumb" aria-label="Breadcrumb">
                    <ol class="breadcrumb-list">
                        <li class="breadcrumb-item"><a class="breadcrumb-link" href="/studio">"Studio"</a></li>
                        <li class="breadcrumb-item"><a class="breadcrumb-link" href=back>"The scene"</a></li>
                        <li class="breadcrumb-item" aria-current="page">"History"</li>
                    </ol>
                </nav>
                <h1>"History of "{title}</h1>
                <p class="page-lead">
                    "Every save is kept for 90 days; after that one of each day, and after two years one of each month."
                </p>
            </div>
            <a class="button" href=back data-testid="back-to-scene">"Back to the scene"</a>
        </header>
    }
}
