//! What is asked twice with one idempotency key is done once, and answered twice alike: every write there is, on
//! both databases.

use std::path::Path;

use domain::{MyLikes, Role};
use reqwest::Method;
use serde_json::{Value, json};
use store::Address;

use crate::site::{
    Answer, Browser, Person, Site,
    docs::{Section, a_book, run, sections, world},
};

/// They end the session by which the second is recognised, if that comes a moment later.
const ENDS_THE_SESSION: [&str; 4] =
    ["/api/sign_out", "/api/sign_out_everywhere", "/api/end_session", "/api/delete_account"];

/// How many commits there were.
async fn commits(site: &Site, ada: &Person) -> u64 {
    site.store.load(&MyLikes { viewer: ada.user }).await.expect("a position").as_of.0
}

/// How many commits it takes to do this once, if it is asked for twice.
fn takes(section: &Section) -> u64 {
    match section.path {
        // A session begins each time, for who knows the password; and one password or address takes another's place
        // twice alike, and a second factor is off.
        "/api/sign_in"
        | "/api/change_password"
        | "/api/reset_password"
        | "/api/confirm_email"
        | "/api/turn_off_second_factor" => 2,
        "/api/register" | "/api/register_manager" => 3,
        _ => 1,
    }
}

fn parsed(told: &str) -> Value {
    serde_json::from_str(told).unwrap_or_else(|error| panic!("{error}: {told}"))
}

async fn check(site: &Site, ada: &Person, section: Section, book: &Path) {
    let names = world(site, ada).await;
    let before = commits(site, ada).await;
    let line = format!("{} --header 'Idempotency-Key: \"{}\"'", section.curl, section.path);
    let once = || {
        let (line, names, book) = (line.clone(), names.clone(), book.to_owned());
        tokio::task::spawn_blocking(move || run(&line, &names, &book))
    };
    let (first, second) = (once(), once());
    let (first, second) = (first.await.expect("an answer"), second.await.expect("an answer"));
    let done = commits(site, ada).await - before;
    assert_eq!(done, takes(&section), "{}: {first:?} {second:?}", section.path);
    if ENDS_THE_SESSION.contains(&section.path) && (first.0 == "401" || second.0 == "401") {
        return;
    }
    assert_eq!((first.0.as_str(), second.0.as_str()), (section.status, section.status), "{first:?} {second:?}");
    let (first, second) = (parsed(&first.1), parsed(&second.1));
    assert_eq!(first["value"], second["value"], "{}", section.path);
    if takes(&section) != 2 {
        assert_eq!(first["record"], second["record"], "{}", section.path);
    }
}

