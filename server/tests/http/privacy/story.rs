//! Ada's story: its words say who may read them.

use domain::{
    Body, CastKind, ChapterId, Format, Genre, Heading, Manuscript, Name, NewComment, NewPost, NewStory, Note,
    PartDraft, PostId, Remark, Rev, SceneSave, SceneTexts, StoryId, Title, UserId,
};
use store::Store;

use super::world::{NEVER_TOLD, TOLD_WHEN_OUT, TOLD_WITH_CHAPTER};

pub(super) async fn write_story(store: &Store, ada: UserId) -> (StoryId, [ChapterId; 2], Vec<(&'static str, String)>) {
    let new = NewStory {
        title: Title::parse(&format!("{TOLD_WHEN_OUT} title")).expect("a title"),
        blurb: note(&format!("{TOLD_WHEN_OUT} blurb")),
        format: Format::Novel,
        genre: Genre::Mystery,
    };
    let story = store.create_story(ada, new).await.expect("a story").value().story;
    let tree = store.load(&Manuscript { viewer: ada, story }).await.expect("its tree");
    let (part, chapter) = (&tree.value.parts[0], &tree.value.parts[0].chapters[0]);
    let (part, chapter, scene) = (part.part, chapter.chapter, chapter.scenes[0].scene);
    let (title, synopsis) = (heading(&format!("{TOLD_WITH_CHAPTER} heading")), note(&format!("{NEVER_TOLD} synopsis")));
    let draft = PartDraft { title: title.clone(), synopsis: synopsis.clone(), base: Rev(1) };
    store.save_part(ada, part, draft).await.expect("a save");
    let draft = domain::ChapterDraft { title, synopsis, base: Rev(1) };
    store.save_chapter(ada, chapter, draft).await.expect("a save");
    store.save_scene(ada, scene, scene_save(Rev(1))).await.expect("a save");
    let other = another_chapter(store, ada, story).await;
    let (name, about) = (Name::parse(&format!("{NEVER_TOLD} name")).expect("a name"), note(NEVER_TOLD));
    let add =
        async |kind| store.add_cast_member(ada, story, kind, name.clone(), about.clone()).await.expect("a member");
    let (character, setting) = (*add(CastKind::Character).await.value(), *add(CastKind::Setting).await.value());
    let names = vec![
        ("story", story.to_string()),
        ("part", part.to_string()),
        ("chapter", chapter.to_string()),
        ("scene", scene.to_string()),
        ("character", character.to_string()),
        ("setting", setting.to_string()),
    ];
    (story, [chapter, other], names)
}

/// A chapter with words in another part.
async fn another_chapter(store: &Store, ada: UserId, story: StoryId) -> ChapterId {
    let part = *store.add_part(ada, story, Heading::default()).await.expect("a part").value();
    let chapter = *store.add_chapter(ada, part, heading(TOLD_WHEN_OUT)).await.expect("a chapter").value();
    let tree = store.load(&Manuscript { viewer: ada, story }).await.expect("its tree");
    let scene = tree.value.parts[1].chapters[0].scenes[0].scene;
    let content = Body::parse(TOLD_WHEN_OUT).expect("a text");
    store.save_scene(ada, scene, SceneSave { content, ..scene_save(Rev(1)) }).await.expect("a save");
    chapter
}

pub(super) async fn talk(store: &Store, ben: UserId, about: Option<StoryId>) -> (PostId, String) {
    let text = Remark::parse("Is it done?").expect("a remark");
    let post = *store
        .create_post(ben, NewPost { text: text.clone(), about: about.map(Into::into) })
        .await
        .expect("a post")
        .value();
    let comment = store.add_comment(ben, NewComment { post, parent: None, text }).await.expect("a comment");
    (post, comment.value().to_string())
}

pub(super) fn scene_save(base: Rev) -> SceneSave {
    SceneSave {
        title: heading(&format!("{NEVER_TOLD} scene")),
        content: Body::parse(&format!("{TOLD_WITH_CHAPTER} text")).expect("a text"),
        goal: note(&format!("{NEVER_TOLD} goal")),
        conflict: note(&format!("{NEVER_TOLD} conflict")),
        outcome: note(&format!("{NEVER_TOLD} outcome")),
        base,
        kept: Rev(0),
    }
}

/// What was typed into the scene and not saved.
pub(super) fn typed() -> SceneTexts {
    let content = Body::parse(&format!("{NEVER_TOLD} typed")).expect("a text");
    SceneSave { content, ..scene_save(Rev(2)) }.into()
}

fn heading(text: &str) -> Heading {
    Heading::parse(text).expect("a heading")
}

fn note(text: &str) -> Note {
    Note::parse(text).expect("a note")
}
