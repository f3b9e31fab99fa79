//! The texts of a scene: what is saved, kept as a version, and joined.

use serde::{Deserialize, Serialize};

use crate::{
    compare::{Piece, difference, merge},
    inputs::SceneSave,
    kinds::TextKind,
    rev::Rev,
    text::{Body, Heading, Note},
};

/// The texts of a scene.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneTexts {
    /// Its title, if it has one.
    pub title: Heading,
    /// Its text.
    pub content: Body,
    /// The goal of a person in it.
    pub goal: Note,
    /// The obstacle.
    pub conflict: Note,
    /// The result.
    pub outcome: Note,
}

impl SceneTexts {
    /// A save of them, begun from a revision, and from no working copy.
    pub fn save(self, base: Rev) -> SceneSave {
        self.save_kept(base, Rev(0))
    }

    /// A save of them, begun from a revision and from this revision of its working copy.
    pub fn save_kept(self, base: Rev, kept: Rev) -> SceneSave {
        let Self { title, content, goal, conflict, outcome } = self;
        SceneSave { title, content, goal, conflict, outcome, base, kept }
    }

    /// What two saves made of these texts, in one; nothing, if it can't all be kept, or has no room.
    pub fn merge(&self, theirs: &Self, mine: &Self) -> Option<Self> {
        let [title, content, goal, conflict, outcome] = TextKind::ALL else { return None };
        let merged = |kind: &TextKind| merge(self.text(*kind), theirs.text(*kind), mine.text(*kind));
        Some(Self {
            title: Heading::parse(&merged(title)?).ok()?,
            content: Body::parse(&merged(content)?).ok()?,
            goal: Note::parse(&merged(goal)?).ok()?,
            conflict: Note::parse(&merged(conflict)?).ok()?,
            outcome: Note::parse(&merged(outcome)?).ok()?,
        })
    }

    /// What became of them: the scene's text always, the others if they changed.
    pub fn difference(&self, now: &Self) -> Vec<(TextKind, Vec<Piece>)> {
        let differs = |kind: &&TextKind| **kind == TextKind::Content || self.text(**kind) != now.text(**kind);
        let told = |kind: &TextKind| (*kind, difference(self.text(*kind), now.text(*kind)));
        TextKind::ALL.iter().filter(differs).map(told).collect()
    }

    /// How long they are, in bytes.
    pub fn bytes(&self) -> usize {
        TextKind::ALL.iter().map(|kind| self.text(*kind).len()).sum()
    }

    fn text(&self, kind: TextKind) -> &str {
        match kind {
            TextKind::Title => self.title.as_str(),
            TextKind::Content => self.content.as_str(),
            TextKind::Goal => self.goal.as_str(),
            TextKind::Conflict => self.conflict.as_str(),
            TextKind::Outcome => self.outcome.as_str(),
        }
    }
}

impl From<SceneSave> for SceneTexts {
    fn from(save: SceneSave) -> Self {
        let SceneSave { title, content, goal, conflict, outcome, base: _, kept: _ } = save;
        Self { title, content, goal, conflict, outcome }
    }
}
