//! What an older version kept: migrations change it to what this one keeps, and the rest can be read.

use domain::{CataloguePage, ChapterState, CommentId, Heading, Manuscript, ReadingPage, Seq, StoryPage, Thread};
use store::Address;

use crate::library::{
    Library, On, on_both, tables,
    talk::{comments, depths, nested},
};

on_both! {
    replies_that_stood_too_deep_are_brought_up
    chapters_that_were_too_long_are_cut
    names_that_are_refused_today_are_shown_without_what_nobody_sees
    words_that_an_older_version_counted_are_counted_again
    readers_keep_the_chapters_that_they_had
}

/// A new app makes the engine's tables by the engine's own file. This library made them step by step, and those steps
/// may not change any more.
#[tokio::test(flavor = "multi_thread")]
async fn the_engines_tables_are_as_the_engine_makes_them() {
    let library = Library::open(On::Sqlite).await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("engine.db");
    std::fs::File::create(&file).expect("a file");
    let engine = Address::Sqlite(file);
    tables::run(&engine, include_str!("../../../../engine/server/migrations/0001_log.sql")).await;
    let made = tables::column(&engine, "select name from sqlite_master where type = 'table' order by name").await;
    assert_eq!(made, ["idempotency_keys", "log", "log_head"]);
    for table in made {
        let columns = format!(
            "select name || ' ' || type || ' ' || \"notnull\" || ' ' || coalesce(dflt_value, 'none') || ' ' || pk
             from pragma_table_info('{table}') order by name"
        );
        let (here, there) = (tables::column(&library.address, &columns).await, tables::column(&engine, &columns).await);
        assert_eq!(here, there, "{table}");
    }
}

async fn replies_that_stood_too_deep_are_brought_up(on: On) {
    let library = Library::open(on).await;
    let (store, f, at) = (&library.store, &library.fixture, &library.address);
    tables::run(at, &nested(f, true)).await;
    // As before the migration, and then through it.
    tables::run(
        at,
        "drop index comments_parent; drop index scenes_story; alter table comments drop column depth;
         alter table scenes drop column characters; create index scenes_story on scenes (story_id, chapter_id, words);",
    )
    .await;
    tables::run(at, include_str!("../../../../migrations/0004_bounds.sql")).await;
    let depths = depths(store, f.reas_post).await;
    let expected: Vec<_> = (0..8).map(|depth| (depth, String::new())).chain([(8, "Ha!".to_owned())]).collect();
    assert_eq!(depths, expected, "places that nobody replies to any more are gone");
    let kept = tables::column(at, "select cast(depth as text) from comments order by depth, id").await;
    assert_eq!(kept.iter().filter(|depth| *depth == "8").count(), 1);
    let counted =
        tables::column(at, "select cast(count(*) as text) from scenes where characters <> length(content)").await;
    assert_eq!(counted, ["0"]);
    let last: CommentId = comments(&library).await.last().expect("a comment").parse().expect("an id");
    store.delete_comment(f.rea, last).await.expect("deleted");
    assert_eq!(comments(&library).await, Vec::<String>::new());
}

async fn chapters_that_were_too_long_are_cut(on: On) {
    let library = Library::open(on).await;
    let (store, f, at) = (&library.store, &library.fixture, &library.address);
    let (ada, out) = (f.ada, &f.out);
    // The first chapter has two scenes and no title, the second has one, and a title.
    let mut scenes = [vec![out.scenes[0], out.scenes[1]], vec![out.scenes[2]]];
    for (chapter, count) in [(0, 3), (1, 2)] {
        for _ in 0..count {
            let scene = store.add_scene(ada, out.chapters[chapter], Heading::default()).await.expect("a scene");
            scenes[chapter].push(*scene.value());
        }
    }
    let long = [vec![900_000, 200_000, 700_000, 900_000, 10], vec![1_000_000, 1_000_000, 1_000_000]];
    for (scene, characters) in scenes.iter().flatten().zip(long.iter().flatten()) {
        tables::run(at, &format!("update scenes set characters = {characters} where id = '{scene}'")).await;
    }
    tables::run(at, include_str!("../../../../migrations/0007_long_chapters.sql")).await;
    let tree = store.load(&Manuscript { viewer: ada, story: out.story }).await.expect("its tree");
    let chapters = tree.value.parts.iter().flat_map(|part| &part.chapters);
    let found: Vec<_> = chapters
        .map(|chapter| {
            let scenes = chapter.scenes.iter().map(|scene| scene.scene).collect::<Vec<_>>();
            (chapter.title.as_str(), scenes)
        })
        .collect();
    let piece = |chapter: usize, from: usize, to: usize| scenes[chapter][from..to].to_vec();
    let expected = [
        ("", piece(0, 0, 1)),
        ("", piece(0, 1, 3)),
        ("", piece(0, 3, 5)),
        ("The Tide Table, chapter 2", piece(1, 0, 1)),
        ("The Tide Table, chapter 2 (2)", piece(1, 1, 2)),
        ("The Tide Table, chapter 2 (3)", piece(1, 2, 3)),
        ("The Tide Table, chapter 3", vec![out.scenes[3]]),
    ];
    assert_eq!(found, expected);
    // What was cut can be read, moved and written in like any other.
    let cut = tree.value.parts[0].chapters[1].chapter;
    store.publish_chapter(ada, cut).await.expect("it has words");
    store.load(&ReadingPage { story: out.story, chapter: cut }).await.expect("its page");
    store.move_chapter(ada, cut, out.parts[1], 0).await.expect("moved");
    store.add_scene(ada, cut, Heading::default()).await.expect("a scene");
}

