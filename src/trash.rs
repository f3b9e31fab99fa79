//! The trash: what was deleted, and how it comes back.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Millis,
    ids::{CastId, ChapterId, PartId, SceneId, StoryId},
    kinds::CastKind,
    text::Heading,
};

/// How long something stays in the trash, in milliseconds: 30 days.
pub const KEPT_IN_TRASH: i64 = 30 * 24 * 60 * 60 * 1_000;

/// What can be in the trash. As text it is its noun and its id, as in `scene:0123456789abc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Trashed {
    /// A story with all that was in it.
    Story(StoryId),
    /// A part with its chapters.
    Part(PartId),
    /// A chapter with its scenes.
    Chapter(ChapterId),
    /// A scene with its text.
    Scene(SceneId),
    /// A character.
    Character(CastId),
    /// A setting.
    Setting(CastId),
}

impl Trashed {
    /// A character or a setting.
    pub const fn cast_member(kind: CastKind, member: CastId) -> Self {
        match kind {
            CastKind::Character => Self::Character(member),
            CastKind::Setting => Self::Setting(member),
        }
    }

    /// What it is called in a sentence.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Story(_) => "story",
            Self::Part(_) => "part",
            Self::Chapter(_) => "chapter",
            Self::Scene(_) => "scene",
            Self::Character(_) => "character",
            Self::Setting(_) => "setting",
        }
    }

    /// Its id.
    pub fn id(self) -> String {
        match self {
            Self::Story(id) => id.to_string(),
            Self::Part(id) => id.to_string(),
            Self::Chapter(id) => id.to_string(),
            Self::Scene(id) => id.to_string(),
            Self::Character(id) | Self::Setting(id) => id.to_string(),
        }
    }
}

/// The text names nothing that can be in the trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Nothing of that name can be in the trash. Write it as in scene:0123456789abc.")]
pub struct NotTrashed;

impl fmt::Display for Trashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.noun(), self.id())
    }
}

impl FromStr for Trashed {
    type Err = NotTrashed;
    fn from_str(text: &str) -> Result<Self, NotTrashed> {
        let (noun, id) = text.split_once(':').ok_or(NotTrashed)?;
        match noun {
            "story" => read(id).map(Self::Story),
            "part" => read(id).map(Self::Part),
            "chapter" => read(id).map(Self::Chapter),
            "scene" => read(id).map(Self::Scene),
            "character" => read(id).map(Self::Character),
            "setting" => read(id).map(Self::Setting),
            _ => Err(NotTrashed),
        }
    }
}

fn read<T: FromStr>(id: &str) -> Result<T, NotTrashed> {
    id.parse().map_err(|_| NotTrashed)
}

impl TryFrom<String> for Trashed {
    type Error = NotTrashed;
    fn try_from(text: String) -> Result<Self, NotTrashed> {
        text.parse()
    }
}

impl From<Trashed> for String {
    fn from(trashed: Trashed) -> Self {
        trashed.to_string()
    }
}

/// Something in the trash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrashItem {
    /// What.
    pub what: Trashed,
    /// Its title or name, which may be empty.
    pub title: String,
    /// The story that it was in, as that was called then; nothing of a story itself.
    pub story_title: Option<String>,
    /// How many words went with it.
    pub words: u32,
    /// Since when it is there.
    pub deleted_at: Millis,
}

impl TrashItem {
    /// When it goes for good.
    pub const fn gone_at(&self) -> Millis {
        Millis(self.deleted_at.0 + KEPT_IN_TRASH)
    }

    /// How many days it has left, begun ones included.
    pub fn days_left(&self, now: Millis) -> u32 {
        const DAY: i64 = 24 * 60 * 60 * 1_000;
        let left = self.gone_at().0.saturating_sub(now.0).max(0);
        u32::try_from(left / DAY + i64::from(left % DAY > 0)).unwrap_or(u32::MAX)
    }
}

/// How something came back from the trash. As text it is a sentence for its author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// What.
    pub what: Trashed,
    /// The story that it is in, or is.
    pub story: StoryId,
    /// Where it stands, if what it stood in is gone: the title of that part or chapter.
    pub elsewhere: Option<Heading>,
    /// Who may read it.
    pub readers: ReadersThen,
}

/// What readers have of something that came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadersThen {
    /// They never had it.
    Never,
    /// They had it; now it is a draft.
    NoLonger,
    /// They have it again.
    Again,
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = self.what.noun();
        write!(f, "The {noun} is back")?;
        match &self.elsewhere {
            None => f.write_str(".")?,
            Some(title) if title.is_empty() => write!(f, ", in another place: what it stood in is gone.")?,
            Some(title) => write!(f, ", at the end of “{title}”: what it stood in is gone.")?,
        }
        match self.readers {
            ReadersThen::Never => Ok(()),
            ReadersThen::NoLonger => f.write_str(" It is a draft: publish it when readers should have it again."),
            ReadersThen::Again => f.write_str(" Readers have it again, because its chapter is published."),
        }
    }
}

/// Why something did not come back. The texts are shown as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum NotRestored {
    /// Its story is in the trash, too.
    #[error("The story that this belongs to is in the trash, too. Restore the story first.")]
    StoryIsTrashed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        for (what, text) in [
            (Trashed::Story(StoryId::from_bits(1)), "story:0000000000001"),
            (Trashed::Part(PartId::from_bits(1)), "part:0000000000001"),
            (Trashed::Chapter(ChapterId::from_bits(1)), "chapter:0000000000001"),
            (Trashed::Scene(SceneId::from_bits(1)), "scene:0000000000001"),
            (Trashed::Character(CastId::from_bits(1)), "character:0000000000001"),
            (Trashed::Setting(CastId::from_bits(1)), "setting:0000000000001"),
        ] {
            assert_eq!((what.to_string().as_str(), text.parse()), (text, Ok(what)));
        }
        for wrong in ["", "scene", "scene:", "scene:x", "post:0000000000001", ":0000000000001"] {
            assert_eq!(wrong.parse::<Trashed>(), Err(NotTrashed), "{wrong}");
        }
    }

    #[test]
    fn days_left() {
        const DAY: i64 = 24 * 60 * 60 * 1_000;
        let item = TrashItem {
            what: Trashed::Scene(SceneId::from_bits(1)),
            title: String::new(),
            story_title: None,
            words: 0,
            deleted_at: Millis(5),
        };
        for (now, left) in [(5, 30), (6, 30), (5 + DAY, 29), (4 + 30 * DAY, 1), (5 + 30 * DAY, 0), (5 + 40 * DAY, 0)] {
            assert_eq!(item.days_left(Millis(now)), left, "{now}");
        }
    }

    #[test]
    fn where_it_came_back_is_said() {
        let restored = |elsewhere: Option<&str>, readers| Restored {
            what: Trashed::Scene(SceneId::from_bits(1)),
            story: StoryId::from_bits(2),
            elsewhere: elsewhere.map(|title| Heading::parse(title).expect("a title")),
            readers,
        };
        let back = restored(None, ReadersThen::Never);
        assert_eq!(back.to_string(), "The scene is back.");
        let elsewhere = restored(Some("The end"), ReadersThen::Again);
        assert_eq!(
            elsewhere.to_string(),
            "The scene is back, at the end of “The end”: what it stood in is gone. Readers have it again, because its \
             chapter is published."
        );
    }
}
