//! The cast: characters and settings, the author's notebook.

use std::sync::Arc;

use domain::{CastDraft, CastId, CastKind, CastMember, Name, Note, Rev, StoryId};
use leptos::{prelude::*, task::spawn_local};

use super::{
    ask::Question,
    cast_item::{CastItem, NewMember},
    desk::Desk,
    parsed,
};
use crate::{
    AppError,
    api::studio::{AddCastMember, DeleteCastMember, SaveCastMember},
    cache::{Mutation, use_mutation},
    components::Each,
};

/// What can be done to a story's cast.
#[derive(Clone, Copy)]
pub struct Casting {
    story: StoryId,
    question: RwSignal<Option<Question>>,
    add: Mutation<AddCastMember>,
    save: Mutation<SaveCastMember>,
    delete: Mutation<DeleteCastMember>,
}

impl Casting {
    fn new(desk: Desk) -> Self {
        Self {
            story: desk.story,
            question: desk.question,
            add: use_mutation(),
            save: use_mutation(),
            delete: use_mutation(),
        }
    }

    /// The place where the draft of a new one is kept.
    pub fn place_of_new(self, kind: CastKind) -> String {
        format!("new-{kind}-{}", self.story)
    }

    /// Adds a character, or a setting.
    pub async fn add(self, kind: CastKind, name: String, description: String) -> Result<(), AppError> {
        let (story, name, description) = (self.story, parsed(Name::parse(&name))?, parsed(Note::parse(&description))?);
        self.add.send(AddCastMember { story, kind, name, description }).await.map(|_| ())
    }

    /// Saves what the notebook says.
    pub async fn save(
        self,
        kind: CastKind,
        member: CastId,
        name: String,
        description: String,
        base: Rev,
    ) -> Result<Rev, AppError> {
        let (name, description) = (parsed(Name::parse(&name))?, parsed(Note::parse(&description))?);
        self.save.send(SaveCastMember { kind, member, draft: CastDraft { name, description, base } }).await
    }

    /// Deletes a character, or a setting, when the author is sure.
    pub fn delete(self, CastMember { kind, member, name, .. }: &CastMember, error: RwSignal<Option<AppError>>) {
        let (kind, member) = (*kind, *member);
        let done = Arc::new(move || {
            spawn_local(async move {
                error.try_set(self.delete.send(DeleteCastMember { kind, member }).await.err());
            });
        });
        self.question.set(Some(Question {
            title: format!("Delete “{name}”?"),
            text: "Your notes on them go with it. This can’t be undone.".to_owned(),
            button: "Delete".to_owned(),
            done,
        }));
    }
}

/// Both lists.
#[component]
pub fn CastSection(desk: Desk, cast: Memo<Vec<CastMember>>) -> impl IntoView {
    let casting = Casting::new(desk);
    view! {
        <section class="section" aria-labelledby="cast-title">
            <h2 class="section-head" id="cast-title">"Cast"</h2>
            <div class="cast">
                <Members casting cast kind=CastKind::Character />
                <Members casting cast kind=CastKind::Setting />
            </div>
        </section>
    }
}

#[component]
fn Members(casting: Casting, cast: Memo<Vec<CastMember>>, kind: CastKind) -> impl IntoView {
    let members =
        Memo::new(move |_| cast.with(|cast| cast.iter().filter(|one| one.kind == kind).cloned().collect::<Vec<_>>()));
    let (id, title) = match kind {
        CastKind::Character => ("characters", "Characters"),
        CastKind::Setting => ("settings", "Settings"),
    };
    let title_id = format!("{id}-title");
    view! {
        <section class="card" aria-labelledby=title_id data-testid=id>
            <h3 class="card-title" id=title_id.clone()>{title}</h3>
            <ul class="cast-list">
                // Keyed by member alone: a form that is open stays open when another one is saved.
                <Each items=members key=|one: &CastMember| one.member let:one><CastItem casting member=one /></Each>
            </ul>
            <NewMember casting kind />
        </section>
    }
}
