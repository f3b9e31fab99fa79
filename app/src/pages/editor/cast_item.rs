//! One of the cast: read, edited, added.

use domain::{CastKind, CastMember};
use leptos::{html, prelude::*, task::spawn_local};

use super::casting::Casting;
use crate::{
    AppError,
    components::{Icon, Kept, KeptNotice, kept},
    way_back::and_back,
};

/// A character or a setting in the notebook.
#[component]
pub fn CastItem(casting: Casting, member: Memo<CastMember>) -> impl IntoView {
    let editing = RwSignal::new(false);
    let error = RwSignal::new(None);
    let (kind, id) = member.with_untracked(|one| (one.kind, one.member.to_string()));
    let cast_id = id.clone();
    kept::open_again(editing, format!("{kind}-{id}"));
    let delete = move |_| member.with_untracked(|one| casting.delete(one, error));
    view! {
        <li class="cast-item" data-testid=kind.slug() data-cast-id=cast_id>
            {move || if editing.get() {
                view! { <EditMember casting member place=format!("{kind}-{id}") editing /> }.into_any()
            } else {
                let (name, text) = member.with(|one| (one.name.to_string(), one.description.to_string()));
                view! {
                    <p class="cast-name">{name.clone()}</p>
                    <p class="cast-text">{text}</p>
                    <div class="cast-actions">
                        <button class="menu-button button" data-kind="quiet" data-size="small" type="button"
                            aria-label=format!("Edit {name}") on:click=move |_| editing.set(true)><Icon name="edit" /></button>
                        <button class="menu-button button" data-kind="quiet" data-size="small" type="button"
                            aria-label=format!("Delete {name}") on:click=delete><Icon name="delete" /></button>
                    </div>
                }.into_any()
            }}
            <Wrong error />
        </li>
    }
}

#[component]
fn EditMember(casting: Casting, member: Memo<CastMember>, place: String, editing: RwSignal<bool>) -> impl IntoView {
    let CastMember { kind, member, name, description, rev } = member.get_untracked();
    let (name, text) = (RwSignal::new(String::from(name)), RwSignal::new(String::from(description)));
    let (error, busy) = (RwSignal::new(None), RwSignal::new(false));
    let form = NodeRef::<html::Form>::new();
    let kept = Kept::begin(form, place);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        spawn_local(async move {
            let saved = casting.save(kind, member, name.get_untracked(), text.get_untracked(), kept.base()).await;
            busy.try_set(false);
            kept.answered(&saved);
            if saved.is_ok() {
                editing.try_set(false);
            }
            // Of two texts the form shows both.
            error.try_set(saved.err().filter(|wrong| !matches!(wrong, AppError::ConflictWith(_))));
        });
    };
    view! {
        <form node_ref=form class="cast-form form" on:submit=save on:input=move |_| kept.typed()>
            <input type="hidden" name="base" value=rev.0.to_string() />
            <KeptNotice kept noun=kind.slug() />
            <MemberFields id=member.to_string() name text />
            <Wrong error />
            <div class="form-actions">
                <button class="button" data-kind="primary" data-size="small" aria-busy=move || busy.get().then_some("true")>{format!("Save {kind}")}</button>
                <button class="button" data-kind="quiet" data-size="small" type="button" on:click=move |_| { kept.sent(); editing.set(false); }>"Cancel"</button>
            </div>
        </form>
    }
}

/// The form at a list's end.
#[component]
pub fn NewMember(casting: Casting, kind: CastKind) -> impl IntoView {
    let (name, text) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (error, busy) = (RwSignal::new(None), RwSignal::new(false));
    let form = NodeRef::<html::Form>::new();
    let kept = Kept::begin(form, casting.place_of_new(kind));
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        spawn_local(async move {
            let added = casting.add(kind, name.get_untracked(), text.get_untracked()).await;
            busy.try_set(false);
            if added.is_ok() {
                kept.sent();
                name.try_set(String::new());
                text.try_set(String::new());
            }
            error.try_set(added.err());
        });
    };
    view! {
        <form node_ref=form class="form section" aria-label=format!("Add a {kind}") on:submit=add on:input=move |_| kept.typed()>
            <KeptNotice kept />
            <MemberFields id=format!("new-{kind}") name text />
            <Wrong error />
            <div class="form-actions">
                <button class="button" data-size="small" data-testid=format!("add-{kind}")
                    aria-busy=move || busy.get().then_some("true")><Icon name="add" />{format!("Add {kind}")}</button>
            </div>
        </form>
    }
}

#[component]
fn MemberFields(id: String, name: RwSignal<String>, text: RwSignal<String>) -> impl IntoView {
    let (name_id, text_id) = (format!("{id}-name"), format!("{id}-text"));
    view! {
        <div class="field">
            <label class="field-label" for=name_id.clone()>"Name"</label>
            <input class="field-input" id=name_id name="name" required maxlength="80" autocomplete="off" prop:value=name
                on:input=move |event| name.set(event_target_value(&event)) />
        </div>
        <div class="field">
            <label class="field-label" for=text_id.clone()>"Description"</label>
            <textarea class="field-input" id=text_id name="description" rows="2" prop:value=text
                on:input=move |event| text.set(event_target_value(&event))></textarea>
        </div>
    }
}

#[component]
fn Wrong(error: RwSignal<Option<AppError>>) -> impl IntoView {
    let sign_in = and_back("/sign-in");
    move || {
        error.get().map(|error| {
            let signed_out = error == AppError::SignedOut;
            view! {
                <p class="field-error" role="alert">
                    {error.in_form()}
                    {signed_out.then(|| view! { " "<a href=sign_in>"Sign in and come back"</a> })}
                </p>
            }
        })
    }
}
