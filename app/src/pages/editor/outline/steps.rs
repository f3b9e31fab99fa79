//! Steps: where the keys of a tree lead, as the ARIA Authoring Practices describe them.

use super::shape::{Shape, TreeItem};
use crate::pages::editor::place::Place;

/// A key that goes somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Opens, or goes into an open row: to the right, where lines run so.
    Into,
    /// Closes, or goes to what it stands in.
    Out,
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Goes there.
    Go(TreeItem),
    /// Opens a row, or closes it.
    Fold(Place, bool),
}

impl Key {
    /// A key of the keyboard, where lines run from right to left or from left to right.
    pub fn of(key: &str, is_right_to_left: bool) -> Option<Self> {
        match (key, is_right_to_left) {
            ("ArrowUp", _) => Some(Self::Up),
            ("ArrowDown", _) => Some(Self::Down),
            ("Home", _) => Some(Self::First),
            ("End", _) => Some(Self::Last),
            ("ArrowRight", false) | ("ArrowLeft", true) => Some(Self::Into),
            ("ArrowLeft", false) | ("ArrowRight", true) => Some(Self::Out),
            _ => None,
        }
    }
}

/// What a key does there, while this chapter is in hand.
pub fn step(shape: &Shape, is_open: impl Fn(Place) -> bool, in_hand: Place, at: TreeItem, key: Key) -> Option<Step> {
    let go = |place| Step::Go(TreeItem::Row(place));
    match (key, at) {
        (Key::Into, TreeItem::Row(at)) => {
            let first = shape.below(at).first().copied()?;
            Some(if is_open(at) { go(first) } else { Step::Fold(at, true) })
        }
        (Key::Into, TreeItem::Next(_)) => None,
        (Key::Out, TreeItem::Row(at)) if !shape.below(at).is_empty() && is_open(at) => Some(Step::Fold(at, false)),
        (Key::Out, TreeItem::Row(at)) => shape.above(at).map(go),
        (Key::Out, TreeItem::Next(above)) => Some(go(above)),
        (Key::Up, _) => beside(&shape.items(is_open, in_hand), at, |here| here.checked_sub(1)),
        (Key::Down, _) => beside(&shape.items(is_open, in_hand), at, |here| here.checked_add(1)),
        (Key::First, _) => shape.visible(is_open).next().map(go),
        (Key::Last, _) => shape.visible(is_open).last().map(go),
    }
}

fn beside(items: &[TreeItem], at: TreeItem, to: impl Fn(usize) -> Option<usize>) -> Option<Step> {
    let here = items.iter().position(|&item| item == at)?;
    items.get(to(here)?).copied().map(Step::Go)
}

/// The next row whose title begins so: after this one for one letter, else from it on, around the end.
pub fn find(titles: &[(Place, String)], at: Place, typed: &str) -> Option<Place> {
    let typed = typed.to_lowercase();
    let mut letters = typed.chars();
    let first = letters.next()?;
    // The same letter again goes to the next one.
    let is_one = letters.all(|letter| letter == first);
    let wanted = if is_one { first.to_string() } else { typed };
    let here = titles.iter().position(|(place, _)| *place == at)?;
    let from = here + usize::from(is_one);
    let around = titles.iter().cycle().skip(from).take(titles.len());
    around
        .map(|(place, title)| (place, title.to_lowercase()))
        .find(|(_, title)| title.starts_with(&wanted))
        .map(|(place, _)| *place)
}

#[cfg(test)]
mod tests {
    use domain::{ChapterId, PartId, SceneId};

    use super::*;
    use crate::pages::editor::fixture::story;

    const PART: Place = Place::Part(PartId::from_bits(1));

    fn chapter(number: u64) -> Place {
        Place::Chapter(ChapterId::from_bits(number))
    }

    fn scene(number: u64) -> Place {
        Place::Scene(SceneId::from_bits(number))
    }

    #[test]
    fn keys_of_both_directions() {
        for (key, right_to_left, expected) in [
            ("ArrowRight", false, Some(Key::Into)),
            ("ArrowRight", true, Some(Key::Out)),
            ("ArrowLeft", true, Some(Key::Into)),
            ("ArrowDown", true, Some(Key::Down)),
            ("PageDown", false, None),
        ] {
            assert_eq!(Key::of(key, right_to_left), expected, "{key} {right_to_left}");
        }
    }

    #[test]
    fn a_step_goes_over_what_is_closed() {
        let shape = Shape::of(&story(&[&[0, 0], &[0, 0], &[0]]));
        let (go, next) = (|place| Some(Step::Go(TreeItem::Row(place))), |place| Some(Step::Go(TreeItem::Next(place))));
        let from = |closed: &[Place], in_hand, at, key, expected| {
            let step = step(&shape, |row| !closed.contains(&row), in_hand, at, key);
            assert_eq!(step, expected, "{at:?} {key:?} {closed:?}");
        };
        let check = |closed: &[Place], at, key, expected| from(closed, Place::Story, TreeItem::Row(at), key, expected);
        check(&[], PART, Key::Down, go(chapter(1)));
        check(&[chapter(1)], chapter(1), Key::Down, go(chapter(2)));
        check(&[chapter(1)], chapter(2), Key::Up, go(chapter(1)));
        check(&[], chapter(2), Key::Up, go(scene(2)));
        check(&[], Place::Story, Key::Up, None);
        check(&[], chapter(3), Key::Down, next(PART));
        check(&[], scene(2), Key::First, go(Place::Story));
        check(&[], scene(2), Key::Last, go(chapter(3)));
        check(&[PART], Place::Story, Key::Last, go(PART));
        check(&[chapter(1)], chapter(1), Key::Into, Some(Step::Fold(chapter(1), true)));
        check(&[], chapter(1), Key::Into, go(scene(1)));
        check(&[], chapter(1), Key::Out, Some(Step::Fold(chapter(1), false)));
        check(&[chapter(1)], chapter(1), Key::Out, go(PART));
        check(&[], scene(2), Key::Out, go(chapter(1)));
        check(&[], scene(2), Key::Into, None);
        check(&[], chapter(3), Key::Into, None);
        check(&[], chapter(3), Key::Out, go(PART));
        check(&[], Place::Story, Key::Out, None);
        let check = |at, key, expected| from(&[], chapter(1), at, key, expected);
        check(TreeItem::Row(scene(2)), Key::Down, next(chapter(1)));
        check(TreeItem::Next(chapter(1)), Key::Up, go(scene(2)));
        check(TreeItem::Next(chapter(1)), Key::Down, go(chapter(2)));
        check(TreeItem::Next(chapter(1)), Key::Out, go(chapter(1)));
        check(TreeItem::Next(chapter(1)), Key::Into, None);
        check(TreeItem::Next(PART), Key::Down, None);
    }

    #[test]
    fn letters_lead_to_titles() {
        let titles = ["Morning", "Evening", "Midnight", "Ébauche"];
        let titles: Vec<_> = (1..).zip(titles).map(|(number, title)| (chapter(number), title.to_owned())).collect();
        for (at, typed, expected) in [
            (1, "m", Some(3)),
            (3, "m", Some(1)),
            (1, "mm", Some(3)),
            (1, "mo", Some(1)),
            (1, "Mi", Some(3)),
            (2, "é", Some(4)),
            (2, "e", Some(2)),
            (1, "x", None),
            (1, "", None),
        ] {
            assert_eq!(find(&titles, chapter(at), typed), expected.map(chapter), "{at} {typed}");
        }
    }
}
