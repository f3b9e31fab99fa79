//! One thing in the trash: what it is, until when it is kept, and its two buttons.

use domain::{Millis, TrashItem, Trashed};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn, task::spawn_local};

use crate::{
    api::studio::{DeleteTrashed, RestoreTrashed},
    cache::{Mutation, action},
    components::{Confirm, Time, ToastKind, count::counted, use_toasts},
};

/// Something in the trash.
#[component]
pub fn Item(
    item: Memo<TrashItem>,
    restore: Mutation<RestoreTrashed>,
    delete: Mutation<DeleteTrashed>,
    /// The time, once the page is alive.
    now: RwSignal<Option<Millis>>,
) -> impl IntoView {
    let TrashItem { what, title, story_title, words, deleted_at } = item.get_untracked();
    let gone_at = item.with_untracked(TrashItem::gone_at);
    let name = if title.is_empty() { format!("A {} without a title", what.noun()) } else { title };
    let days = move || {
        let now = now.get()?;
        let days = item.with(|item| item.days_left(now));
        Some(format!(" ({} left)", counted(days, "day", "days")))
    };
    let has_words = !matches!(what, Trashed::Character(_) | Trashed::Setting(_));
    view! {
        <li>
            <article class="trash-row" data-testid="trash-item" data-what=what.to_string()>
                <div class="trash-row-text">
                    <h2 class="trash-row-title">{name.clone()}</h2>
                    <p class="trash-row-facts">
                        <span class="badge">{what.noun()}</span>
                        {story_title.map(|story| view! { <span>"from “"{story}"”"</span> })}
                        {has_words.then(|| view! { <span>{counted(words, "word", "words")}</span> })}
                        <span>"Deleted "<Time at=deleted_at /></span>
                        <span data-testid="days-left">"Kept until "<Time at=gone_at />{days}</span>
                    </p>
                </div>
                <div class="trash-row-actions">
                    <RestoreForm what name=name.clone() restore />
                    <DeleteForGood what name delete />
                </div>
            </article>
        </li>
    }
}

#[component]
fn RestoreForm(what: Trashed, name: String, restore: Mutation<RestoreTrashed>) -> impl IntoView {
    let toasts = use_toasts();
    let submit = move |event: SubmitEvent| {
        restore.submit(&event, move |done| match done {
            Ok(restored) => toasts.toast(restored.to_string(), ToastKind::Good),
            Err(error) => toasts.toast(error.to_string(), ToastKind::Danger),
        });
    };
    view! {
        <form action=action(RestoreTrashed::PATH) method="post" on:submit=submit>
            <input type="hidden" name="what" value=what.to_string() />
            <button class="button" data-size="small" data-testid="restore">
                "Restore"<span class="visually-hidden">{format!(" {name}")}</span>
            </button>
        </form>
    }
}

/// Asks twice: nothing brings it back.
#[component]
fn DeleteForGood(what: Trashed, name: String, delete: Mutation<DeleteTrashed>) -> impl IntoView {
    let (asking, again) = (RwSignal::new(false), RwSignal::new(false));
    let toasts = use_toasts();
    let run = move |()| {
        spawn_local(async move {
            match delete.send(DeleteTrashed { what }).await {
                Ok(()) => toasts.toast("Deleted for good", ToastKind::Good),
                Err(error) => toasts.toast(error.to_string(), ToastKind::Danger),
            }
        });
    };
    let with_it = match what {
        Trashed::Story(_) => {
            "All of its text and every version goes with it, and so does what you deleted from it before."
        }
        Trashed::Part(_) | Trashed::Chapter(_) | Trashed::Scene(_) => "Its text and every version goes with it.",
        Trashed::Character(_) | Trashed::Setting(_) => "Your notes go with it.",
    };
    let id = what.id();
    view! {
        <button class="button" data-kind="quiet" data-size="small" type="button" data-testid="delete-for-good"
            on:click=move |_| asking.set(true)>
            "Delete for good"<span class="visually-hidden">{format!(" {name}")}</span>
        </button>
        <Confirm id=format!("gone-{id}") open=asking title=format!("Delete “{name}” for good?") text=with_it
            verb="Go on" on_yes=move |()| again.set(true) />
        <Confirm id=format!("surely-{id}") open=again title="Are you sure?"
            text=format!("“{name}” can’t be brought back after this.")
            verb="Delete for good" on_yes=run />
    }
}
