//! Where in a story one is: the selection, as the address tells it.

use domain::{ChapterId, PartId, SceneId, StoryId, StoryTree, Trashed, TreeChapter, TreePart};
use leptos_router::params::ParamsMap;

/// The place that is being edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The story itself.
    Story,
    /// A part.
    Part(PartId),
    /// A chapter.
    Chapter(ChapterId),
    /// A scene.
    Scene(SceneId),
}

impl Place {
    /// What the address asks for; an id that is none means the story.
    pub fn of(params: &ParamsMap) -> Self {
        let scene = params.get_str("scene").and_then(|id| id.parse().ok()).map(Self::Scene);
        let chapter = || params.get_str("chapter").and_then(|id| id.parse().ok()).map(Self::Chapter);
        let part = || params.get_str("part").and_then(|id| id.parse().ok()).map(Self::Part);
        scene.or_else(chapter).or_else(part).unwrap_or(Self::Story)
    }

    /// Its address.
    pub fn href(self, story: StoryId) -> String {
        let query = match self {
            Self::Story => String::new(),
            Self::Part(part) => format!("?part={part}"),
            Self::Chapter(chapter) => format!("?chapter={chapter}"),
            Self::Scene(scene) => format!("?scene={scene}"),
        };
        format!("/studio/edit/story/{story}{query}")
    }

    /// A name that no other place has, as in `chapter-0123456789abc`.
    pub fn name(self) -> String {
        match self {
            Self::Story => "story-".to_owned(),
            Self::Part(part) => format!("part-{part}"),
            Self::Chapter(chapter) => format!("chapter-{chapter}"),
            Self::Scene(scene) => format!("scene-{scene}"),
        }
    }

    /// The place of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name.split_once('-')? {
            ("story", "") => Some(Self::Story),
            ("part", id) => id.parse().ok().map(Self::Part),
            ("chapter", id) => id.parse().ok().map(Self::Chapter),
            ("scene", id) => id.parse().ok().map(Self::Scene),
            _ => None,
        }
    }

    /// What it is called in a sentence.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Part(_) => "part",
            Self::Chapter(_) => "chapter",
            Self::Scene(_) => "scene",
        }
    }

    /// It, as the trash knows it.
    pub const fn trashed(self, story: StoryId) -> Trashed {
        match self {
            Self::Story => Trashed::Story(story),
            Self::Part(part) => Trashed::Part(part),
            Self::Chapter(chapter) => Trashed::Chapter(chapter),
            Self::Scene(scene) => Trashed::Scene(scene),
        }
    }

    /// Whether it is this, or stands in it.
    pub fn is_within(self, outer: Self, tree: &StoryTree) -> bool {
        self == outer || above(tree, self).is_some_and(|above| above.is_within(outer, tree))
    }
}

/// What stands right above.
pub fn above(tree: &StoryTree, place: Place) -> Option<Place> {
    match place {
        Place::Story => None,
        Place::Part(_) => Some(Place::Story),
        Place::Chapter(id) => chapter(tree, id).map(|found| Place::Part(found.part.part)),
        Place::Scene(id) => scene(tree, id).map(|found| Place::Chapter(found.chapter.chapter)),
    }
}

/// A part, and its number in the story from 1.
pub fn part(tree: &StoryTree, id: PartId) -> Option<(usize, &TreePart)> {
    (1..).zip(&tree.parts).find(|(_, part)| part.part == id)
}

/// A chapter where it stands.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// The part it stands in.
    pub part: &'a TreePart,
    /// The chapter.
    pub chapter: &'a TreeChapter,
    /// Its number in the story, from 1.
    pub number: usize,
}

/// The chapters in reading order.
pub fn chapters(tree: &StoryTree) -> impl Iterator<Item = Found<'_>> {
    let all = tree.parts.iter().flat_map(|part| part.chapters.iter().map(move |chapter| (part, chapter)));
    (1..).zip(all).map(|(number, (part, chapter))| Found { part, chapter, number })
}

/// A chapter.
pub fn chapter(tree: &StoryTree, id: ChapterId) -> Option<Found<'_>> {
    chapters(tree).find(|found| found.chapter.chapter == id)
}

/// A scene where it stands.
pub struct FoundScene<'a> {
    /// The chapter it stands in.
    pub chapter: &'a TreeChapter,
    /// That chapter's number in the story, from 1.
    pub chapter_number: usize,
    /// Its number in the chapter, from 1.
    pub number: usize,
}

/// A scene.
pub fn scene(tree: &StoryTree, id: SceneId) -> Option<FoundScene<'_>> {
    chapters(tree).find_map(|Found { chapter, number: chapter_number, .. }| {
        let (number, _) = (1..).zip(&chapter.scenes).find(|(_, scene)| scene.scene == id)?;
        Some(FoundScene { chapter, chapter_number, number })
    })
}

/// The title, or what stands in for one that is empty.
pub fn label(title: &domain::Heading, noun: &str, number: usize) -> String {
    if title.is_empty() { format!("{noun} {number}") } else { title.to_string() }
}

/// How many words a chapter has.
pub fn words(chapter: &TreeChapter) -> u32 {
    chapter.scenes.iter().map(|scene| scene.words).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_its_name() {
        let (part, chapter) = (Place::Part(PartId::from_bits(1)), Place::Chapter(ChapterId::from_bits(1)));
        for place in [Place::Story, part, chapter, Place::Scene(SceneId::from_bits(7))] {
            assert_eq!(Place::named(&place.name()), Some(place));
        }
        for name in ["", "story", "part-", "scene-!", "poem-0000000000001"] {
            assert_eq!(Place::named(name), None, "{name}");
        }
    }
}
