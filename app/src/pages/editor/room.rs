//! How much room is left, said before there is none.

use domain::{Bound, StoryTree, TreeChapter};
use leptos::prelude::*;

use super::{
    desk::Desk,
    place::{self, Place},
};

/// A quiet line for each bound that is nearly reached; nothing while there is room.
#[component]
pub fn Room(desk: Desk) -> impl IntoView {
    let near = Memo::new(move |_| desk.tree.with(|tree| near(tree, desk.place.get())));
    move || {
        near.with(|near| !near.is_empty())
            .then(|| view! { <p class="field-hint" data-testid="room">{near.get().join(" ")}</p> })
    }
}

/// The limits that the story and the open chapter are near.
fn near(tree: &StoryTree, place: Place) -> Vec<String> {
    let chapter = match place {
        Place::Story | Place::Part(_) => None,
        Place::Chapter(id) => place::chapter(tree, id).map(|found| found.chapter),
        Place::Scene(id) => place::scene(tree, id).map(|found| found.chapter),
    };
    let chapters = || tree.parts.iter().flat_map(|part| &part.chapters);
    let story = [
        (Bound::StoryCharacters, chapters().map(characters).fold(0, u32::saturating_add)),
        (Bound::StoryScenes, count(chapters().map(|chapter| chapter.scenes.len()).sum())),
        (Bound::StoryChapters, count(chapters().count())),
        (Bound::StoryParts, count(tree.parts.len())),
    ];
    let chapter = chapter.map(|chapter| {
        [(Bound::ChapterCharacters, characters(chapter)), (Bound::ChapterScenes, count(chapter.scenes.len()))]
    });
    let chapter = chapter.into_iter().flatten().map(|full| ("This chapter", full));
    let all = chapter.chain(story.map(|full| ("This story", full)));
    all.filter(|(_, (bound, count))| bound.is_near((*count).into()))
        .map(|(what, (bound, count))| format!("{what} has {}.", bound.tell(count)))
        .collect()
}

fn characters(chapter: &TreeChapter) -> u32 {
    chapter.scenes.iter().map(|scene| scene.characters).fold(0, u32::saturating_add)
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use domain::{ChapterId, SceneId};

    use super::*;
    use crate::pages::editor::fixture::story;

    /// A story of two chapters; the first has scenes of so many characters.
    fn check(scenes: &[u32], place: Place, expected: &[&str]) {
        assert_eq!(near(&story(&[scenes, &[]]), place), expected);
    }

    #[test]
    fn what_is_nearly_full_is_said_where_it_matters() {
        let (first, second) = (Place::Chapter(ChapterId::from_bits(1)), Place::Chapter(ChapterId::from_bits(2)));
        let long = "This chapter has 912,000 of 1,000,000 characters.";
        check(&[899_999], first, &[]);
        check(&[900_000, 12_000], first, &[long]);
        check(&[900_000, 12_000], Place::Scene(SceneId::from_bits(1)), &[long]);
        check(&[900_000, 12_000], second, &[]);
        check(&[900_000, 12_000], Place::Story, &[]);
        check(&[0; 450], first, &["This chapter has 450 of 500 scenes."]);
        check(&[9_000_000, 9_000_000], second, &["This story has 18,000,000 of 20,000,000 characters."]);
    }
}
