//! What is another person's is not found, whether it is read or written.

use domain::{
    Bookshelf, Cast,
    CastKind::{Character, Setting},
    ChapterDraft, ChapterTalk, ChosenScenes, Feed, Format, Genre, Heading, Manuscript, ManuscriptFile, MyLikes,
    NewComment, NewPost, NewStory, Note, PartDraft, Publications, ReadingPage, Rev, SceneDraft, Seq, StoryDraft,
    StoryPage, UserId,
};
use store::{Error, Store};

use crate::library::{
    Fixture, Library, On, Question,
    fixture::{SECRET, cast_draft, chosen, named, needle, note, remark, replacement, save, title, typed, wanted},
    on_both, tables,
};

on_both! {
    what_is_somebody_elses_cannot_be_written
    a_cast_member_is_found_under_its_kind_alone
    what_somebody_else_said_cannot_be_changed
    who_has_no_account_says_and_likes_nothing
    readers_write_no_stories
    a_manuscript_is_its_authors_alone
    ones_own_lists_hold_ones_own
    a_draft_is_nowhere_to_be_found
}

/// Every write of what is Ada's, or hidden, tried by another person.
macro_rules! tried {
    ($($name:literal: $write:expr;)*) => {
        async fn try_everything(store: &Store, fixture: &Fixture, who: UserId) -> Vec<(&'static str, Result<(), Error>)> {
            vec![$(($name, call(store, fixture, who, $write).await)),*]
        }
    };
}

async fn call<T>(
    store: &Store,
    fixture: &Fixture,
    who: UserId,
    write: impl AsyncFnOnce(&Store, &Fixture, UserId) -> store::Result<T>,
) -> Result<(), Error> {
    write(store, fixture, who).await.map(drop)
}

fn draft() -> StoryDraft {
    let (title, blurb) = (title("Mine"), Note::default());
    StoryDraft { title, blurb, format: Format::Novel, genre: Genre::Horror, facts: None, base: Rev(1) }
}

fn part_draft() -> PartDraft {
    PartDraft { title: Heading::default(), synopsis: Note::default(), base: Rev(1) }
}

fn chapter_draft() -> ChapterDraft {
    ChapterDraft { title: Heading::default(), synopsis: Note::default(), base: Rev(1) }
}

fn comment(f: &Fixture) -> NewComment {
    // The comment is not below that post.
    NewComment { post: f.reas_post, parent: Some(f.comments[0]), text: remark("Lost.") }
}

async fn all_of_adas(store: &Store, f: &Fixture) -> ChosenScenes {
    chosen(store, f.ada, f.out.story, &needle("scene")).await
}

