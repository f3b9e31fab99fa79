//! No edit is lost: not to another tab, and not to a server that is killed.

use std::{path::PathBuf, time::Duration};

use domain::{Format, Genre, Manuscript, NewStory, Note, Role, SceneId, Title};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use store::{Address, Store};

use crate::site::{Browser, Person, Site, child::Program, rows};

fn save(scene: SceneId, content: &str, base: i64) -> Value {
    json!({
        "scene": scene,
        "save": {"title": "", "content": content, "goal": "", "conflict": "", "outcome": "", "base": base},
    })
}

async fn scene_of_a_new_story(store: &Store, author: &Person) -> SceneId {
    let title = Title::parse("The Tide Table").expect("a title");
    let new = NewStory { title, blurb: Note::default(), format: Format::Novel, genre: Genre::Mystery };
    let story = store.create_story(author.user, new).await.expect("a story").value().story;
    let tree = store.load(&Manuscript { viewer: author.user, story }).await.expect("its tree");
    tree.value.parts[0].chapters[0].scenes[0].scene
}

#[tokio::test]
async fn the_second_of_two_saves_from_one_base_overwrites_nothing() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let scene = scene_of_a_new_story(&site.store, &ada).await;
    let (mut one_tab, mut other_tab) = (site.browser_of(&ada), site.browser_of(&ada));

    let first = one_tab.json("/api/save_scene", &save(scene, "From one tab.", 1)).await;
    assert_eq!((first.status, first.json()["value"].as_i64()), (200, Some(2)), "{}", first.body);
    let second = other_tab.json("/api/save_scene", &save(scene, "From the other tab.", 1)).await;
    assert_eq!((second.status, second.json()), (409, json!({"conflict": 2})), "it says what is there now");

    let question = format!("/api/fetch_scene?viewer={}&scene={scene}", ada.user);
    let kept = other_tab.get(&question).await.json();
    assert_eq!(kept["entry"]["value"]["content"], "From one tab.");
    assert_eq!(kept["entry"]["value"]["rev"], 2);

    // Having chosen, the author saves from what is there.
    let chosen = other_tab.json("/api/save_scene", &save(scene, "From both.", 2)).await;
    assert_eq!((chosen.status, chosen.json()["value"].as_i64()), (200, Some(3)), "{}", chosen.body);
}

#[tokio::test]
async fn of_saves_at_once_from_one_base_one_is_taken() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let scene = scene_of_a_new_story(&site.store, &ada).await;
    let tabs = (0..8).map(|tab| {
        let mut browser = site.browser_of(&ada);
        tokio::spawn(async move { browser.json("/api/save_scene", &save(scene, &format!("Tab {tab}."), 1)).await })
    });
    let mut statuses = Vec::new();
    for tab in tabs.collect::<Vec<_>>() {
        statuses.push(tab.await.expect("an answer").status);
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409]);
}

/// Who can't save is told that nothing was saved, where that is certain.
#[tokio::test]
async fn a_library_that_is_away_keeps_nothing_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path: PathBuf = folder.path().join("library.db");
    let address = Address::Sqlite(path.clone());
    let (people, scenes) = library(&address).await;
    let program = Program::start(&path);
    let mut browser = Browser::new(&program.base);
    browser.set_cookie("quire-session", people[0].token.as_str());
    let question = format!("/api/fetch_scene?viewer={}&scene={}", people[0].user, scenes[0]);
    let read = || told(browser.request(Method::GET, &question));
    let save = |text| {
        let request = browser.request(Method::POST, "/api/save_scene").header("content-type", "application/json");
        told(request.body(save(scenes[0], text, 1).to_string()))
    };
    for (away, back, status) in [
        // Nobody can be recognised.
        ("alter table sessions rename to away", "alter table away rename to sessions", 503),
        // The write itself is refused.
        ("create trigger away before update on scenes begin select raise(abort, 'no'); end", "drop trigger away", 200),
    ] {
        rows::column(&address, away).await;
        assert_eq!(save("Never.").await, (503, json!("unsaved")), "{away}");
        let answer = read().await;
        assert_eq!(answer.0, status, "{away}");
        assert!(status == 200 || answer.1 == json!("unavailable"), "{away}: {answer:?}");
        rows::column(&address, back).await;
        assert_eq!(read().await.1["entry"]["value"]["rev"], 1, "{away}");
    }
    assert_eq!(save("After.").await.0, 200);
}

