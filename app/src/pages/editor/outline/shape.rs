//! The shape of an outline: which rows there are, what each says, and what stands below it.

use std::collections::HashMap;

use domain::{ChapterState, StoryTree, TreeChapter};

use crate::pages::editor::place::{self, Place, label};

/// In a story of more scenes than this, those of a chapter are listed once it is opened.
const MANY: usize = 2_000;

/// An item of the tree: where the focus can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TreeItem {
    /// The row of a place.
    Row(Place),
    /// The row below all that stands in a place, which adds one more.
    Next(Place),
}

/// What one row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The title, or what stands in for one.
    pub title: String,
    /// How many words there are.
    pub words: Option<u32>,
    /// Whether readers have the chapter. In a story that only its author can read, that says nothing.
    pub state: Option<ChapterState>,
    /// What it leads to: a chapter of one scene leads to that scene, which has no row of its own.
    pub opens: Place,
}

impl Row {
    /// A row of a place that is not there.
    pub const fn of_nothing(opens: Place) -> Self {
        Self { title: String::new(), words: None, state: None, opens }
    }
}

/// A row, what it stands below, and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Node {
    row: Row,
    above: Option<Place>,
    below: Vec<Place>,
}

/// All rows of an outline.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    tops: Vec<Place>,
    nodes: HashMap<Place, Node>,
    /// The scenes without a row, and their chapters.
    alone: HashMap<Place, Place>,
    /// Whether there are too many scenes to list all.
    pub is_large: bool,
}

impl Shape {
    /// The outline of a story.
    pub fn of(tree: &StoryTree) -> Self {
        let scenes: usize = place::chapters(tree).map(|found| found.chapter.scenes.len()).sum();
        let mut shape = Self { is_large: scenes > MANY, ..Self::default() };
        let story = Row { title: "About the story".to_owned(), words: None, state: None, opens: Place::Story };
        shape.add(Place::Story, None, story, Vec::new());
        let mut chapters = 0;
        for (number, part) in (1..).zip(&tree.parts) {
            let above = Place::Part(part.part);
            let below = part.chapters.iter().map(|chapter| {
                chapters += 1;
                shape.add_chapter(above, chapters, chapter, tree.published)
            });
            let below = below.collect();
            let words = part.chapters.iter().map(place::words).sum();
            let title = label(&part.title, "Part", number);
            shape.add(above, None, Row { title, words: Some(words), state: None, opens: above }, below);
        }
        shape
    }

    fn add_chapter(&mut self, above: Place, number: usize, chapter: &TreeChapter, is_published: bool) -> Place {
        let place = Place::Chapter(chapter.chapter);
        let (opens, below) = match chapter.scenes.as_slice() {
            [alone] => {
                let scene = Place::Scene(alone.scene);
                self.alone.insert(scene, place);
                (scene, Vec::new())
            }
            scenes => {
                let below = (1..).zip(scenes).map(|(number, scene)| {
                    let (here, title) = (Place::Scene(scene.scene), label(&scene.title, "Scene", number));
                    let row = Row { title, words: Some(scene.words), state: None, opens: here };
                    self.add(here, Some(place), row, Vec::new())
                });
                (place, below.collect())
            }
        };
        let title = label(&chapter.title, "Chapter", number);
        let state = is_published.then(|| chapter.state.clone());
        self.add(place, Some(above), Row { title, words: Some(place::words(chapter)), state, opens }, below)
    }

    fn add(&mut self, place: Place, above: Option<Place>, row: Row, below: Vec<Place>) -> Place {
        if above.is_none() {
            self.tops.push(place);
        }
        self.nodes.insert(place, Node { row, above, below });
        place
    }

    /// The rows that stand below none.
    pub fn tops(&self) -> &[Place] {
        &self.tops
    }

    /// What the row of a place says.
    pub fn row(&self, place: Place) -> Option<&Row> {
        self.nodes.get(&place).map(|node| &node.row)
    }

    /// The rows right below.
    pub fn below(&self, place: Place) -> &[Place] {
        self.nodes.get(&place).map_or(&[], |node| &node.below)
    }

    /// The row right above.
    pub fn above(&self, place: Place) -> Option<Place> {
        self.nodes.get(&place).and_then(|node| node.above)
    }

    /// The row in which a place is found: its own, or that of the chapter whose one scene it is.
    pub fn row_of(&self, place: Place) -> Place {
        self.alone.get(&place).copied().unwrap_or(place)
    }

