//! Moves: one place up or down, into the neighbouring chapter or part where this one ends; or where it is let go.

mod drop;

use domain::{ChapterId, PartId, SceneId, StoryTree};

pub use self::drop::{Half, Mark, dropped};
use super::place::{Found, Place, chapters};

/// Where something goes: its new parent and the place there, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// A part.
    Part(PartId, u32),
    /// A chapter.
    Chapter(ChapterId, PartId, u32),
    /// A scene.
    Scene(SceneId, ChapterId, u32),
}

impl Move {
    /// What goes there.
    pub const fn moved(self) -> Place {
        match self {
            Self::Part(part, _) => Place::Part(part),
            Self::Chapter(chapter, ..) => Place::Chapter(chapter),
            Self::Scene(scene, ..) => Place::Scene(scene),
        }
    }
}

/// Up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Towards the beginning.
    Up,
    /// Towards the end.
    Down,
}

/// The move that puts it one place further; `None` at the story's ends.
pub fn one_place(tree: &StoryTree, place: Place, way: Way) -> Option<Move> {
    match place {
        Place::Story => None,
        Place::Part(part) => {
            let at = tree.parts.iter().position(|one| one.part == part)?;
            step(at, tree.parts.len(), way).map(|place| Move::Part(part, place))
        }
        Place::Chapter(chapter) => {
            let parents: Vec<_> = tree.parts.iter().map(|part| (part.part, part.chapters.len())).collect();
            let (parent, at) = tree.parts.iter().enumerate().find_map(|(parent, part)| {
                Some((parent, part.chapters.iter().position(|one| one.chapter == chapter)?))
            })?;
            across(&parents, parent, at, way).map(|(part, place)| Move::Chapter(chapter, part, place))
        }
        Place::Scene(scene) => {
            let parents: Vec<_> =
                chapters(tree).map(|Found { chapter, .. }| (chapter.chapter, chapter.scenes.len())).collect();
            let (parent, at) = chapters(tree).enumerate().find_map(|(parent, Found { chapter, .. })| {
                Some((parent, chapter.scenes.iter().position(|one| one.scene == scene)?))
            })?;
            across(&parents, parent, at, way).map(|(chapter, place)| Move::Scene(scene, chapter, place))
        }
    }
}

/// One step among `count` siblings.
fn step(at: usize, count: usize, way: Way) -> Option<u32> {
    let to = match way {
        Way::Up => at.checked_sub(1)?,
        Way::Down => Some(at + 1).filter(|&to| to < count)?,
    };
    u32::try_from(to).ok()
}

/// One step among siblings, or to the near end of the neighbouring parent.
fn across<P: Copy>(parents: &[(P, usize)], parent: usize, at: usize, way: Way) -> Option<(P, u32)> {
    let (own, count) = *parents.get(parent)?;
    if let Some(to) = step(at, count, way) {
        return Some((own, to));
    }
    match way {
        Way::Up => {
            let (other, count) = *parents.get(parent.checked_sub(1)?)?;
            Some((other, u32::try_from(count).ok()?))
        }
        Way::Down => parents.get(parent + 1).map(|&(other, _)| (other, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_stays_among_siblings_while_it_can() {
        let parents = [('a', 2), ('b', 0), ('c', 1)];
        assert_eq!(across(&parents, 0, 1, Way::Up), Some(('a', 0)));
        assert_eq!(across(&parents, 0, 0, Way::Up), None, "the story begins here");
        assert_eq!(across(&parents, 0, 1, Way::Down), Some(('b', 0)));
        assert_eq!(across(&parents, 2, 0, Way::Up), Some(('b', 0)), "an empty parent is a place too");
        assert_eq!(across(&parents, 2, 0, Way::Down), None, "and ends here");
    }
}
