//! The record: all that was done in moderation. Nothing in it can be changed.

use domain::{Act, ActLog, ActPage, UserId};
use leptos::prelude::*;

use crate::{
    cache::use_query,
    components::{EmptyState, Head, Loaded, Page, Time},
    page_number::page_asked,
    pages::managers::{Pages, for_managers},
};

/// The page at `/moderation/log`, with `?page=` from 1.
#[component]
pub fn ModerationLogPage() -> impl IntoView {
    for_managers(|viewer| view! { <Record viewer /> }.into_any())
}

#[component]
fn Record(viewer: UserId) -> impl IntoView {
    let page = page_asked();
    let log = use_query(move || ActLog { viewer, page: page.get() });
    view! {
        <Page>
            <Head title="The record" description="What was done in moderation." />
            <nav class="breadcrumb" aria-label="Breadcrumb">
                <ol class="breadcrumb-list">
                    <li class="breadcrumb-item"><a class="breadcrumb-link" href="/moderation">"Moderation"</a></li>
                    <li class="breadcrumb-item" aria-current="page">"The record"</li>
                </ol>
            </nav>
            <header class="page-head">
                <div><h1>"The record"</h1><p class="page-lead">"All that managers did, and what was answered. It is never changed."</p></div>
            </header>
            <Loaded reading=log let:log><Acts log page /></Loaded>
        </Page>
    }
}

#[component]
fn Acts(log: Memo<ActPage>, page: Memo<u32>) -> impl IntoView {
    view! {
        {move || log.with(|log| log.acts.is_empty()).then(|| view! {
            <EmptyState title="Nothing was done yet" mark="talk" text="What managers do in moderation is written here." />
        })}
        <ul class="act-list">{move || log.with(|log| log.acts.iter().map(line).collect_view())}</ul>
        <Pages address=|page| format!("/moderation/log?page={page}") page more=Signal::derive(move || log.with(|log| log.more)) before="Later" after="Earlier" />
    }
}

/// An act in a few words.
pub(super) fn line(act: &Act) -> impl IntoView + use<> {
    let Act { at, kind, by, about, what, title, told, note, until, .. } = act.clone();
    let what = what.map(|what| {
        if title.is_empty() { format!("a {}", what.noun()) } else { format!("the {} “{title}”", what.noun()) }
    });
    // Of an answer, its author is whom it is about.
    let about = about.filter(|about| about.user != by.user).map(|about| about.name.to_string());
    view! {
        <li class="act" data-testid="act">
            <span class="badge">{kind.label()}</span>" by "<bdi>{by.name.to_string()}</bdi>
            {about.map(|name| view! { ", about "<bdi>{name}</bdi> })}
            {what.map(|what| view! { ", "<bdi>{what}</bdi> })}
            {until.map(|until| view! { ", until "<Time at=Signal::derive(move || until) /> })}
            ", "<Time at=Signal::derive(move || at) />
            {(!told.is_empty()).then(|| view! { <p class="case-words" dir="auto">{told}</p> })}
            {(!note.is_empty()).then(|| view! { <p class="case-words" dir="auto">"Note: "{note.to_string()}</p> })}
        </li>
    }
}