    /// What is on screen, in order, if these rows are open and this chapter is in hand.
    pub fn items(&self, is_open: impl Fn(Place) -> bool, in_hand: Place) -> Vec<TreeItem> {
        let mut left: Vec<TreeItem> = self.tops.iter().rev().copied().map(TreeItem::Row).collect();
        let mut items = Vec::with_capacity(self.nodes.len());
        while let Some(item) = left.pop() {
            items.push(item);
            let TreeItem::Row(place) = item else { continue };
            let (below, is_open) = (self.below(place), is_open(place));
            if (is_open || below.is_empty()) && can_grow(place, || place == in_hand) {
                left.push(TreeItem::Next(place));
            }
            if is_open {
                left.extend(below.iter().rev().copied().map(TreeItem::Row));
            }
        }
        items
    }

    /// The rows on screen, in order, if these are open.
    pub fn visible(&self, is_open: impl Fn(Place) -> bool) -> impl Iterator<Item = Place> {
        self.items(is_open, Place::Story).into_iter().filter_map(|item| match item {
            TreeItem::Row(place) => Some(place),
            TreeItem::Next(_) => None,
        })
    }

    /// The row of a place, if it is on screen, else the nearest above it that is.
    pub fn nearest_visible(&self, place: Place, is_open: impl Fn(Place) -> bool) -> Place {
        if self.row(place).is_none() {
            return Place::Story;
        }
        let (mut nearest, mut at) = (place, place);
        while let Some(above) = self.above(at) {
            if !is_open(above) {
                nearest = above;
            }
            at = above;
        }
        nearest
    }
}

/// Whether a row stands below all that is in a place, which adds one more: a chapter to each part, a scene to the
/// chapter in hand. Below each chapter, it would be half of the outline.
pub fn can_grow(place: Place, is_in_hand: impl Fn() -> bool) -> bool {
    match place {
        Place::Part(_) => true,
        Place::Chapter(_) => is_in_hand(),
        Place::Story | Place::Scene(_) => false,
    }
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
    fn a_chapter_of_one_scene_stands_for_it() {
        let shape = Shape::of(&story(&[&[0], &[0, 0], &[]]));
        let all = [Place::Story, PART, chapter(1), chapter(2), scene(2), scene(3), chapter(3)];
        assert!(shape.visible(|_| true).eq(all));
        for (place, row, opens) in [
            (scene(1), chapter(1), scene(1)),
            (chapter(1), chapter(1), scene(1)),
            (chapter(2), chapter(2), chapter(2)),
            (scene(2), scene(2), scene(2)),
            (chapter(3), chapter(3), chapter(3)),
        ] {
            assert_eq!(shape.row_of(place), row, "{place:?}");
            assert_eq!(shape.row(row).map(|row| row.opens), Some(opens), "{place:?}");
        }
    }

    #[test]
    fn what_is_below_a_closed_row_is_found_in_that_row() {
        let shape = Shape::of(&story(&[&[0, 0], &[0, 0]]));
        let check = |closed: &[Place], place, expected| {
            assert_eq!(shape.nearest_visible(place, |row| !closed.contains(&row)), expected, "{closed:?}");
        };
        check(&[], scene(2), scene(2));
        check(&[chapter(2)], scene(2), scene(2));
        check(&[chapter(1)], scene(2), chapter(1));
        check(&[chapter(1), PART], scene(2), PART);
        check(&[PART], scene(2), PART);
        check(&[], scene(9), Place::Story);
        assert!(shape.visible(|row| row != PART).eq([Place::Story, PART]));
    }

    #[test]
    fn what_adds_one_more_stands_where_that_will_be() {
        use TreeItem::{Next, Row};
        let shape = Shape::of(&story(&[&[0], &[0, 0]]));
        let [one, two] = [1, 2].map(chapter);
        let check = |closed: &[Place], in_hand, expected: &[TreeItem]| {
            let items = shape.items(|row| !closed.contains(&row), in_hand);
            assert_eq!(items[2..], *expected, "{closed:?} {in_hand:?}");
        };
        let scenes = [Row(scene(2)), Row(scene(3))];
        check(&[], Place::Story, &[Row(one), Row(two), scenes[0], scenes[1], Next(PART)]);
        check(&[], one, &[Row(one), Next(one), Row(two), scenes[0], scenes[1], Next(PART)]);
        check(&[], two, &[Row(one), Row(two), scenes[0], scenes[1], Next(two), Next(PART)]);
        check(&[two], two, &[Row(one), Row(two), Next(PART)]);
        check(&[PART], one, &[]);
    }

    #[test]
    fn a_story_of_many_scenes_is_large() {
        for (scenes, expected) in [(1_999, false), (2_000, true)] {
            assert_eq!(Shape::of(&story(&[&[0], &vec![0; scenes]])).is_large, expected, "{scenes}");
        }
    }
}
