//! Many nodes: what the log costs on PostgreSQL, what the shared tier costs beside a bare GET of the
//! same bytes, and how long word of a commit takes.

use std::{
    future::Future,
    hint::black_box,
    time::{Duration, Instant},
};

use domain::{Body, Format, Genre, Heading, NewStory, Note, Query, ReadingPage, Rev, SceneId, SceneSave, Seq, Title};
use redis::AsyncCommands;
use services::{Postgres, Redis};
use sqlx::{Any, Pool, any::AnyPoolOptions};
use store::{Address, Settings, Store};

use crate::{library::Library, report::Report};

/// Long enough for the noise of a shared machine to even out.
const LONG: Duration = Duration::from_secs(4);
const MOST_WRITERS: usize = 64;
/// As many as the store's own writing pool has.
const CONNECTIONS: u32 = 16;

/// Commits a second, each of a scene of a story of its own, synced to disk; and the same rows
/// written without the log, by the statements of `Store::save_scene` less the log's.
pub(crate) async fn commits(report: &mut Report) {
    let postgres = Postgres::start_durable();
    let database = postgres.empty();
    let library = Library::open_at(Address::Postgres(database.url.clone())).await;
    let mut scenes = vec![];
    for number in 0..MOST_WRITERS {
        scenes.push(scene_of_a_new_story(&library, number).await);
    }
    let pool = AnyPoolOptions::new().max_connections(CONNECTIONS).connect(&database.url).await.expect("a pool");
    for writers in [1, 8, MOST_WRITERS] {
        let with_log = per_second(&scenes[..writers], |scene| {
            let (store, author) = (library.store.clone(), library.author);
            async move {
                let tree = store.load(&domain::SceneDraft { viewer: author, scene }).await.expect("a scene");
                let mut base = tree.value.rev;
                move || {
                    let store = store.clone();
                    let save = save(base);
                    base = Rev(base.0 + 1);
                    async move { drop(store.save_scene(author, scene, save).await.expect("a save")) }
                }
            }
        })
        .await;
        let without = per_second(&scenes[..writers], |scene| {
            let pool = pool.clone();
            async move {
                move || {
                    let pool = pool.clone();
                    async move { save_without_log(&pool, scene).await }
                }
            }
        })
        .await;
        report.add(format!("PostgreSQL, {writers} writers, with the log"), with_log, "/s", "commits, synced");
        report.add(format!("PostgreSQL, {writers} writers, without it"), without, "/s", "same rows, same run");
        report.add(format!("… {writers} writers, with / without"), with_log / without, "", "");
    }
}

/// How often a second these writers, each with a scene of its own, write.
async fn per_second<M, W>(scenes: &[SceneId], writer: impl Fn(SceneId) -> M) -> f64
where
    M: Future<Output: FnMut() -> W + Send + 'static>,
    W: Future<Output = ()> + Send + 'static,
{
    let mut ready = vec![];
    for &scene in scenes {
        ready.push(writer(scene).await);
    }
    let (began, until) = (Instant::now(), Instant::now() + LONG);
    let writers = ready.into_iter().map(|mut write| {
        tokio::spawn(async move {
            let mut count = 0u32;
            while Instant::now() < until {
                write().await;
                count += 1;
            }
            count
        })
    });
    let mut commits = 0;
    for writer in writers.collect::<Vec<_>>() {
        commits += writer.await.expect("a writer");
    }
    f64::from(commits) / began.elapsed().as_secs_f64()
}

async fn scene_of_a_new_story(library: &Library, number: usize) -> SceneId {
    let title = Title::parse(&format!("Story {number}")).expect("a title");
    let new = NewStory { title, blurb: Note::default(), format: Format::Novel, genre: Genre::Literary };
    library.store.create_story(library.author, new).await.expect("a story").open().1.scene
}

fn save(base: Rev) -> SceneSave {
    let (goal, conflict, outcome) = (Note::default(), Note::default(), Note::default());
    SceneSave { title: Heading::default(), content: text(), goal, conflict, outcome, base, kept: Rev(0) }
}

