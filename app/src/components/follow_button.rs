//! The follow button: a story or an author, from now on or no longer.

use std::sync::Arc;

use domain::{MineOfStory, MyStory, StoryId, UserId};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn, task::spawn_local};

use super::toast::{ToastKind, use_toasts};
use crate::{
    api::reading::{FollowAuthor, FollowStory},
    boot,
    cache::{OptimisticUpdate, apply_optimistic, use_mutation},
    places,
    way_back::and_back,
};

/// Lays a click over the query that shows whether this viewer follows something.
pub type LayFollow = Arc<dyn Fn(UserId, bool) -> OptimisticUpdate + Send + Sync>;

/// Something that can be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followable {
    /// The story.
    Story(StoryId),
    /// Its author.
    Author(UserId),
}

impl Followable {
    /// What the button says.
    pub const fn words(self, follows: bool) -> &'static str {
        match (self, follows) {
            (Self::Story(_), false) => "Follow story",
            (Self::Story(_), true) => "Following story",
            (Self::Author(_), false) => "Follow author",
            (Self::Author(_), true) => "Following author",
        }
    }

    /// Whether it is followed.
    pub const fn is_in(self, mine: &MineOfStory) -> bool {
        match self {
            Self::Story(_) => mine.follows,
            Self::Author(_) => mine.follows_author,
        }
    }

    /// Follows it there, or no longer.
    pub const fn set_in(self, mine: &mut MineOfStory, follows: bool) {
        match self {
            Self::Story(_) => mine.follows = follows,
            Self::Author(_) => mine.follows_author = follows,
        }
    }
}

/// Lays a click over what a story is to the one who looks.
pub fn lay_over_story(story: StoryId, thing: Followable) -> LayFollow {
    Arc::new(move |viewer, follows| {
        let patch = move |mine: &mut MineOfStory| thing.set_in(mine, follows);
        apply_optimistic(&MyStory { viewer, story }, Arc::new(patch))
    })
}

/// Follows, or no longer. The click shows at once; clicks take turns, so the last one is what stays.
#[component]
pub fn FollowButton(
    /// What.
    thing: Followable,
    /// Whether the one who looks follows it.
    follows: Signal<bool>,
    /// How a click shows before it is answered.
    lay: LayFollow,
) -> impl IntoView {
    let Some(viewer) = boot::viewer() else {
        return view! { <a class="button" data-testid="follow-button" href=and_back("/sign-in")>{thing.words(false)}</a> }.into_any();
    };
    let (follow_story, follow_author) = (use_mutation::<FollowStory>(), use_mutation::<FollowAuthor>());
    let toasts = use_toasts();
    let click = move |event: SubmitEvent| {
        event.prevent_default();
        // The shown state, with all layers over it, decides the click's meaning.
        let followed = !follows.get_untracked();
        let laid = vec![lay(viewer.user, followed)];
        spawn_local(async move {
            let answer = match thing {
                Followable::Story(story) => follow_story.send_over(FollowStory { story, followed }, laid).await,
                Followable::Author(author) => follow_author.send_over(FollowAuthor { author, followed }, laid).await,
            };
            if let Err(error) = answer {
                toasts.toast(error.to_string(), ToastKind::Danger);
            }
        });
    };
    let (action, name, id) = match thing {
        Followable::Story(story) => (FollowStory::PATH, "story", story.to_string()),
        Followable::Author(author) => (FollowAuthor::PATH, "author", author.to_string()),
    };
    view! {
        <form action=action method="post" on:submit=click>
            <input type="hidden" name=name value=id />
            <input type="hidden" name="followed" value=move || places::would_follow(thing, follows.get()) />
            <button class="button" data-testid="follow-button" aria-pressed=move || places::follows(thing, follows.get())>
                {move || places::following(thing, follows.get())}
            </button>
        </form>
    }
    .into_any()
}
