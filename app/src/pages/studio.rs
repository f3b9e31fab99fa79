//! The studio: an author's own stories, and two ways to begin another.

mod import_form;
mod new_story;
mod own_card;
mod threshold;
mod understood;
mod upload;

use domain::{Bookshelf, Viewer};
use leptos::prelude::*;

pub(super) use self::threshold::Threshold;
use self::{import_form::ImportForm, new_story::NewStory, own_card::OwnCard};
use crate::{
    boot::viewer,
    cache::use_query,
    components::{Each, EmptyState, Head, Icon, Loaded, Page},
};

/// The page at `/studio`.
#[component]
pub fn StudioPage() -> impl IntoView {
    view! {
        <Page>
            <Head title="Studio" description="Where stories are written." />
            {match viewer() {
                Some(viewer) if viewer.role.may_write() => view! { <OwnStories viewer /> }.into_any(),
                viewer => view! { <Threshold viewer /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn OwnStories(viewer: Viewer) -> impl IntoView {
    let stories = use_query(move || Bookshelf { viewer: viewer.user });
    view! {
        <header class="page-head">
            <div><h1>"Studio"</h1><p class="page-lead">"Your stories, the last edited first."</p></div>
            <a class="button" data-kind="quiet" href="/studio/trash" data-testid="trash-link"><Icon name="delete" />"Trash"</a>
        </header>
        <Loaded reading=stories let:stories>
            {
                let none = Memo::new(move |_| stories.with(Vec::is_empty));
                view! {
                    {move || none.get().then(|| view! {
                        <EmptyState title="A clean desk" mark="edit"
                            text="You have no stories yet. Begin one below, or import a manuscript you already have." />
                    })}
                    <section aria-labelledby="mine-title">
                        <h2 class="visually-hidden" id="mine-title">"Your stories"</h2>
                        <ul class="story-list">
                            <Each items=stories key=|story: &domain::OwnStory| story.story let:story><OwnCard story /></Each>
                        </ul>
                    </section>
                }
            }
        </Loaded>
        <section class="section" aria-labelledby="begin-title">
            <h2 class="section-head" id="begin-title">"Begin another"</h2>
            <div class="studio-begin"><NewStory /><ImportForm stories /></div>
        </section>
    }
}
