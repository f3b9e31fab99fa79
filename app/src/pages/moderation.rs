//! Moderation: what was reported, what is in force, and the record. For managers alone: others find no such page.

mod case;
mod in_force;
mod record;

use domain::{Case, ModerationQueue, OpenCases, Role, UserId};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub use self::record::ModerationLogPage;
use self::{case::CaseCard, in_force::InForce};
use super::not_found::NotFoundPage;
use crate::{
    boot,
    cache::use_query,
    components::{Each, EmptyState, Head, Loaded, Page},
};

/// The page at `/moderation`, with `?page=` from 1.
#[component]
pub fn ModerationPage() -> impl IntoView {
    match manager() {
        Some(viewer) => view! { <Queue viewer /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The one looking, if they look after the place.
pub(super) fn manager() -> Option<UserId> {
    boot::viewer().filter(|viewer| viewer.role == Role::Manager).map(|viewer| viewer.user)
}

/// Pages are counted from 1 where people see them.
pub(super) fn page_asked() -> Memo<u32> {
    let params = use_query_map();
    Memo::new(move |_| {
        let number = params.with(|params| params.get_str("page").and_then(|page| page.parse::<u32>().ok()));
        number.and_then(|number| number.checked_sub(1)).unwrap_or_default()
    })
}

/// The links to the pages before and after.
#[component]
fn Pages(
    path: &'static str,
    page: Memo<u32>,
    more: Signal<bool>,
    before: &'static str,
    after: &'static str,
) -> impl IntoView {
    view! {
        <nav class="row section" aria-label="Pages">
            {move || (page.get() > 0).then(|| view! { <a class="button" href=format!("{path}?page={}", page.get())>{before}</a> })}
            {move || more.get().then(|| view! { <a class="button" href=format!("{path}?page={}", page.get() + 2)>{after}</a> })}
        </nav>
    }
}

#[component]
fn Queue(viewer: UserId) -> impl IntoView {
    let page = page_asked();
    let queue = use_query(move || ModerationQueue { viewer, page: page.get() });
    view! {
        <Page>
            <Head title="Moderation" description="What was reported." />
            <header class="page-head">
                <div>
                    <h1>"Moderation"</h1>
                    <p class="page-lead">"What people reported, what waited longest first. Each thing that is done here is written into "<a href="/moderation/log">"the record"</a>"."</p>
                </div>
            </header>
            <Loaded reading=queue let:queue><Cases queue page /></Loaded>
        </Page>
    }
}

#[component]
fn Cases(queue: Memo<OpenCases>, page: Memo<u32>) -> impl IntoView {
    let cases = Memo::new(move |_| queue.with(|queue| queue.cases.clone()));
    view! {
        {move || cases.with(Vec::is_empty).then(|| view! {
            <EmptyState title="Nothing waits for you" mark="talk" text="A story, a chapter, a post or a comment that is reported stands here." />
        })}
        <ul class="case-list" hidden=move || cases.with(Vec::is_empty)>
            <Each items=cases key=|case: &Case| case.what let:case><li><CaseCard case /></li></Each>
        </ul>
        <Pages path="/moderation" page more=Signal::derive(move || queue.with(|queue| queue.more))
            before="Reported earlier" after="Reported later" />
        <InForce queue />
    }
}
