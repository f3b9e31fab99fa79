//! A story's cast: its characters and settings, the author's notebook.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Quire, Tags,
    ids::{CharacterId, SettingId, StoryId, UserId},
    kinds::Area,
    rev::Rev,
    tag::Tag,
    text::{Name, Note},
};

/// The characters and settings of one's own story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cast {
    /// Whose.
    pub viewer: UserId,
    /// The story.
    pub story: StoryId,
}

/// Characters and settings, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CastList {
    /// Who is in the story.
    pub characters: Vec<Character>,
    /// Where it takes place.
    pub settings: Vec<Setting>,
}

/// A person in a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Character {
    /// The character.
    pub character: CharacterId,
    /// What they are called.
    pub name: Name,
    /// Who they are.
    pub description: Note,
    /// How often that was saved.
    pub rev: Rev,
}

/// Somewhere in a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// The setting.
    pub setting: SettingId,
    /// What it is called.
    pub name: Name,
    /// What it is like.
    pub description: Note,
    /// How often that was saved.
    pub rev: Rev,
}

impl Query for Cast {
    type Nouns = Quire;
    type Output = CastList;
    const NAME: &'static str = "cast";
    const VERSION: u32 = 2;
    const AREA: Area = Area::Writing;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, cast: &CastList) -> Tags {
        // The story's own tags are not here on purpose: a saved scene leaves the notebook alone.
        let characters = cast.characters.iter().map(|one| Tag::Character(one.character));
        Tags::of(Tag::Cast(self.story), characters.chain(cast.settings.iter().map(|one| Tag::Setting(one.setting))))
    }
}
