//! Bounds: what one chapter, story and thread hold, how deep replies stand, and that deep ones from before
//! can be deleted.

use domain::{Bound, CastKind, Comment, CommentId, Heading, ManuscriptFile, NewStory, Rev, SceneId, Thread, UserId};
use store::{Error, Result, Store};

use crate::library::{
    Library, On,
    fixture::{comment, heading, named, note, save, title},
    on_both,
    tables::{self, id, rows},
    talk::{DEEP, comments, depths, nested},
};

on_both! {
    what_is_full_takes_no_more
    a_chapter_holds_so_many_characters
    a_story_holds_so_many_characters
    what_is_beyond_may_be_made_smaller
    a_reply_to_the_deepest_stands_beside_it
    a_post_with_a_thousand_nested_replies_is_deleted
    a_thousand_nested_places_go_with_the_last_reply
}

fn full<T>(result: Result<T>) -> Option<Bound> {
    match result {
        Err(Error::Full(bound)) => Some(bound),
        Err(error) => panic!("{error}"),
        Ok(_) => None,
    }
}

async fn what_is_full_takes_no_more(on: On) {
    let library = Library::open(on).await;
    let (store, f, at) = (&library.store, &library.fixture, &library.address);
    let (ada, out) = (f.ada, &f.out);
    let [part, _] = out.parts[..] else { panic!("two parts") };
    let chapter = out.chapters[0];
    let story = out.story;
    let new =
        NewStory { title: title("New"), blurb: note(""), format: domain::Format::Novel, genre: domain::Genre::Horror };
    let book = || ManuscriptFile::parse("a.md", "# A\n\nIt rained.").expect("a book");

    let fill = async |bound: Bound, there: u32, insert: &str, values: &str| {
        tables::run(at, &rows(bound.most() - there, insert, values)).await;
    };
    let scenes =
        "scenes (id, story_id, chapter_id, position, title, content, words, goal, conflict, outcome, rev, updated_at)";
    let values = |chapter: &dyn std::fmt::Display| {
        format!("{}, '{story}', '{chapter}', n, '', '', 0, '', '', '', 1, 0", id("00sc"))
    };

    // The one chapter has two scenes, the other one.
    fill(Bound::ChapterScenes, 2, scenes, &values(&chapter)).await;
    assert_eq!(full(store.add_scene(ada, chapter, Heading::default()).await), Some(Bound::ChapterScenes));
    assert_eq!(full(store.move_scene(ada, out.scenes[2], chapter, 0).await), Some(Bound::ChapterScenes));
    assert_eq!(full(store.move_scene(ada, out.scenes[0], chapter, 1).await), None, "within it there is room");
    tables::run(at, "delete from scenes where id like '00sc%'").await;

    fill(Bound::StoryScenes, 4, scenes, &values(&out.chapters[2])).await;
    assert_eq!(full(store.add_scene(ada, chapter, Heading::default()).await), Some(Bound::StoryScenes));
    tables::run(at, "delete from scenes where id like '00sc%'").await;

    let chapters = format!("{}, '{story}', '{part}', n, '', '', 1", id("00ch"));
    fill(Bound::StoryChapters, 3, "chapters (id, story_id, part_id, position, title, synopsis, rev)", &chapters).await;
    assert_eq!(full(store.add_chapter(ada, part, heading("One more")).await), Some(Bound::StoryChapters));
    // There is room for one of two: not even that one comes in.
    tables::run(at, "delete from chapters where id = '00ch000000001'").await;
    let two = ManuscriptFile::parse("b.md", "## A\n\nOne.\n\n## B\n\nTwo.\n").expect("a book");
    let before = tables::dump(at).await;
    assert_eq!(full(store.import_chapters(ada, story, two).await), Some(Bound::StoryChapters));
    assert_eq!(tables::dump(at).await, before);
    assert_eq!(full(store.import_chapters(ada, story, book()).await), None, "a shorter book fits");

    let parts = format!("{}, '{story}', n, '', '', 1", id("00pa"));
    fill(Bound::StoryParts, 2, "parts (id, story_id, position, title, synopsis, rev)", &parts).await;
    assert_eq!(full(store.add_part(ada, story, heading("One more")).await), Some(Bound::StoryParts));

    for (bound, table) in [(Bound::Cast, "characters"), (Bound::Settings, "settings")] {
        let values = format!("{}, '{story}', 'Owl', ''", id("00nb"));
        fill(bound, 1, &format!("{table} (id, story_id, name, description)"), &values).await;
    }
    for (kind, bound) in [(CastKind::Character, Bound::Cast), (CastKind::Setting, Bound::Settings)] {
        assert_eq!(full(store.add_cast_member(ada, story, kind, named("Owl"), note("")).await), Some(bound));
    }

    let stories = format!("{}, '{ada}', 'A', '', 'novel', 'horror', null, 1, 0, 0", id("00st"));
    let columns = "stories (id, author_id, title, blurb, format, genre, published_at, rev, created_at, updated_at)";
    fill(Bound::AuthorStories, 2, columns, &stories).await;
    assert_eq!(full(store.create_story(ada, new.clone()).await), Some(Bound::AuthorStories));
    let imported = store.import_story(ada, book(), new.genre, new.format, false).await;
    assert_eq!(full(imported), Some(Bound::AuthorStories));
    assert_eq!(full(store.create_story(f.ben, new).await), None, "another has room");

    let comments = format!("{}, '{}', null, '{}', 'Ha!', 0, 0", id("00cm"), f.post, f.rea);
    let columns = "comments (id, post_id, parent_id, author_id, text, created_at, deleted)";
    fill(Bound::ThreadComments, 3, columns, &comments).await;
    assert_eq!(full(comment(store, f.sid, f.post, None, "One more").await), Some(Bound::ThreadComments));
    assert_eq!(full(comment(store, f.sid, f.reas_post, None, "Elsewhere").await), None);

    // Nobody's stories and posts, which Sid likes.
    let others = format!("{}, '{}', 'A', '', 'novel', 'horror', 1, 1, 0, 0", id("00bn"), f.ben);
    let columns = "stories (id, author_id, title, blurb, format, genre, published_at, rev, created_at, updated_at)";
    fill(Bound::LikedStories, 0, columns, &others).await;
    fill(
        Bound::LikedPosts,
        0,
        "posts (id, author_id, text, created_at)",
        &format!("{}, '{}', 'A', 0", id("00ps"), f.ben),
    )
    .await;
    tables::run(
        at,
        &format!(
            "insert into story_likes (story_id, user_id) select id, '{0}' from stories where id like '00bn%';
             insert into post_likes (post_id, user_id) select id, '{0}' from posts where id like '00ps%'",
            f.sid
        ),
    )
    .await;
    assert_eq!(full(store.like_story(f.sid, story, true).await), Some(Bound::LikedStories));
    assert_eq!(full(store.like_post(f.sid, f.post, true).await), Some(Bound::LikedPosts));
    let liked = "00bn000000001".parse().expect("an id");
    assert_eq!(full(store.like_story(f.sid, liked, true).await), None, "twice is once");
    assert_eq!(full(store.like_story(f.sid, liked, false).await), None);
    assert_eq!(full(store.like_story(f.sid, story, true).await), None);
}

