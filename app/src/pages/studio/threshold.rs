//! The studio's threshold: for those who are not signed in, or only read so far.

use domain::Viewer;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{api::accounts::BecomeWriter, components::EmptyState, way_back::and_back};

/// What stands in place of the studio until one can write.
#[component]
pub fn Threshold(viewer: Option<Viewer>) -> impl IntoView {
    let way_in = if viewer.is_some() {
        // No script: the page is loaded anew, because a page knows its viewer from the start.
        view! {
            <EmptyState title="Write here, too" mark="edit"
                text="Your account is a reader’s so far. It can be a writer’s, too: what you write is yours alone until you publish it.">
                <form action=BecomeWriter::PATH method="post">
                    <button class="button" data-kind="primary" data-testid="become-writer">"Start writing"</button>
                </form>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <EmptyState title="Sign in to write" mark="edit"
                text="Drafts are yours alone until you publish them, and nothing you type is lost.">
                <div class="row">
                    <a class="button" data-kind="primary" href=and_back("/sign-in")>"Sign in"</a>
                    <a class="button" href=and_back("/register")>"Make an account"</a>
                </div>
            </EmptyState>
        }
        .into_any()
    };
    view! {
        <header class="page-head"><div><h1>"Studio"</h1></div></header>
        {way_in}
    }
}
