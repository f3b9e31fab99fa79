//! The place, for those who look after it: who may come in, what it says of itself, and who is here. Others find no such
//! page.

mod invitations;
mod members;
mod settings;

use domain::UserId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub use self::members::MembersPage;
use self::{invitations::OpenInvitations, settings::Settings};
use super::managers::for_managers;
use crate::{
    bundle::rel,
    cache::use_query,
    components::{Head, Loaded, Page},
};

/// The page at `/admin`.
#[component]
pub fn AdminPage() -> impl IntoView {
    for_managers(|viewer| view! { <Administration viewer /> }.into_any())
}

#[component]
fn Administration(viewer: UserId) -> impl IntoView {
    let site = use_query(|| domain::Site {});
    let done = use_query_map().with_untracked(|query| query.get_str("done").map(str::to_owned));
    let says = match done.as_deref() {
        Some("saved") => Some("Saved. It holds from now on, for everybody."),
        Some("invited") => Some("The invitation is made. Send its link, which is below, to the person."),
        _ => None,
    };
    view! {
        <Page class="page page-narrow stack">
            <Head title="Administration" description="Who may come in, what the place says of itself, and who is here." />
            <h1>"Administration"</h1>
            <nav class="row" aria-label="For managers">
                <a class="button" href="/admin/members" data-testid="to-members">"Members"</a>
                <a class="button" href="/moderation">"Moderation"</a>
                <a class="button" href="/moderation/log">"The record"</a>
                <a class="button" href="/debug/cache" rel=rel("/debug/cache")>"How the cache is doing"</a>
            </nav>
            {says.map(|says| view! {
                <div class="notice" data-kind="info" role="status" data-testid="done"><p class="notice-text">{says}</p></div>
            })}
            <Loaded reading=site let:site><Settings site /></Loaded>
            <OpenInvitations viewer />
        </Page>
    }
}
