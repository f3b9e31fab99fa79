//! Deleting: a plain form, before which the script asks.

use leptos::{ev::SubmitEvent, form::FromFormData, prelude::*, task::spawn_local};

use super::{
    Confirm, Icon,
    toast::{ToastKind, use_toasts},
};
use crate::cache::{Mutates, Mutation, Website};

/// A delete button that asks first.
#[component]
pub fn DeleteForm<S: Mutates<Website> + FromFormData + Clone + Send + Sync>(
    mutation: Mutation<S>,
    /// The address of the server function.
    action: &'static str,
    /// The field with the id.
    field: &'static str,
    #[prop(into)] id: String,
    /// As in “this post”.
    #[prop(into)]
    what: String,
    /// What else goes.
    #[prop(into)]
    warning: String,
    #[prop(default = true)] with_icon: bool,
    /// What happens then.
    #[prop(optional_no_strip)]
    on_deleted: Option<Callback<()>>,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let input = StoredValue::new(None::<S>);
    let toasts = use_toasts();
    let ask = move |event: SubmitEvent| {
        event.prevent_default();
        input.set_value(S::from_event(&event).ok());
        asking.set(true);
    };
    let delete = move |()| {
        let Some(input) = input.get_value() else { return };
        spawn_local(async move {
            match mutation.send(input).await {
                Ok(_) => {
                    toasts.toast("Deleted", ToastKind::Good);
                    if let Some(on_deleted) = on_deleted {
                        on_deleted.try_run(());
                    }
                }
                Err(error) => toasts.toast(error.to_string(), ToastKind::Danger),
            }
        });
    };
    view! {
        <form action=action method="post" on:submit=ask>
            <input type="hidden" name=field value=id.clone() />
            <button class="button" data-kind="quiet" data-size="small" data-testid=format!("delete-{field}")>
                {with_icon.then(|| view! { <Icon name="delete" /> })}
                "Delete"
                <span class="visually-hidden">{format!(" {what}")}</span>
            </button>
        </form>
        <Confirm id=format!("delete-{id}") open=asking title=format!("Delete {what}?") text=warning verb="Delete" on_yes=delete />
    }
}
