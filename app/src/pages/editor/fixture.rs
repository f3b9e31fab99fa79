//! Stories for tests.

use domain::{
    ChapterId, ChapterState, Format, Genre, Heading, Note, PartId, Rev, SceneId, StoryFacts, StoryId, StoryTree, Title,
    TreeChapter, TreePart, TreeScene,
};

/// A story of one part. Each chapter has scenes of so many characters; both are numbered from 1, the scenes
/// throughout.
pub(super) fn story(chapters: &[&[u32]]) -> StoryTree {
    let mut scenes = (1..).map(SceneId::from_bits);
    let mut scene = |characters: &u32| TreeScene {
        unsaved: false,
        scene: scenes.next().unwrap_or(SceneId::from_bits(0)),
        title: Heading::default(),
        words: 0,
        characters: *characters,
    };
    let chapters = (1..).zip(chapters).map(|(number, characters)| TreeChapter {
        chapter: ChapterId::from_bits(number),
        title: Heading::default(),
        synopsis: Note::default(),
        state: ChapterState::Draft,
        first_published_at: None,
        rev: Rev(1),
        scenes: characters.iter().map(&mut scene).collect(),
    });
    let part = TreePart {
        part: PartId::from_bits(1),
        title: Heading::default(),
        synopsis: Note::default(),
        rev: Rev(1),
        chapters: chapters.collect(),
    };
    StoryTree {
        story: StoryId::from_bits(1),
        title: Title::parse("Salt").expect("a title"),
        blurb: Note::default(),
        format: Format::Novel,
        genre: Genre::Mystery,
        facts: StoryFacts::default(),
        word_goal: domain::WordGoal::default(),
        published: false,
        rev: Rev(1),
        parts: vec![part],
    }
}
