//! The like button: a heart and a count.

use std::sync::Arc;

use domain::MyLikes;
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn, task::spawn_local};

use super::{
    Icon,
    count::{counted, grouped},
    likes::{Likeable, Likes},
    toast::{ToastKind, use_toasts},
};
use crate::{
    api::community::{LikePost, LikeStory},
    boot,
    cache::{OptimisticUpdate, apply_optimistic, outcome, use_mutation},
    places,
    way_back::and_back,
};

/// Lays a change of the count over the query that shows it.
pub type LayCount = Arc<dyn Fn(fn(u32) -> u32) -> OptimisticUpdate + Send + Sync>;

/// Likes something, or no longer. The click shows at once; the clicks on one button take turns, so
/// the last one is what stays.
#[component]
pub fn LikeButton(
    thing: Likeable,
    /// As in “the post by Ada”.
    #[prop(into)]
    what: Signal<String>,
    #[prop(into)] likes: Signal<u32>,
    lay_count: LayCount,
    #[prop(optional)] small: bool,
) -> impl IntoView {
    let size = small.then_some("small");
    let count = move || grouped(likes.get());
    let inside =
        move || view! { <Icon name="heart" /><span class="like-button-count" data-testid="like-count">{count}</span> };
    let label = move || format!("Like {}, {}", what.get(), counted(likes.get(), "like", "likes"));
    let Some(viewer) = boot::viewer() else {
        let label = move || format!("Sign in to like {}, {}", what.get(), counted(likes.get(), "like", "likes"));
        return view! {
            <a class="like-button" data-size=size data-testid="like-button" href=and_back("/sign-in") aria-label=label>{inside}</a>
        }
        .into_any();
    };
    let mine = Likes::current();
    let liked = outcome(move || mine.have(thing));
    let (story, post) = (use_mutation::<LikeStory>(), use_mutation::<LikePost>());
    let toasts = use_toasts();
    let click = move |event: SubmitEvent| {
        event.prevent_default();
        // The shown state, with all layers over it, decides the click's meaning.
        let likes = !liked.get_untracked();
        let laid = vec![
            apply_optimistic(&MyLikes { viewer: viewer.user }, Arc::new(move |liked| thing.set_in(liked, likes))),
            lay_count(if likes { one_more } else { one_less }),
        ];
        spawn_local(async move {
            let answer = match thing {
                Likeable::Story(id) => story.send_over(LikeStory { story: id, liked: likes }, laid).await,
                Likeable::Post(id) => post.send_over(LikePost { post: id, liked: likes }, laid).await,
            };
            if let Err(error) = answer {
                toasts.toast(error.to_string(), ToastKind::Danger);
            }
        });
    };
    let (action, name, id) = match thing {
        Likeable::Story(story) => (LikeStory::PATH, "story", story.to_string()),
        Likeable::Post(post) => (LikePost::PATH, "post", post.to_string()),
    };
    view! {
        <form action=action method="post" on:submit=click>
            <input type="hidden" name=name value=id />
            <input type="hidden" name="liked" value=move || places::would_like(thing, liked.get()) />
            <button
                class="like-button"
                data-size=size
                data-testid="like-button"
                aria-pressed=move || places::likes(thing, liked.get())
                aria-label=label
            >
                {inside}
            </button>
        </form>
    }
    .into_any()
}

const fn one_more(likes: u32) -> u32 {
    likes.saturating_add(1)
}

const fn one_less(likes: u32) -> u32 {
    likes.saturating_sub(1)
}
