//! Renaming: a new title for a part or chapter, typed where it stands in the outline.

use std::time::Duration;

use domain::{ChapterDraft, Heading, PartDraft};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    desk::Desk,
    parsed,
    place::{self, Place},
};
use crate::{
    AppError,
    api::studio::{SaveChapter, SavePart},
    cache::{Mutation, use_mutation},
};

/// The place that is being renamed, and the title so far. It outlives its field, which is replaced with the outline.
#[derive(Clone, Copy)]
pub struct Renaming {
    place: RwSignal<Option<Place>>,
    title: RwSignal<String>,
    save_part: Mutation<SavePart>,
    save_chapter: Mutation<SaveChapter>,
}

impl Renaming {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            place: RwSignal::new(None),
            title: RwSignal::new(String::new()),
            save_part: use_mutation(),
            save_chapter: use_mutation(),
        }
    }

    /// Whether this has a title that can be changed in the outline.
    pub const fn can_be(place: Place) -> bool {
        match place {
            Place::Part(_) | Place::Chapter(_) => true,
            Place::Story | Place::Scene(_) => false,
        }
    }

    /// Begins the typing; in the place's own form, if that is open.
    pub fn begin(self, desk: Desk, place: Place) {
        if desk.place.get_untracked() == place {
            focus("#heading-title".to_owned());
            return;
        }
        self.title.set(desk.tree.with_untracked(|tree| {
            match place {
                Place::Part(part) => place::part(tree, part).map(|(_, part)| part.title.to_string()),
                Place::Chapter(chapter) => place::chapter(tree, chapter).map(|found| found.chapter.title.to_string()),
                Place::Story | Place::Scene(_) => None,
            }
            .unwrap_or_default()
        }));
        self.place.set(Some(place));
    }

    fn end(self, place: Place) {
        self.place.try_set(None);
        match place {
            Place::Part(part) => focus(format!("[data-part-id='{part}']")),
            Place::Chapter(chapter) => focus(format!("[data-chapter-id='{chapter}']")),
            Place::Story | Place::Scene(_) => {}
        }
    }

    /// Saves the title over what else is saved of it.
    async fn save(self, desk: Desk, place: Place) -> Result<(), AppError> {
        let title = parsed(Heading::parse(&self.title.get_untracked()))?;
        match place {
            Place::Part(part) => {
                let draft = desk.tree.with_untracked(|tree| {
                    let (_, found) = place::part(tree, part)?;
                    Some(PartDraft { title, synopsis: found.synopsis.clone(), base: found.rev })
                });
                self.save_part.send(SavePart { part, draft: draft.ok_or(AppError::NotFound)? }).await?;
            }
            Place::Chapter(chapter) => {
                let draft = desk.tree.with_untracked(|tree| {
                    let found = place::chapter(tree, chapter)?.chapter;
                    Some(ChapterDraft { title, synopsis: found.synopsis.clone(), base: found.rev })
                });
                self.save_chapter.send(SaveChapter { chapter, draft: draft.ok_or(AppError::NotFound)? }).await?;
            }
            Place::Story | Place::Scene(_) => {}
        }
        self.end(place);
        Ok(())
    }
}

/// The link of a place; while it is renamed, the field for its title.
pub fn link_or_field(
    desk: Desk,
    place: Place,
    label: String,
    link: impl Fn() -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let is_renamed = Memo::new(move |_| desk.renaming.place.get() == Some(place));
    move || if is_renamed.get() { view! { <Field desk place label=label.clone() /> }.into_any() } else { link() }
}

/// F2 on a link renames what it leads to, as in other trees.
pub fn on_key(desk: Desk, place: Place) -> impl Fn(ev::KeyboardEvent) {
    move |event| {
        if event.key() == "F2" {
            event.prevent_default();
            desk.renaming.begin(desk, place);
        }
    }
}

#[component]
fn Field(desk: Desk, place: Place, label: String) -> impl IntoView {
    let (renaming, input) = (desk.renaming, NodeRef::<html::Input>::new());
    Effect::new(move || {
        if let Some(input) = input.get() {
            input.focus().ok();
            input.select();
        }
    });
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        desk.run(renaming.save(desk, place));
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            renaming.end(place);
        }
    };
    view! {
        <form class="outline-rename" on:submit=save on:keydown=on_key data-testid="rename-form">
            <input class="field-input" node_ref=input aria-label=format!("New title of {label}") placeholder=label
                value=renaming.title.get_untracked() maxlength=Heading::MAX_CHARACTERS autocomplete="off"
                on:input=move |event| renaming.title.set(event_target_value(&event)) />
            <button class="button" data-kind="primary" data-size="small">"Rename"</button>
        </form>
    }
}

/// How long after a save the outline may be replaced once more: by what the live line tells of it.
const REPLACED: Duration = Duration::from_millis(500);

/// Gives the focus to something once it is on screen; and once more, if it was replaced and nothing else has it.
fn focus(selector: String) {
    let again = selector.clone();
    request_animation_frame(move || focus_now(&selector));
    let nothing_has_it = || document().active_element().is_none_or(|element| element.tag_name() == "BODY");
    set_timeout(
        move || {
            if nothing_has_it() {
                focus_now(&again);
            }
        },
        REPLACED,
    );
}

fn focus_now(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        found.focus().ok();
    }
}
