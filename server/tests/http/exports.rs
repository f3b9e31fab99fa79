//! Downloads: their names, what is in them, and who gets them.

use std::io::{Cursor, Read};

use domain::{FileKind, Format, Genre, ManuscriptFile, NewPost, Remark, Role, Title};
use reqwest::Method;

use crate::site::{Browser, Person, Site, books::a_story, rows};

async fn bytes(browser: &Browser, path: &str) -> (String, Vec<u8>) {
    let answer = browser.request(Method::GET, path).send().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    assert_eq!(answer.headers().get("cache-control").and_then(|value| value.to_str().ok()), Some("no-store"));
    let name = answer.headers().get("content-disposition").and_then(|value| value.to_str().ok()).unwrap_or_default();
    (name.to_owned(), answer.bytes().await.expect("a whole answer").to_vec())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_story_is_downloaded_as_each_kind_and_read_again() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let mut file = ManuscriptFile::parse("b.md", "## One\n\nIt *rained*.\n\n***\n\nStill.\n").expect("a book");
    file.title = Title::parse("../é 🚀").expect("a title");
    let story =
        *site.store.import_story(ada.user, file, Genre::Mystery, Format::Novel, false).await.expect("a story").value();
    let browser = site.browser_of(&ada);
    for &kind in FileKind::ALL {
        let (name, bytes) = bytes(&browser, &format!("/api/export_story?story={story}&format={kind}")).await;
        assert!(name.starts_with("attachment; filename=\"_ _."), "{name}");
        assert!(name.contains("filename*=UTF-8''%C3%A9%20%F0%9F%9A%80."), "{name}");
        let read = formats::read("again", &bytes).expect("a book");
        let text = read.parts.iter().flat_map(|part| &part.chapters).flat_map(|chapter| &chapter.scenes);
        let text = text.map(|scene| scene.text.as_str()).collect::<Vec<_>>().join(" | ");
        assert!(text.contains("Still."), "{kind}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_downloaded_as_one_archive() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    for title in ["Salt", "salt", "x/../y"] {
        a_story(&site.store, ada.user, title, false).await;
    }
    let text = Remark::parse("Is it done?").expect("a remark");
    site.store.create_post(ada.user, NewPost { text, about: None }).await.expect("a post");
    let (name, bytes) = bytes(&site.browser_of(&ada), "/api/export_account").await;
    assert!(name.contains("Quire ada.zip"), "{name}");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let names = archive.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect::<Vec<_>>();
    for expected in ["stories/Salt/story.md", "stories/salt (2)/story.md", "stories/x-..-y/notes.json", "account.json"]
    {
        assert!(names.iter().any(|name| name == expected), "{names:?}");
    }
    let mut account = String::new();
    archive.by_name("account.json").expect("the file").read_to_string(&mut account).expect("its text");
    let account: serde_json::Value = serde_json::from_str(&account).expect("JSON");
    assert_eq!(account["posts"][0]["text"], "Is it done?");
    assert!(!account.to_string().contains("password"), "{account}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_get_a_sentence() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let ben = Person::join(&site.store, "ben", Role::Writer).await;
    let story = a_story(&site.store, ada.user, "Salt", true).await.story;
    let path = format!("/api/export_story?story={story}&format=epub");
    assert_eq!(site.nobody().get(&path).await.status, 401);
    assert_eq!(site.browser_of(&ben).get(&path).await.status, 404);
    assert_eq!(site.nobody().get("/api/export_account").await.status, 401);
    let mut ada = site.browser_of(&ada);
    for wrong in ["", "?story=nonsense&format=epub", &format!("?story={story}"), &format!("?story={story}&format=exe")]
    {
        let answer = ada.get(&format!("/api/export_story{wrong}")).await;
        assert!(matches!(answer.status, 404 | 422), "{wrong}: {answer:?}");
    }
    let request = site.nobody().request(Method::GET, &path).header("accept", "text/html");
    assert_eq!(site.nobody().send(request).await.body, "Please sign in first.");
}

/// A story is read when the one before it has gone out: what is deleted meanwhile is not in the archive.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_goes_out_story_by_story() {
    const STORIES: usize = 16;
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    for number in 0..STORIES {
        a_story(&site.store, ada.user, &format!("Story {number}"), false).await;
    }
    // More than the sockets between the two take in.
    rows::run(&site.address, "update scenes set content = hex(randomblob(300000))").await;
    let browser = site.browser_of(&ada);
    let mut answer = browser.request(Method::GET, "/api/export_account").send().await.expect("an answer");
    assert_eq!(answer.content_length(), None, "nobody knows yet how long it is");
    let mut bytes = answer.chunk().await.expect("a piece").expect("a beginning").to_vec();
    rows::run(&site.address, "delete from scenes; delete from chapters; delete from parts; delete from stories").await;
    while let Some(piece) = answer.chunk().await.expect("a piece") {
        bytes.extend_from_slice(&piece);
    }
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let stories = archive.file_names_raw().filter(|name| name.ends_with(b"/story.md")).count();
    assert!((1..STORIES).contains(&stories), "{stories}");
}
