//! Scheduled chapters go out by themselves: on one of several nodes, and after a time when none ran.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use domain::{Heading, Role, Wanted};
use store::{Address, Store};

use crate::site::{Person, Site, books::a_story, child::Program, rows};

/// How long a chapter may wait after its moment.
const SOON: Duration = Duration::from_secs(5);

/// A chapter of a published story that goes out in a hundred years, and its page.
async fn scheduled(store: &Store, ada: &Person) -> (String, String) {
    let tree = a_story(store, ada.user, "The Tide Table", true).await;
    let part = &tree.parts[0];
    let second = *store.add_chapter(ada.user, part.part, Heading::default()).await.expect("a chapter").value();
    store.move_scene(ada.user, part.chapters[0].scenes[1].scene, second, 0).await.expect("it has words");
    let (local, zone) = ("2126-12-01T09:30".parse().expect("a time"), "UTC".to_owned());
    let wanted = Wanted { local, zone: zone.try_into().expect("a zone"), which: None };
    store.schedule_chapter(ada.user, second, wanted).await.expect("scheduled");
    (second.to_string(), format!("/novels/{}/{second}", tree.story))
}

/// Its moment is so many milliseconds from now.
async fn put_off(address: &Address, chapter: &str, wait: i64) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time").as_millis();
    let at = i64::try_from(now).expect("a time") + wait;
    rows::run(address, &format!("update chapters set release_at = {at} where id = '{chapter}'")).await;
}

async fn status(base: &str, path: &str) -> u16 {
    reqwest::get(format!("{base}{path}")).await.expect("an answer").status().as_u16()
}

/// Waits until a node shows the chapter, no longer than it may take.
async fn out_soon(node: &Program, path: &str, within: Duration) {
    let until = Instant::now() + within;
    while status(&node.base, path).await != 200 {
        assert!(Instant::now() < until, "not out after {within:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn releases(address: &Address) -> i64 {
    let count = "select cast(count(*) as text) from log where change like '{\"ChapterPublished\"%'";
    rows::numbers(address, count).await[0]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_became_due_while_no_node_ran_goes_out_at_the_start() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let (chapter, path) = scheduled(&site.store, &ada).await;
    put_off(&site.address, &chapter, -3_600_000).await;
    assert_eq!(status(&site.base, &path).await, 404, "no question releases it");
    let Address::Sqlite(file) = &site.address else { panic!("a file") };
    let node = Program::start(file);
    out_soon(&node, &path, SOON).await;
    assert_eq!(releases(&site.address).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_three_nodes_one_releases_it_and_all_show_it() {
    let place = services::postgres().empty();
    let site = Site::over(Address::Postgres(place.url.clone())).await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let (chapter, path) = scheduled(&site.store, &ada).await;
    let start = || Program::run(Program::serve().args(["--addr", "127.0.0.1:0", "--database", &place.url]));
    let nodes = [start(), start(), start()];
    for node in &nodes {
        assert_eq!(status(&node.base, &path).await, 404);
    }
    let wait = Duration::from_secs(2);
    put_off(&site.address, &chapter, 2_000).await;
    for node in &nodes {
        out_soon(node, &path, wait + SOON).await;
    }
    assert_eq!(releases(&site.address).await, 1);
}