async fn names_that_are_refused_today_are_shown_without_what_nobody_sees(on: On) {
    let library = Library::open(on).await;
    let (store, f, at) = (&library.store, &library.fixture, &library.address);
    for (table, column, value, id) in [
        ("users", "name", "\u{2800}", f.ben.to_string()),
        ("posts", "text", "\u{200b}", f.post.to_string()),
        ("stories", "title", "The\u{202e} Tide\u{ad} Table", f.out.story.to_string()),
    ] {
        tables::run(at, &format!("update {table} set {column} = '{value}' where id = '{id}'")).await;
    }
    let thread = store.load(&Thread::first(f.post)).await.expect("a thread");
    let post = &thread.value.post;
    let about = post.about.as_ref().map(|(_, title)| title.as_str());
    assert_eq!((post.author.name.as_str(), post.text.as_str(), about), ("…", "…", Some("The Tide Table")));
    let catalogue = store.load(&CataloguePage::first(domain::Format::Novel, None)).await.expect("a catalogue");
    assert_eq!(catalogue.value.stories[0].title.as_str(), "The Tide Table");
}

async fn words_that_an_older_version_counted_are_counted_again(on: On) {
    let library = Library::open(on).await;
    let (store, f, at) = (&library.store, &library.fixture, &library.address);
    let shown = async || {
        let page = store.fetch(&StoryPage::first(f.out.story), Seq::ZERO).await.expect("a page").entry;
        page.value.card.words
    };
    let right = |wrong| async move { assert_eq!(store.recount_words().await.expect("counted"), wrong) };
    right(0).await;
    // As before the migration, and as an older node saves beside this one.
    let [wrong, saved] = [f.out.scenes[0], f.out.scenes[1]];
    tables::run(at, &format!("update scenes set words = words + 7, counted = 0 where id = '{wrong}'")).await;
    tables::run(at, &format!("update scenes set rev = rev + 1 where id = '{saved}'")).await;
    assert_eq!(shown().await, 4 * 5 + 7);
    let times = "select cast(updated_at as text) from stories order by id";
    let before = tables::column(at, times).await;
    right(1).await;
    assert_eq!(shown().await, 4 * 5);
    assert_eq!(tables::column(at, times).await, before, "nobody wrote in them");
    assert_eq!(tables::column(at, "select id from scenes where counted <> rev").await, Vec::<String>::new());
    right(0).await;
}

async fn readers_keep_the_chapters_that_they_had(on: On) {
    let library = Library::open(on).await;
    let (store, f, at) = (&library.store, &library.fixture, &library.address);
    // As before the migration, and then through it.
    tables::run(at, tables::BEFORE_CHAPTER_STATES).await;
    tables::run(at, include_str!("../../../../migrations/0013_chapter_states.sql")).await;
    tables::run(at, include_str!("../../../../migrations/0014_scheduled_chapters.sql")).await;
    let published = store.load(&StoryPage::first(f.out.story)).await.expect("a page").value.card.published_at;
    for (viewer, tale, expected) in [
        (f.ada, &f.out, (ChapterState::Published, Some(published))),
        (f.ada, &f.draft, (ChapterState::Draft, None)),
        (f.ben, &f.bens, (ChapterState::Draft, None)),
    ] {
        let tree = store.load(&Manuscript { viewer, story: tale.story }).await.expect("its tree");
        let chapters = tree.value.parts.iter().flat_map(|part| &part.chapters);
        let states: Vec<_> = chapters.map(|chapter| (chapter.state.clone(), chapter.first_published_at)).collect();
        assert_eq!(states, vec![expected; 3], "{}", tree.value.title);
    }
    store.publish_story(f.ada, f.draft.story, &f.draft.chapters).await.expect("published");
    store.load(&ReadingPage { story: f.draft.story, chapter: f.draft.chapters[2] }).await.expect("a page");
}