tried! {
    "save_story": async |s, f, who| s.save_story(who, f.out.story, draft()).await;
    "publish_story": async |s, f, who| s.publish_story(who, f.draft.story, &[]).await;
    "publish_story, with another's chapter": async |s, f, who| {
        s.publish_story(who, f.bens.story, &f.out.chapters).await
    };
    "unpublish_story": async |s, f, who| s.unpublish_story(who, f.out.story).await;
    "delete_story": async |s, f, who| s.delete_story(who, f.out.story).await;
    "add_part": async |s, f, who| s.add_part(who, f.out.story, Heading::default()).await;
    "save_part": async |s, f, who| s.save_part(who, f.out.parts[0], part_draft()).await;
    "move_part": async |s, f, who| s.move_part(who, f.out.parts[1], 0).await;
    "delete_part": async |s, f, who| s.delete_part(who, f.out.parts[0]).await;
    "add_chapter": async |s, f, who| s.add_chapter(who, f.out.parts[0], Heading::default()).await;
    "save_chapter": async |s, f, who| s.save_chapter(who, f.out.chapters[0], chapter_draft()).await;
    "move_chapter": async |s, f, who| s.move_chapter(who, f.out.chapters[0], f.out.parts[1], 0).await;
    "move_chapter into": async |s, f, who| s.move_chapter(who, f.bens.chapters[0], f.out.parts[0], 0).await;
    "move_chapter out of": async |s, f, who| s.move_chapter(who, f.out.chapters[0], f.bens.parts[0], 0).await;
    "publish_chapter": async |s, f, who| s.publish_chapter(who, f.out.chapters[0]).await;
    "unpublish_chapter": async |s, f, who| s.unpublish_chapter(who, f.out.chapters[0]).await;
    "schedule_chapter": async |s, f, who| s.schedule_chapter(who, f.out.chapters[0], wanted("2126-12-01T09:30")).await;
    "unschedule_chapter": async |s, f, who| s.unschedule_chapter(who, f.out.chapters[0]).await;
    "delete_chapter": async |s, f, who| s.delete_chapter(who, f.out.chapters[0]).await;
    "add_scene": async |s, f, who| s.add_scene(who, f.out.chapters[0], Heading::default()).await;
    "save_scene": async |s, f, who| s.save_scene(who, f.out.scenes[0], save("Mine.", Rev(2))).await;
    "move_scene": async |s, f, who| s.move_scene(who, f.out.scenes[0], f.out.chapters[1], 0).await;
    "move_scene into": async |s, f, who| s.move_scene(who, f.bens.scenes[0], f.out.chapters[0], 0).await;
    "move_scene out of": async |s, f, who| s.move_scene(who, f.out.scenes[0], f.bens.chapters[0], 0).await;
    "delete_scene": async |s, f, who| s.delete_scene(who, f.out.scenes[0]).await;
    "keep_version": async |s, f, who| s.keep_version(who, f.out.scenes[0], save("Mine.", Rev(2)).into()).await;
    "keep_working_copy": async |s, f, who| s.keep_working_copy(who, f.out.scenes[0], typed("Mine.", 2, 0)).await;
    "leave_working_copy": async |s, f, who| s.leave_working_copy(who, f.out.scenes[0], Rev(0)).await;
    "replace_in_story": async |s, f, who| {
        s.replace_in_story(who, f.out.story, needle("scene"), replacement("So"), all_of_adas(s, f).await).await
    };
    "replace_in_story, with another's scenes": async |s, f, who| {
        s.replace_in_story(who, f.bens.story, needle("scene"), replacement("So"), all_of_adas(s, f).await).await
    };
    "undo_replace": async |s, f, who| s.undo_replace(who, f.out.story, vec![]).await;
    "restore_version": async |s, f, who| s.restore_version(who, f.out.scenes[0], 1, Rev(2)).await;
    "add_cast_member, a character": async |s, f, who| {
        s.add_cast_member(who, f.out.story, Character, named("Me"), note("")).await
    };
    "save_cast_member, a character": async |s, f, who| {
        s.save_cast_member(who, Character, f.out.character, cast_draft("Me", Rev(1))).await
    };
    "delete_cast_member, a character": async |s, f, who| {
        s.delete_cast_member(who, Character, f.out.character).await
    };
    "add_cast_member, a setting": async |s, f, who| {
        s.add_cast_member(who, f.out.story, Setting, named("Here"), note("")).await
    };
    "save_cast_member, a setting": async |s, f, who| {
        s.save_cast_member(who, Setting, f.out.setting, cast_draft("Here", Rev(1))).await
    };
    "delete_cast_member, a setting": async |s, f, who| s.delete_cast_member(who, Setting, f.out.setting).await;
    "like_story, a draft": async |s, f, who| s.like_story(who, f.draft.story, true).await;
    "create_post, about a draft": async |s, f, who| {
        s.create_post(who, NewPost { text: remark("Psst."), about: Some(f.draft.story.into()) }).await
    };
    "add_comment, to one elsewhere": async |s, f, who| s.add_comment(who, comment(f)).await;
}

async fn what_is_somebody_elses_cannot_be_written(on: On) {
    let library = Library::open(on).await;
    let before = tables::dump(&library.address).await;
    for who in [library.fixture.ben, library.fixture.rea, UserId::from_bits(404)] {
        for (write, result) in try_everything(&library.store, &library.fixture, who).await {
            assert!(matches!(result, Err(Error::NotFound)), "{write}: {result:?}");
        }
    }
    assert_eq!(tables::dump(&library.address).await, before);
}

async fn a_cast_member_is_found_under_its_kind_alone(on: On) {
    let library = Library::open(on).await;
    let before = tables::dump(&library.address).await;
    let (store, ada, tale) = (&library.store, library.fixture.ada, &library.fixture.out);
    for (kind, other) in [(Character, tale.setting), (Setting, tale.character)] {
        let saved = store.save_cast_member(ada, kind, other, cast_draft("Me", Rev(1))).await;
        assert!(matches!(saved, Err(Error::NotFound)), "{kind}: {saved:?}");
        let deleted = store.delete_cast_member(ada, kind, other).await;
        assert!(matches!(deleted, Err(Error::NotFound)), "{kind}: {deleted:?}");
    }
    assert_eq!(tables::dump(&library.address).await, before);
}