async fn check_all(site: Site) {
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let (_folder, book) = a_book();
    let writes: Vec<_> = sections().into_iter().filter(|section| section.is_write).collect();
    assert!(writes.len() > 35, "they were found");
    for section in writes {
        check(&site, &ada, section, &book).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_write_is_done_once_on_sqlite() {
    check_all(Site::start().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_write_is_done_once_on_postgres() {
    let place = services::postgres().empty();
    check_all(Site::over(Address::Postgres(place.url.clone())).await).await;
}

async fn post(browser: &mut Browser, path: &str, key: Option<&str>, text: &str) -> Answer {
    let request = browser
        .request(Method::POST, path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(crate::site::form::encode(&[("text", text)]));
    let request = key.iter().fold(request, |request, key| request.header("idempotency-key", *key));
    browser.send(request).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_for_one_request() {
    let site = Site::start().await;
    let ada = site.browser_of(&Person::join(&site.store, "ada", Role::Writer).await);
    let ben = site.browser_of(&Person::join(&site.store, "ben", Role::Writer).await);
    let (mut ada, mut ben) = (ada, ben);
    let create = "/api/create_post";
    let first = post(&mut ada, create, Some("k"), "So").await;
    assert_eq!(post(&mut ada, create, Some("k"), "So").await.json(), first.json(), "sent again, after its answer");
    let other = post(&mut ada, create, Some("k"), "So what").await;
    assert_eq!(other.status, 422, "with other content");
    assert!(other.body.contains("idempotency key"), "{}", other.body);
    assert_eq!(post(&mut ada, "/api/create_post?once=k", None, "So").await.status, 200, "a form's is another");
    let id = first.json()["value"].as_str().expect("an id").to_owned();
    let save = ada
        .request(Method::POST, "/api/save_post")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("idempotency-key", "k")
        .body(crate::site::form::encode(&[("post", &id), ("text", "So"), ("base", "1")]));
    assert_eq!(ada.send(save).await.status, 422, "of another function");
    assert_ne!(post(&mut ben, create, Some("k"), "So").await.json()["value"], first.json()["value"], "another's key");
    assert_ne!(post(&mut ada, create, Some("l"), "So").await.json()["value"], first.json()["value"], "another key");
    let without = post(&mut ada, create, None, "So").await;
    assert_ne!(post(&mut ada, create, None, "So").await.json()["value"], without.json()["value"], "without a key");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_refused_is_not_remembered() {
    let site = Site::start().await;
    let mut rea = site.browser_of(&Person::join(&site.store, "rea", Role::Reader).await);
    let begin = async |rea: &mut Browser| {
        let fields = [("title", "Mine"), ("format", "novel"), ("genre", "mystery")];
        let request = rea
            .request(Method::POST, "/api/create_story")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("idempotency-key", "k")
            .body(crate::site::form::encode(&fields));
        rea.send(request).await.status
    };
    assert_eq!(begin(&mut rea).await, 403);
    assert_eq!(rea.fields("/api/become_writer", &[]).await.status, 200);
    assert_eq!(begin(&mut rea).await, 200, "the same request may be sent again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plain_form_is_sent_once() {
    let site = Site::start().await;
    let person = Person::join(&site.store, "ada", Role::Writer).await;
    let mut ada = site.browser_of(&person);
    let page = ada.get("/community").await.body;
    let action =
        page.split("action=\"").find_map(|rest| rest.split('"').next().filter(|to| to.contains("create_post")));
    let action = action.expect("the form's address").to_owned();
    assert!(action.contains("?once="), "{action}");
    let posts = async || {
        let feed = site.store.load(&domain::Feed { about: None, page: 0 }).await.expect("the feed");
        feed.value.posts.iter().map(|post| post.text.to_string()).collect::<Vec<_>>()
    };
    for text in ["So", "So", "So what", "So"] {
        assert_eq!(ada.plain_form(&action, "/community", &[("text", text)]).await.status, 302);
    }
    assert_eq!(posts().await, ["So what", "So"], "twice is once, and other words are another post");
    let again = ada.get("/community").await.body;
    assert!(!again.contains(&action), "the next form has a key of its own");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_made_once() {
    let site = Site::start().await;
    let form = |password: &'static str| {
        [("name", "Eve"), ("email", "eve@quire.example"), ("password", password), ("role", "reader")]
    };
    let mut registered = vec![];
    for _ in 0..2 {
        let mut eve = site.nobody();
        let answer = eve.plain_form("/api/register", "/register", &form("a long password")).await;
        assert_eq!((answer.status, answer.header("location")), (302, Some("/")));
        registered.push(eve.get("/community").await.body.contains("Eve"));
    }
    assert_eq!(registered, [true, true], "both are signed in");
    let mut mallory = site.nobody();
    let answer = mallory.plain_form("/api/register", "/register", &form("another password")).await;
    assert_eq!(answer.status, 401, "{answer:?}");
    assert_eq!(mallory.cookie("quire-session"), None, "and nobody else is");
    let again = mallory.fields("/api/register", &form("a long password")).await;
    assert_eq!(again.json(), json!("address-taken"), "without a key it is asked anew");
    assert!(site.store.find_user(&crate::site::people::email("eve")).await.is_ok_and(|eve| eve.is_some()));
}
