//! Drops: where something goes that is let go on a row of the outline.

use domain::StoryTree;

use super::Move;
use crate::pages::editor::place::{Place, chapters};

/// Which part of a row it is let go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// It goes before the row.
    Upper,
    /// It goes behind it.
    Lower,
}

/// Where it is shown to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Before the row.
    Before,
    /// Behind it.
    After,
    /// Into it.
    Into,
}

/// The move of something that is let go on a row; `None`, if it can't go there or is there.
pub fn dropped(tree: &StoryTree, what: Place, on: Place, half: Half) -> Option<(Move, Mark)> {
    let mark = match half {
        Half::Upper => Mark::Before,
        Half::Lower => Mark::After,
    };
    match (what, on) {
        (Place::Part(part), Place::Part(other)) => {
            let at = |wanted| tree.parts.iter().position(|one| one.part == wanted);
            let to = among(at(part), at(other)?, half)?;
            Some((Move::Part(part, to), mark))
        }
        (Place::Chapter(chapter), Place::Chapter(other)) => {
            let part = tree.parts.iter().find(|part| part.chapters.iter().any(|one| one.chapter == other))?;
            let at = |wanted| part.chapters.iter().position(|one| one.chapter == wanted);
            let to = among(at(chapter), at(other)?, half)?;
            Some((Move::Chapter(chapter, part.part, to), mark))
        }
        (Place::Chapter(chapter), Place::Part(part)) => {
            let part = tree.parts.iter().find(|one| one.part == part)?;
            let is_first = part.chapters.first().is_some_and(|first| first.chapter == chapter);
            (!is_first).then_some((Move::Chapter(chapter, part.part, 0), Mark::Into))
        }
        (Place::Scene(scene), Place::Scene(other)) => {
            let mut all = chapters(tree).map(|found| found.chapter);
            let chapter = all.find(|chapter| chapter.scenes.iter().any(|one| one.scene == other))?;
            let at = |wanted| chapter.scenes.iter().position(|one| one.scene == wanted);
            let to = among(at(scene), at(other)?, half)?;
            Some((Move::Scene(scene, chapter.chapter, to), mark))
        }
        (Place::Scene(scene), Place::Chapter(chapter)) => {
            let chapter = chapters(tree).map(|found| found.chapter).find(|one| one.chapter == chapter)?;
            let is_last = chapter.scenes.last().is_some_and(|last| last.scene == scene);
            let others = chapter.scenes.iter().filter(|one| one.scene != scene).count();
            let to = u32::try_from(others).ok()?;
            (!is_last).then_some((Move::Scene(scene, chapter.chapter, to), Mark::Into))
        }
        (Place::Story, _)
        | (_, Place::Story)
        | (Place::Part(_), Place::Chapter(_) | Place::Scene(_))
        | (Place::Chapter(_), Place::Scene(_))
        | (Place::Scene(_), Place::Part(_)) => None,
    }
}

/// The place among siblings, from which it is taken away first; `None`, if that is where it stands.
fn among(from: Option<usize>, on: usize, half: Half) -> Option<u32> {
    let to = match half {
        Half::Upper => on,
        Half::Lower => on + 1,
    };
    let to = match from {
        Some(from) if from == to || from + 1 == to => return None,
        Some(from) if from < to => to - 1,
        Some(_) | None => to,
    };
    u32::try_from(to).ok()
}

#[cfg(test)]
mod tests {
    use domain::{ChapterId, PartId, SceneId};

    use super::*;
    use crate::pages::editor::fixture::story;

    const PART: PartId = PartId::from_bits(1);

    #[test]
    fn among_siblings_it_is_taken_away_first() {
        for (from, on, half, expected) in [
            (Some(0), 2, Half::Lower, Some(2)),
            (Some(0), 2, Half::Upper, Some(1)),
            (Some(0), 1, Half::Upper, None),
            (Some(0), 0, Half::Lower, None),
            (Some(2), 0, Half::Upper, Some(0)),
            (Some(2), 0, Half::Lower, Some(1)),
            (Some(2), 1, Half::Lower, None),
            (None, 1, Half::Upper, Some(1)),
            (None, 1, Half::Lower, Some(2)),
        ] {
            assert_eq!(among(from, on, half), expected, "{from:?} {on} {half:?}");
        }
    }

    #[test]
    fn it_goes_only_where_it_can_stand() {
        let (chapter, scene) = (ChapterId::from_bits, SceneId::from_bits);
        // The scenes 1 and 2 in the first chapter, 3 in the second, none in the third.
        let tree = story(&[&[0, 0], &[0], &[]]);
        let check = |what, on, half, expected| {
            assert_eq!(dropped(&tree, what, on, half).map(|(to, _)| to), expected, "{what:?} {on:?} {half:?}");
        };
        let (first, third) = (Place::Chapter(chapter(1)), Place::Chapter(chapter(3)));
        check(third, first, Half::Upper, Some(Move::Chapter(chapter(3), PART, 0)));
        check(first, third, Half::Lower, Some(Move::Chapter(chapter(1), PART, 2)));
        check(third, Place::Part(PART), Half::Lower, Some(Move::Chapter(chapter(3), PART, 0)));
        check(first, Place::Part(PART), Half::Lower, None);
        check(first, Place::Scene(scene(3)), Half::Lower, None);
        check(first, Place::Story, Half::Lower, None);
        check(Place::Story, first, Half::Lower, None);
        check(Place::Part(PART), Place::Part(PART), Half::Upper, None);
        let one = Place::Scene(scene(1));
        check(one, third, Half::Upper, Some(Move::Scene(scene(1), chapter(3), 0)));
        check(one, first, Half::Upper, Some(Move::Scene(scene(1), chapter(1), 1)));
        check(Place::Scene(scene(2)), first, Half::Upper, None);
        check(one, Place::Scene(scene(3)), Half::Lower, Some(Move::Scene(scene(1), chapter(2), 1)));
        check(one, Place::Part(PART), Half::Lower, None);
    }
}