/// What is answered, though it be that the server failed.
async fn told(request: RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.expect("an answer");
    (answer.status().as_u16(), serde_json::from_str(&answer.text().await.expect("a text")).expect("JSON"))
}

/// How often the server is killed, and how many write meanwhile.
const ROUNDS: usize = 4;
const WRITERS: usize = 8;

/// Saves a scene again and again until the server is gone: the last save that was acknowledged.
async fn save_until_the_end(mut browser: Browser, scene: SceneId, mut rev: i64) -> i64 {
    loop {
        let body = save(scene, &format!("Revision {}.", rev + 1), rev).to_string();
        let request = browser.request(Method::POST, "/api/save_scene").header("content-type", "application/json");
        // Before it was killed, the server refuses nothing.
        match browser.try_send(request.body(body)).await {
            Some(answer) => {
                assert_eq!(answer.status, 200, "{}", answer.body);
                rev += 1;
            }
            None => return rev,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_loses_no_acknowledged_save() {
    let folder = tempfile::tempdir().expect("a folder");
    let path: PathBuf = folder.path().join("library.db");
    let address = Address::Sqlite(path.clone());
    let (people, scenes) = library(&address).await;
    let mut revs = [1; WRITERS];
    let mut saves = 0;
    for round in 0..ROUNDS {
        let program = Program::start(&path);
        let writers: Vec<_> = (0..WRITERS)
            .map(|number| {
                let mut browser = Browser::new(&program.base);
                browser.set_cookie("quire-session", people[number].token.as_str());
                tokio::spawn(save_until_the_end(browser, scenes[number], revs[number]))
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(700)).await;
        program.kill();
        for (number, writer) in writers.into_iter().enumerate() {
            let acknowledged = writer.await.expect("a writer that lasts");
            saves += acknowledged - revs[number];
            // At most the one save that was under way is there beside what was acknowledged.
            let scene = scenes[number];
            let rev =
                rows::numbers(&address, &format!("select cast(rev as text) from scenes where id = '{scene}'")).await[0];
            assert!((acknowledged..=acknowledged + 1).contains(&rev), "round {round}: {acknowledged} became {rev}");
            let text = rows::column(&address, &format!("select content from scenes where id = '{scene}'")).await;
            assert!(rev == 1 || text == [format!("Revision {rev}.")], "round {round}: {text:?} at {rev}");
            revs[number] = rev;
        }
        assert_log_and_rows_agree(&address, &scenes).await;
    }
    println!("{ROUNDS} kills, {saves} acknowledged saves, none lost");
    assert!(saves > 0, "nothing was saved, so nothing was proved");
}

async fn library(address: &Address) -> (Vec<Person>, Vec<SceneId>) {
    let store = Store::open(address).await.expect("an open library");
    let (mut people, mut scenes) = (Vec::new(), Vec::new());
    for number in 0..WRITERS {
        people.push(Person::join(&store, &format!("writer{number}"), Role::Writer).await);
        scenes.push(scene_of_a_new_story(&store, &people[number]).await);
    }
    (people, scenes)
}

/// The log has no gap and ends at its head, and every save of a row is in it, once.
async fn assert_log_and_rows_agree(address: &Address, scenes: &[SceneId]) {
    let log = "select cast(count(*) as text) from log union all select cast(max(seq) as text) from log
               union all select cast(seq as text) from log_head";
    let counts = rows::numbers(address, log).await;
    assert!(counts.iter().all(|count| *count == counts[0]), "rows, last position and head of the log: {counts:?}");
    for scene in scenes {
        let saves = format!(
            "select cast(count(*) as text) from log where change like '{{\"SceneSaved\"%' and change like '%{scene}%'
             union all select cast(rev - 1 as text) from scenes where id = '{scene}'"
        );
        let counts = rows::numbers(address, &saves).await;
        assert_eq!(counts[0], counts[1], "saves of {scene} in the log, and in its row");
    }
}
