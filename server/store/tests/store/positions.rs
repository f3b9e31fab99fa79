//! Every answer has a position: "not there" and a count, too; and a row that nobody here understands has one.

use std::time::Duration;

use domain::{Cast, CastKind, ReadingPage, Rev, SceneDraft, Seq, StoryPage, Tag};
use services::Redis;
use sqlx::{Connection, PgConnection};
use store::{Address, Error, Store};

use crate::library::{
    Library, On,
    fixture::{cast_draft, save},
    nodes::with_redis,
    on_both, tables,
};

on_both! {
    what_is_not_there_holds_back_what_is_held
    what_is_refused_holds_back_what_is_held
    a_row_of_another_version_is_a_lost_log
    a_change_of_another_version_with_tags_of_this_one_is_followed
    word_of_another_version_is_looked_up
}

/// A browser that brings no cookie: only the node itself remembers what it said.
async fn page_of(store: &Store, library: &Library) -> store::Result<Seq> {
    let tale = &library.fixture.out;
    let page = ReadingPage { story: tale.story, chapter: tale.chapters[0] };
    store.fetch(&page, Seq::ZERO).await.map(|fetched| fetched.entry.as_of)
}

/// A node that says "not there" of one question does not answer another as if it still were.
async fn what_is_not_there_holds_back_what_is_held(on: On) {
    let library = Library::open(on).await;
    let (other, story) = (library.another_node().await, library.fixture.out.story);
    page_of(&library.store, &library).await.expect("a page");
    let withdrawn = other.unpublish_story(library.fixture.ada, story).await.expect("withdrawn").record().seq;
    let front = library.store.fetch(&StoryPage::first(story), Seq::ZERO).await.map(drop);
    assert!(matches!(front, Err(Error::NotThere { as_of }) if as_of >= withdrawn), "{front:?}");
    let page = page_of(&library.store, &library).await;
    assert!(matches!(page, Err(Error::NotThere { as_of }) if as_of >= withdrawn), "{page:?}");
}

/// Nor does one that refused a write because of it.
async fn what_is_refused_holds_back_what_is_held(on: On) {
    let library = Library::open(on).await;
    let (other, story) = (library.another_node().await, library.fixture.out.story);
    page_of(&library.store, &library).await.expect("a page");
    let withdrawn = other.unpublish_story(library.fixture.ada, story).await.expect("withdrawn").record().seq;
    let liked = library.store.like_story(library.fixture.sid, story, true).await.map(drop);
    assert!(matches!(liked, Err(Error::NotFound)), "{liked:?}");
    assert!(library.store.after_refusal().await.expect("a position") >= withdrawn);
    assert!(matches!(page_of(&library.store, &library).await, Err(Error::NotThere { .. })));
}

/// A newer version wrote it, and another one changed what is held: the node drops everything, and serves on.
async fn a_row_of_another_version_is_a_lost_log(on: On) {
    for column in ["directives", "areas", "audience"] {
        let library = Library::open(on).await;
        let draft = SceneDraft { viewer: library.fixture.ada, scene: library.fixture.out.scenes[0] };
        let text = async |store: &Store| {
            let fetched = store.fetch(&draft, Seq::ZERO).await.expect("a scene");
            fetched.entry.value.content.as_str().to_owned()
        };
        text(&library.store).await;
        let other = library.another_node().await;
        let before = library.store.watermark();
        let scene = library.fixture.out.scenes[0];
        let saved = other.save_scene(library.fixture.ada, scene, save("From elsewhere.", Rev(2))).await;
        let seq = saved.expect("a saved scene").record().seq;
        let odd = format!("update log set {column} = '[{{\"burn\": \"the feed\"}}]' where seq = {seq}");
        tables::run(&library.address, &odd).await;
        tokio::time::sleep(Duration::from_millis(1_050)).await;
        assert_eq!(text(&library.store).await, "From elsewhere.", "{column}");
        assert_eq!(library.store.watermark(), seq);
        if column == "directives" {
            let caught = library.store.catch_up(library.store.log_id(), before, &[Tag::Feed], None).await;
            assert!(matches!(caught.expect("an answer"), domain::CatchUp::Lost { .. }));
        }
        let shown = library.store.fetch_log(&[]).await.expect("the log");
        assert_eq!(shown.first().map(|row| row.receipt.seq), Some(seq));
        // A node that starts on such a log serves, too.
        assert_eq!(text(&library.another_node().await).await, "From elsewhere.");
    }
}

