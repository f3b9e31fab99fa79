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
/// the last one is what stays. Without a count it says its word instead.
#[component]
pub fn LikeButton(
    thing: Likeable,
    /// As in “the post by Ada”.
    #[prop(into)]
    what: Signal<String>,
    #[prop(optional, into)] likes: Option<Signal<u32>>,
    #[prop(optional)] lay_count: Option<LayCount>,
    #[prop(optional)] small: bool,
) -> impl IntoView {
    let size = small.then_some("small");
    let count = move || likes.map_or_else(|| "Like".to_owned(), |likes| grouped(likes.get()));
    let inside =
        move || view! { <Icon name="heart" /><span class="like-button-count" data-testid="like-count">{count}</span> };
    let of_all = move || likes.map(|likes| format!(", {}", counted(likes.get(), "like", "likes"))).unwrap_or_default();
    let label = move || format!("Like {}{}", what.get(), of_all());
    let Some(viewer) = boot::viewer() else {
        let label = move || format!("Sign in to like {}{}", what.get(), of_all());
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
        let mine =
            apply_optimistic(&MyLikes { viewer: viewer.user }, Arc::new(move |liked| thing.set_in(liked, likes)));
        let count = lay_count.as_ref().map(|lay| lay(if likes { one_more } else { one_less }));
        let laid = [mine].into_iter().chain(count).collect();
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
