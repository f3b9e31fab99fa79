//! One of the cast: read, edited, added.

use leptos::{html, prelude::*, task::spawn_local};

use super::cast::{Casting, Member, MemberNote};
use crate::{
    AppError,
    components::{Icon, Kept, KeptNotice, kept},
    way_back::and_back,
};

/// A character or a setting in the notebook.
#[component]
pub fn CastItem(casting: Casting, note: Memo<MemberNote>) -> impl IntoView {
    let editing = RwSignal::new(false);
    let error = RwSignal::new(None);
    let (testid, id) = match note.with_untracked(|note| note.member) {
        Member::Character(id) => ("character", id.to_string()),
        Member::Setting(id) => ("setting", id.to_string()),
    };
    let cast_id = id.clone();
    kept::open_again(editing, format!("{testid}-{id}"));
    let delete = move |_| note.with_untracked(|note| casting.delete(note.member, &note.name, error));
    view! {
        <li class="cast-item" data-testid=testid data-cast-id=cast_id>
            {move || if editing.get() {
                view! { <EditMember casting note id=id.clone() place=format!("{testid}-{id}") editing /> }.into_any()
            } else {
                let (name, text) = note.with(|note| (note.name.to_string(), note.description.to_string()));
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
fn EditMember(
    casting: Casting,
    note: Memo<MemberNote>,
    id: String,
    place: String,
    editing: RwSignal<bool>,
) -> impl IntoView {
    let MemberNote { member, name, description, rev } = note.get_untracked();
    let (name, text) = (RwSignal::new(String::from(name)), RwSignal::new(String::from(description)));
    let (error, busy) = (RwSignal::new(None), RwSignal::new(false));
    let form = NodeRef::<html::Form>::new();
    let kept = Kept::begin(form, place);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        spawn_local(async move {
            let saved = casting.save(member, name.get_untracked(), text.get_untracked(), kept.base()).await;
            busy.try_set(false);
            kept.answered(&saved);
            if saved.is_ok() {
                editing.try_set(false);
            }
            // Of two texts the form shows both.
            error.try_set(saved.err().filter(|wrong| !matches!(wrong, AppError::ConflictWith(_))));
        });
    };
    let (noun, button) = match member {
        Member::Character(_) => ("character", "Save character"),
        Member::Setting(_) => ("setting", "Save setting"),
    };
    view! {
        <form node_ref=form class="cast-form form" on:submit=save on:input=move |_| kept.typed()>
            <input type="hidden" name="base" value=rev.0.to_string() />
            <KeptNotice kept noun />
            <MemberFields id name text />
            <Wrong error />
            <div class="form-actions">
                <button class="button" data-kind="primary" data-size="small" aria-busy=move || busy.get().then_some("true")>{button}</button>
                <button class="button" data-kind="quiet" data-size="small" type="button" on:click=move |_| { kept.sent(); editing.set(false); }>"Cancel"</button>
            </div>
        </form>
    }
}

/// The form at a list's end.
#[component]
pub fn NewMember(casting: Casting, character: bool) -> impl IntoView {
    let (name, text) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (error, busy) = (RwSignal::new(None), RwSignal::new(false));
    let form = NodeRef::<html::Form>::new();
    let kept = Kept::begin(form, casting.place_of_new(character));
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        spawn_local(async move {
            let added = casting.add(character, name.get_untracked(), text.get_untracked()).await;
            busy.try_set(false);
            if added.is_ok() {
                kept.sent();
                name.try_set(String::new());
                text.try_set(String::new());
            }
            error.try_set(added.err());
        });
    };
    let (id, label, button) = if character {
        ("new-character", "Add a character", "Add character")
    } else {
        ("new-setting", "Add a setting", "Add setting")
    };
    view! {
        <form node_ref=form class="form section" aria-label=label on:submit=add on:input=move |_| kept.typed()>
            <KeptNotice kept />
            <MemberFields id=id.to_owned() name text />
            <Wrong error />
            <div class="form-actions">
                <button class="button" data-size="small" data-testid=format!("add-{}", if character { "character" } else { "setting" })
                    aria-busy=move || busy.get().then_some("true")><Icon name="add" />{button}</button>
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
