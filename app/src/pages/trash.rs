//! The trash: what an author deleted, and the way back. Its forms work without a script too.

mod item;

use domain::{Trash, TrashItem, UserId};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::item::Item;
use super::studio::Threshold;
use crate::{
    api::studio::{DeleteTrashed, RestoreTrashed},
    boot::viewer,
    cache::{use_mutation, use_query},
    components::{Each, EmptyState, FormError, Head, Loaded, Page},
};

/// The page at `/studio/trash`.
#[component]
pub fn TrashPage() -> impl IntoView {
    view! {
        <Page>
            <Head title="Trash" description="What you deleted, and can have back." />
            {match viewer() {
                Some(viewer) if viewer.role.may_write() => view! { <Contents viewer=viewer.user /> }.into_any(),
                viewer => view! { <Threshold viewer /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Contents(viewer: UserId) -> impl IntoView {
    let params = use_query_map();
    // Pages are counted from 1 where people see them.
    let page = Memo::new(move |_| {
        let number = params.with(|params| params.get_str("page").and_then(|page| page.parse::<u32>().ok()));
        number.and_then(|number| number.checked_sub(1)).unwrap_or_default()
    });
    let trash = use_query(move || Trash { viewer, page: page.get() });
    let (restore, delete) = (use_mutation::<RestoreTrashed>(), use_mutation::<DeleteTrashed>());
    let now = RwSignal::new(None);
    // In the browser only, after the first paint: the server's clock is not the reader's.
    Effect::new(move || now.set(Some(crate::draft::now())));
    view! {
        <header class="page-head">
            <div>
                <nav class="breadcrumb" aria-label="Breadcrumb">
                    <ol class="breadcrumb-list">
                        <li class="breadcrumb-item"><a class="breadcrumb-link" href="/studio">"Studio"</a></li>
                        <li class="breadcrumb-item" aria-current="page">"Trash"</li>
                    </ol>
                </nav>
                <h1>"Trash"</h1>
                <p class="page-lead">"What you delete stays here for 30 days. Only you see it, and you can have it back."</p>
            </div>
        </header>
        <FormError error=restore.error() />
        <FormError error=delete.error() />
        <Loaded reading=trash let:trash>
            {
                let items = Memo::new(move |_| trash.with(|trash| trash.items.clone()));
                let more = Memo::new(move |_| trash.with(|trash| trash.more));
                view! {
                    {move || items.with(Vec::is_empty).then(|| view! {
                        <EmptyState title="The trash is empty" mark="delete"
                            text="Stories, parts, chapters, scenes, characters and settings that you delete are kept here." />
                    })}
                    <ul class="trash-list" hidden=move || items.with(Vec::is_empty)>
                        <Each items key=|item: &TrashItem| item.what let:item><Item item restore delete now /></Each>
                    </ul>
                    <nav class="row section" aria-label="Pages">
                        {move || (page.get() > 0).then(|| view! {
                            <a class="button" href=format!("/studio/trash?page={}", page.get())>"Deleted later"</a>
                        })}
                        {move || more.get().then(|| view! {
                            <a class="button" href=format!("/studio/trash?page={}", page.get() + 2)>"Deleted earlier"</a>
                        })}
                    </nav>
                }
            }
        </Loaded>
    }
}