/// Saves a scene of so many characters, each of three bytes.
async fn save_long(store: &Store, author: UserId, scene: SceneId, characters: usize, base: i64) -> Option<Bound> {
    full(store.save_scene(author, scene, save(&"字".repeat(characters), Rev(base))).await)
}

async fn a_chapter_holds_so_many_characters(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    // The first two stand in one chapter.
    let [first, sibling, far, _] = f.out.scenes[..] else { panic!("four scenes") };
    assert_eq!(save_long(store, f.ada, first, 700_000, 2).await, None);
    assert_eq!(save_long(store, f.ada, sibling, 300_001, 2).await, Some(Bound::ChapterCharacters));
    assert_eq!(save_long(store, f.ada, sibling, 300_000, 2).await, None);
    let conflict = store.save_scene(f.ada, sibling, save(&"x".repeat(300_001), Rev(2))).await;
    assert!(matches!(conflict, Err(Error::Conflict { .. })), "who saves on what is old is told that first");
    assert_eq!(full(store.move_scene(f.ada, far, f.out.chapters[0], 0).await), Some(Bound::ChapterCharacters));
    assert_eq!(save_long(store, f.ada, first, 600_000, 3).await, None);
    assert_eq!(full(store.move_scene(f.ada, far, f.out.chapters[0], 0).await), None);
}

async fn a_story_holds_so_many_characters(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let much = Bound::StoryCharacters.most() - 1_000;
    let elsewhere = f.out.scenes[2];
    tables::run(&library.address, &format!("update scenes set characters = {much} where id = '{elsewhere}'")).await;
    assert_eq!(save_long(store, f.ada, f.out.scenes[0], 1_001, 2).await, Some(Bound::StoryCharacters));
    assert_eq!(save_long(store, f.ada, f.out.scenes[0], 800, 2).await, None);
}

async fn what_is_beyond_may_be_made_smaller(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let scene = f.out.scenes[0];
    tables::run(&library.address, &format!("update scenes set characters = 3000000 where id = '{scene}'")).await;
    assert_eq!(save_long(store, f.ada, scene, 999_990, 2).await, None);
    assert_eq!(save_long(store, f.ada, scene, 1_000_000, 3).await, Some(Bound::ChapterCharacters), "beside another");
}

async fn a_reply_to_the_deepest_stands_beside_it(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let mut last = None;
    for number in 0..12 {
        last = Some(comment(store, f.sid, f.reas_post, last, &format!("{number}")).await.expect("a reply"));
    }
    let depths = depths(store, f.reas_post).await;
    let expected: Vec<_> = (0..12_u32).map(|number| (number.min(Comment::MAX_DEPTH), number.to_string())).collect();
    assert_eq!(depths, expected);
}

async fn a_post_with_a_thousand_nested_replies_is_deleted(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    tables::run(&library.address, &nested(f, false)).await;
    let thread = store.load(&Thread::first(f.reas_post)).await.expect("a thread");
    assert_eq!((thread.value.comments.len(), thread.value.comments[0].more), (21, 981));
    assert!(matches!(store.delete_post(f.ben, f.reas_post).await, Err(Error::NotFound)), "it is Rea's");
    assert_eq!(comments(&library).await.len(), DEEP);
    store.delete_post(f.rea, f.reas_post).await.expect("deleted");
    assert_eq!(comments(&library).await, Vec::<String>::new());
    assert!(matches!(store.load(&Thread::first(f.reas_post)).await, Err(Error::NotThere { .. })));
}

async fn a_thousand_nested_places_go_with_the_last_reply(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    tables::run(&library.address, &nested(f, true)).await;
    let last: CommentId = comments(&library).await.last().expect("a comment").parse().expect("an id");
    store.delete_comment(f.rea, last).await.expect("deleted");
    assert_eq!(comments(&library).await, Vec::<String>::new());
}
