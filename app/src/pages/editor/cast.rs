//! The cast: characters and settings, the author's notebook.

use std::sync::Arc;

use domain::{CastList, Character, CharacterId, Name, Note, Rev, Setting, SettingId, StoryId};
use leptos::{prelude::*, task::spawn_local};

use super::{
    ask::Question,
    cast_item::{CastItem, NewMember},
    desk::Desk,
    parsed,
};
use crate::{
    AppError,
    api::studio::{AddCharacter, AddSetting, DeleteCharacter, DeleteSetting, SaveCharacter, SaveSetting},
    cache::{Mutation, use_mutation},
    components::Each,
};

/// Who or where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Member {
    /// A person.
    Character(CharacterId),
    /// Somewhere.
    Setting(SettingId),
}

/// What the notebook says of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberNote {
    /// Who or where.
    pub member: Member,
    /// What they are called.
    pub name: Name,
    /// What they are like.
    pub description: Note,
    /// How often that was saved.
    pub rev: Rev,
}

impl From<&Character> for MemberNote {
    fn from(one: &Character) -> Self {
        let (name, description) = (one.name.clone(), one.description.clone());
        Self { member: Member::Character(one.character), name, description, rev: one.rev }
    }
}

impl From<&Setting> for MemberNote {
    fn from(one: &Setting) -> Self {
        let (name, description) = (one.name.clone(), one.description.clone());
        Self { member: Member::Setting(one.setting), name, description, rev: one.rev }
    }
}

/// What can be done to a story's cast.
#[derive(Clone, Copy)]
pub struct Casting {
    story: StoryId,
    question: RwSignal<Option<Question>>,
    add_character: Mutation<AddCharacter>,
    save_character: Mutation<SaveCharacter>,
    delete_character: Mutation<DeleteCharacter>,
    add_setting: Mutation<AddSetting>,
    save_setting: Mutation<SaveSetting>,
    delete_setting: Mutation<DeleteSetting>,
}

impl Casting {
    fn new(desk: Desk) -> Self {
        Self {
            story: desk.story,
            question: desk.question,
            add_character: use_mutation(),
            save_character: use_mutation(),
            delete_character: use_mutation(),
            add_setting: use_mutation(),
            save_setting: use_mutation(),
            delete_setting: use_mutation(),
        }
    }

    /// The place where the draft of a new one is kept.
    pub fn place_of_new(self, character: bool) -> String {
        format!("new-{}-{}", if character { "character" } else { "setting" }, self.story)
    }

    /// Adds a character, or a setting.
    pub async fn add(self, character: bool, name: String, description: String) -> Result<(), AppError> {
        let (story, name, description) = (self.story, parsed(Name::parse(&name))?, parsed(Note::parse(&description))?);
        if character {
            self.add_character.send(AddCharacter { story, name, description }).await.map(|_| ())
        } else {
            self.add_setting.send(AddSetting { story, name, description }).await.map(|_| ())
        }
    }

    /// Saves what the notebook says.
    pub async fn save(self, member: Member, name: String, description: String, base: Rev) -> Result<Rev, AppError> {
        let (name, description) = (parsed(Name::parse(&name))?, parsed(Note::parse(&description))?);
        match member {
            Member::Character(character) => {
                self.save_character.send(SaveCharacter { character, name, description, base }).await
            }
            Member::Setting(setting) => self.save_setting.send(SaveSetting { setting, name, description, base }).await,
        }
    }

    /// Deletes a character, or a setting, when the author is sure.
    pub fn delete(self, member: Member, name: &Name, error: RwSignal<Option<AppError>>) {
        let done = Arc::new(move || {
            spawn_local(async move {
                let answer = match member {
                    Member::Character(character) => self.delete_character.send(DeleteCharacter { character }).await,
                    Member::Setting(setting) => self.delete_setting.send(DeleteSetting { setting }).await,
                };
                error.try_set(answer.err());
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
pub fn CastSection(desk: Desk, cast: Memo<CastList>) -> impl IntoView {
    let casting = Casting::new(desk);
    let characters =
        Memo::new(move |_| cast.with(|cast| cast.characters.iter().map(MemberNote::from).collect::<Vec<_>>()));
    let settings = Memo::new(move |_| cast.with(|cast| cast.settings.iter().map(MemberNote::from).collect::<Vec<_>>()));
    view! {
        <section class="section" aria-labelledby="cast-title">
            <h2 class="section-head" id="cast-title">"Cast"</h2>
            <div class="cast">
                <section class="card" aria-labelledby="characters-title" data-testid="characters">
                    <h3 class="card-title" id="characters-title">"Characters"</h3>
                    <Members casting members=characters />
                    <NewMember casting character=true />
                </section>
                <section class="card" aria-labelledby="settings-title" data-testid="settings">
                    <h3 class="card-title" id="settings-title">"Settings"</h3>
                    <Members casting members=settings />
                    <NewMember casting character=false />
                </section>
            </div>
        </section>
    }
}

#[component]
fn Members(casting: Casting, members: Memo<Vec<MemberNote>>) -> impl IntoView {
    view! {
        <ul class="cast-list">
            // Keyed by member alone: a form that is open stays open when another one is saved.
            <Each items=members key=|note: &MemberNote| note.member let:note><CastItem casting note /></Each>
        </ul>
    }
}