fn text() -> Body {
    Body::parse(&"The tide went out slowly. ".repeat(20)).expect("a body")
}

async fn save_without_log(pool: &Pool<Any>, scene: SceneId) {
    let scene = scene.to_string();
    let mut tx = pool.begin().await.expect("a transaction");
    sqlx::query(
        "update stories set updated_at = $1 where id = (select story_id from scenes where id = $2)
         returning id, format, genre, published_at",
    )
    .bind(1i64)
    .bind(&scene)
    .fetch_one(&mut *tx)
    .await
    .expect("a story");
    sqlx::query("select c.part_id, x.chapter_id from scenes x join chapters c on c.id = x.chapter_id where x.id = $1")
        .bind(&scene)
        .fetch_one(&mut *tx)
        .await
        .expect("a path");
    sqlx::query(
        "update scenes set title = '', content = $1, words = 100, goal = '', conflict = '', outcome = '',
                rev = rev + 1, updated_at = $2 where id = $3 returning rev",
    )
    .bind(text().as_str())
    .bind(1i64)
    .bind(&scene)
    .fetch_one(&mut *tx)
    .await
    .expect("a revision");
    tx.commit().await.expect("a commit");
}

/// A chapter that another node has read, beside a bare GET of the same bytes on the same kind of
/// connection, taking turns.
pub(crate) async fn shared(report: &mut Report) {
    const ROUNDS: usize = 10_000;
    let redis = Redis::start();
    let library = Library::open().await;
    let node = a_node(&library, &redis).await;
    let page = ReadingPage { story: library.story, chapter: library.chapter };
    node.fetch(&page, Seq::ZERO).await.expect("a page");
    let name = format!("quire:{}:{}", node.log_id(), page.key());
    let client = redis::Client::open(redis.url()).expect("an address");
    let mut bare = client.get_multiplexed_async_connection().await.expect("a connection");
    while bare.get::<_, Option<Vec<u8>>>(&name).await.expect("an answer").is_none() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let (mut hits, mut gets) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        node.clear_memory();
        let began = Instant::now();
        black_box(node.fetch(black_box(&page), Seq::ZERO).await.expect("a page"));
        hits.push(began.elapsed());
        let began = Instant::now();
        black_box(bare.get::<_, Vec<u8>>(black_box(&name)).await.expect("bytes"));
        gets.push(began.elapsed());
    }
    let tally = node.report().recorder.tally(domain::Tier::Redis);
    assert!(tally.hits > (ROUNDS * 99 / 100) as u64, "{tally:?}");
    let (hit, get) = (median(hits), median(gets));
    report.add("chapter from the shared tier, p50", hit * 1e6, "µs", "read, decoded, judged, kept in memory");
    report.add("bare GET of the same bytes, p50", get * 1e6, "µs", "same run");
    report.add("shared tier / bare GET", hit / get, "", "aim ≤ 1.3");
}

/// From the answer to a save on one node until the other has heard.
pub(crate) async fn word(report: &mut Report) {
    let redis = Redis::start();
    let library = Library::open().await;
    let (writer, reader) = (a_node(&library, &redis).await, a_node(&library, &redis).await);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut heard = reader.listen();
    let mut base = library.store.fetch(&library.draft(), Seq::ZERO).await.expect("a scene").entry.value.rev;
    let mut times = vec![];
    for _ in 0..500 {
        base = writer.save_scene(library.author, library.scene, save(base)).await.expect("a save").open().1;
        let began = Instant::now();
        heard.recv().await.expect("word");
        times.push(began.elapsed());
    }
    report.add_times("word of a commit at another node, after the answer", times);
}

async fn a_node(library: &Library, redis: &Redis) -> Store {
    let settings = Settings { redis: Some(redis.url().parse().expect("an address")), ..Settings::default() };
    Store::open_with(&library.address, settings).await.expect("a node")
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}