async fn what_somebody_else_said_cannot_be_changed(on: On) {
    let library = Library::open(on).await;
    let before = tables::dump(&library.address).await;
    let (store, fixture) = (&library.store, &library.fixture);
    for who in [fixture.ada, fixture.rea] {
        assert!(matches!(store.save_post(who, fixture.post, remark("Mine."), Rev(1)).await, Err(Error::NotFound)));
        assert!(matches!(store.delete_post(who, fixture.post).await, Err(Error::NotFound)));
        assert!(matches!(
            store.save_comment(who, fixture.comments[1], remark("Mine."), Rev(1)).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(store.delete_comment(who, fixture.comments[1]).await, Err(Error::NotFound)));
    }
    assert_eq!(tables::dump(&library.address).await, before);
}

async fn who_has_no_account_says_and_likes_nothing(on: On) {
    let library = Library::open(on).await;
    let before = tables::dump(&library.address).await;
    let (store, fixture, nobody) = (&library.store, &library.fixture, UserId::from_bits(404));
    let said = NewPost { text: remark("Boo."), about: None };
    assert!(matches!(store.create_post(nobody, said).await, Err(Error::NotFound)));
    let replied = NewComment { post: fixture.post, parent: None, text: remark("Boo.") };
    assert!(matches!(store.add_comment(nobody, replied).await, Err(Error::NotFound)));
    assert!(matches!(store.like_post(nobody, fixture.post, true).await, Err(Error::NotFound)));
    assert!(matches!(store.like_story(nobody, fixture.out.story, true).await, Err(Error::NotFound)));
    assert!(matches!(store.become_writer(nobody).await, Err(Error::NotFound)));
    assert_eq!(tables::dump(&library.address).await, before);
}

async fn readers_write_no_stories(on: On) {
    let library = Library::open(on).await;
    let before = tables::dump(&library.address).await;
    let (store, rea) = (&library.store, library.fixture.rea);
    let (format, genre) = (Format::Novel, Genre::Horror);
    let new = NewStory { title: title("Mine"), blurb: Note::default(), format, genre };
    assert!(matches!(store.create_story(rea, new).await, Err(Error::NotAllowed)));
    let file = ManuscriptFile::parse("mine.md", "# Mine\n\nText.\n").expect("a book");
    assert!(matches!(store.import_story(rea, file, genre, format, true).await, Err(Error::NotAllowed)));
    assert_eq!(tables::dump(&library.address).await, before);
}

async fn a_manuscript_is_its_authors_alone(on: On) {
    let library = Library::open(on).await;
    let (store, fixture) = (&library.store, &library.fixture);
    // Warm for their author, so that a key without its viewer would serve them to a stranger.
    library.warm().await;
    for viewer in [fixture.ben, fixture.rea, fixture.sid] {
        for tale in [&fixture.out, &fixture.draft] {
            let questions: [Box<dyn Question>; 3] = [
                Box::new(Manuscript { viewer, story: tale.story }),
                Box::new(Cast { viewer, story: tale.story }),
                Box::new(SceneDraft { viewer, scene: tale.scenes[0] }),
            ];
            for question in questions {
                let told = question.through(store, Seq::ZERO).await.value;
                assert_eq!(told, Err("not found".to_owned()), "{}", question.key());
            }
        }
    }
}

async fn ones_own_lists_hold_ones_own(on: On) {
    let library = Library::open(on).await;
    let (store, fixture) = (&library.store, &library.fixture);
    let own = store.load(&Bookshelf { viewer: fixture.ben }).await.expect("a list");
    assert_eq!(own.value.iter().map(|own| own.story).collect::<Vec<_>>(), [fixture.bens.story]);
    let out = store.load(&Publications { viewer: fixture.ben }).await.expect("a list");
    assert_eq!(out.value.iter().map(|own| own.story).collect::<Vec<_>>(), [fixture.bens.story]);
    assert!(store.load(&Bookshelf { viewer: fixture.rea }).await.expect("a list").value.is_empty());
    let likes = store.load(&MyLikes { viewer: fixture.sid }).await.expect("a list");
    assert!(likes.value.stories.is_empty() && likes.value.posts.is_empty());
    let likes = store.load(&MyLikes { viewer: fixture.rea }).await.expect("a list");
    assert_eq!(likes.value.stories.iter().collect::<Vec<_>>(), [&fixture.out.story], "the draft is not among them");
}

/// Whether anything that everybody may ask tells of the draft.
async fn is_told_of(library: &Library) -> bool {
    let tale = &library.fixture.draft;
    let direct: [Box<dyn Question>; 4] = [
        Box::new(StoryPage::first(tale.story)),
        Box::new(ReadingPage { story: tale.story, chapter: tale.chapters[0] }),
        Box::new(Feed { about: Some(tale.story), page: 0 }),
        Box::new(ChapterTalk { story: tale.story, chapter: tale.chapters[0], page: 0 }),
    ];
    let mut found = vec![];
    for question in direct {
        found.push(question.through(&library.store, Seq::ZERO).await.value.is_ok());
    }
    let mut named = false;
    for question in library.questions().iter().filter(|question| question.viewer() != Some(library.fixture.ada)) {
        let told = question.through(&library.store, Seq::ZERO).await.value;
        named |= told.is_ok_and(|value| {
            let text = value.to_string();
            text.contains(SECRET) || text.contains(&tale.story.to_string())
        });
    }
    assert!(found.iter().all(|&one| one == named), "some tell of it and some don't: {found:?}, named: {named}");
    named
}

async fn a_draft_is_nowhere_to_be_found(on: On) {
    let library = Library::open(on).await;
    let (store, ada, story) = (&library.store, library.fixture.ada, library.fixture.draft.story);
    assert!(!is_told_of(&library).await, "before it is published");
    store.publish_story(ada, story, &[]).await.expect("published");
    assert!(is_told_of(&library).await, "while it is out");
    store.unpublish_story(ada, story).await.expect("withdrawn");
    assert!(!is_told_of(&library).await, "after it is withdrawn");
    store.delete_story(ada, story).await.expect("deleted");
    assert!(!is_told_of(&library).await, "after it is deleted");
}
