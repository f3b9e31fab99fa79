//! Moderation: what was reported, what is in force, and the record. For managers alone: others find no such page.

mod case;
mod in_force;
mod record;

use domain::{Case, ModerationQueue, OpenCases, UserId};
use leptos::prelude::*;

pub use self::record::ModerationLogPage;
use self::{case::CaseCard, in_force::InForce};
use super::managers::{Pages, for_managers};
use crate::{
    cache::use_query,
    components::{Each, EmptyState, Head, Loaded, Page},
    page_number::page_asked,
};

/// The page at `/moderation`, with `?page=` from 1.
#[component]
pub fn ModerationPage() -> impl IntoView {
    for_managers(|viewer| view! { <Queue viewer /> }.into_any())
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
        <Pages address=|page| format!("/moderation?page={page}") page more=Signal::derive(move || queue.with(|queue| queue.more))
            before="Reported earlier" after="Reported later" />
        <InForce queue />
    }
}