/// Followers read a row's directives. The name of its Change is for people: one that this version does not know any
/// more loses nothing.
async fn a_change_of_another_version_with_tags_of_this_one_is_followed(on: On) {
    let library = Library::open(on).await;
    let (store, ada, tale) = (&library.store, library.fixture.ada, &library.fixture.out);
    let cast = Cast { viewer: ada, story: tale.story };
    let scene = SceneDraft { viewer: ada, scene: tale.scenes[0] };
    store.fetch(&cast, Seq::ZERO).await.expect("a cast");
    let held = store.fetch(&scene, Seq::ZERO).await.expect("a scene").entry;
    let other = library.another_node().await;
    let saved = other.save_cast_member(ada, CastKind::Setting, tale.setting, cast_draft("A roof", Rev(1))).await;
    let seq = saved.expect("a saved setting").record().seq;
    let older = format!("update log set change = '{{\"SettingSaved\": []}}' where seq = {seq}");
    tables::run(&library.address, &older).await;
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    let told = store.fetch(&cast, Seq::ZERO).await.expect("a cast").entry;
    assert!(told.value.iter().any(|one| one.name.as_str() == "A roof"), "{:?}", told.value);
    let still = store.fetch(&scene, Seq::ZERO).await.expect("a scene").entry;
    assert!(std::sync::Arc::ptr_eq(&held, &still), "what it is not about is kept");
    let shown = store.fetch_log(&[]).await.expect("the log");
    assert_eq!(shown.first().map(|row| row.change.as_str()), Some("SettingSaved"));
}

/// What another version pushes has the log read before anything is served.
async fn word_of_another_version_is_looked_up(on: On) {
    let redis = Redis::start();
    let library = Library::open_with(on, with_redis(&redis.url())).await;
    page_of(&library.store, &library).await.expect("a page");
    // It is on no Redis, so that nothing but the odd word tells of its commit.
    let other = library.another_node().await;
    let channel = format!("quire:{}", library.store.log_id());
    crate::library::nodes::soon("the node listens", || {
        redis.command(&["pubsub", "numsub", &channel]).contains(":1\r\n")
    })
    .await;
    // Each time within the lease, nearly: a node that heard nothing would be shown up by one of them.
    for _ in 0..5 {
        other.unpublish_story(library.fixture.ada, library.fixture.out.story).await.expect("withdrawn");
        redis.command(&["publish", &channel, r#"{"burn": "the feed"}"#]);
        tokio::time::sleep(Duration::from_millis(250)).await;
        assert!(matches!(page_of(&library.store, &library).await, Err(Error::NotThere { .. })));
        other.publish_story(library.fixture.ada, library.fixture.out.story, &[]).await.expect("published");
        tokio::time::sleep(Duration::from_millis(1_050)).await;
        page_of(&library.store, &library).await.expect("a page");
    }
}

/// Two who like at once are each told how many there are where their own like stands in the log. SQLite has one
/// writer, so this can't be otherwise there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_count_of_a_like_belongs_to_its_position() {
    let library = Library::open(On::Postgres).await;
    let Address::Postgres(url) = &library.address else { panic!("a server") };
    // Both have written their rows, and wait for the log's head.
    let mut holder = PgConnection::connect(url).await.expect("a connection");
    let held = sqlx::raw_sql("begin; update log_head set seq = seq").execute(&mut holder).await;
    held.expect("the log's head");
    let likers = [library.fixture.sid, library.fixture.ada].map(|liker| {
        let (store, story) = (library.store.clone(), library.fixture.out.story);
        tokio::spawn(async move { store.like_story(liker, story, true).await.expect("a like") })
    });
    crate::library::nodes::soon_async("both wait", async || {
        let mut looker = PgConnection::connect(url).await.expect("a connection");
        let waiting =
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
        sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut looker).await.expect("a count") == 2
    })
    .await;
    sqlx::raw_sql("commit").execute(&mut holder).await.expect("released");
    let mut told = vec![];
    for liker in likers {
        let changed = liker.await.expect("a liker");
        told.push((changed.record().seq, *changed.value()));
    }
    told.sort_unstable();
    assert_eq!(told.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [3, 4]);
}
