//! `docs/api.md` says what is so: every server function is in it, and every line with `curl` works.

mod site;

use std::{collections::BTreeSet, path::Path, process::Command};

use domain::{
    Format, Genre, Heading, Manuscript, Name, NewComment, NewPost, NewStory, Note, Remark, Role, Title, UserId,
};
use store::Store;

use self::site::{Person, Site, people};

const DOCS: &str = include_str!("../../docs/api.md");

/// What the docs say of one function.
#[derive(Debug)]
struct Section {
    method: &'static str,
    path: &'static str,
    status: &'static str,
    curl: &'static str,
}

fn sections() -> Vec<Section> {
    DOCS.split("\n### ").skip(1).map(section).collect()
}

fn section(text: &'static str) -> Section {
    let between = |from: &str, to: &str| text.split_once(from).and_then(|(_, rest)| rest.split_once(to));
    let part = |from: &str, to: &str| between(from, to).unwrap_or_else(|| panic!("no {from:?} in {text}")).0;
    let name = text.lines().next().unwrap_or_default();
    let (method, path) = part("\n`", "`").split_once(' ').expect("a method and a path");
    assert_eq!(path, format!("/api/{name}"), "the section's title");
    Section { method, path, status: part("Answers **", "**"), curl: part("```sh\n", "\n```").trim() }
}

#[test]
fn every_function_is_documented() {
    let registered: BTreeSet<_> =
        server_fn::axum::server_fn_paths().map(|(path, method)| (path.to_owned(), method.to_string())).collect();
    let documented: BTreeSet<_> =
        sections().iter().map(|section| (section.path.to_owned(), section.method.to_owned())).collect();
    let differing: Vec<_> = registered.symmetric_difference(&documented).collect();
    assert!(differing.is_empty(), "{differing:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_line_works() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("book.md");
    std::fs::write(&book, "# The Roof\n\n## One\n\nIt rained.\n").expect("a book");
    for section in sections() {
        // Each line finds a library of its own: what it deletes, no other line misses.
        let names = world(&site, &ada).await;
        let told = run(section.curl, &names, &book);
        assert_eq!(told.0, section.status, "{}\n{}", section.curl, told.1);
    }
}

/// What everybody may read of the library.
const PUBLIC: [&str; 7] = [
    "/api/fetch_home",
    "/api/fetch_shelf?format=novel",
    "/api/fetch_shelf?format=comic&genre=mystery",
    "/api/fetch_story?story=$STORY",
    "/api/fetch_reading_page?story=$STORY&chapter=$CHAPTER",
    "/api/fetch_feed?page=0",
    "/api/fetch_thread?post=$POST",
];

/// After each function, who holds a public answer is told 304 exactly when its content is the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn not_modified_means_just_that() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("book.md");
    std::fs::write(&book, "# The Roof\n\n## One\n\nIt rained.\n").expect("a book");
    let (mut same, mut other) = (0, 0);
    for section in sections().iter().filter(|section| section.method == "POST") {
        let names = world(&site, &ada).await;
        let fill =
            |path: &str| names.iter().fold(path.to_owned(), |path, (name, id)| path.replace(&format!("${name}"), id));
        let mut before = vec![];
        for path in PUBLIC.map(fill) {
            let answer = site.nobody().get(&path).await;
            let tag = answer.header("etag").unwrap_or_else(|| panic!("{path}: {answer:?}")).to_owned();
            assert!(answer.header("cache-tag").is_some_and(|tags| tags.contains(':') || tags == "feed"), "{path}");
            assert_eq!(answer.header("cache-control"), Some("public, no-cache"));
            before.push((path, tag, answer.json()["entry"]["value"].clone()));
        }
        run(section.curl, &names, &book);
        for (path, tag, held) in before {
            let stranger = site.nobody();
            let asked = stranger.request(reqwest::Method::GET, &path).header("if-none-match", &tag);
            let told = site.nobody().send(asked).await;
            let now = site.nobody().get(&path).await;
            let unchanged = now.status == 200 && now.json()["entry"]["value"] == held;
            assert_eq!(told.status == 304, unchanged, "{path} after {}", section.path);
            assert!(told.status != 304 || told.body.is_empty());
            *(if unchanged { &mut same } else { &mut other }) += 1;
        }
    }
    assert!(same > 100 && other > 50, "{same} unchanged, {other} changed");
}

/// Runs a line as a shell does: its status, and what came back.
fn run(line: &str, names: &[(&str, String)], book: &Path) -> (String, String) {
    let arguments = line.strip_prefix("curl ").expect("a line with curl");
    let ran = Command::new("sh")
        .args(["-c", &format!("curl --silent --show-error --max-time 30 --write-out '\n%{{http_code}}' {arguments}")])
        .envs(names.iter().map(|(name, value)| (name, value)))
        .env("BOOK", book)
        // What this machine's proxies are for is elsewhere.
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("curl is installed");
    let told = String::from_utf8_lossy(&ran.stdout);
    let (body, status) = told.rsplit_once('\n').unwrap_or_default();
    (status.to_owned(), format!("{body}{}", String::from_utf8_lossy(&ran.stderr)))
}

/// What the lines call by name: a library, and a session of Ada's.
async fn world(site: &Site, ada: &Person) -> Vec<(&'static str, String)> {
    let mut names = library(&site.store, ada.user).await;
    let (_, token) = site.store.sign_in(people::email("ada"), people::password("ada")).await.expect("a session").open();
    names.extend([
        ("URL", site.base.clone()),
        ("COOKIE", format!("quire-session={}", token.as_str())),
        ("ME", ada.user.to_string()),
        ("LOG", site.store.log_id().to_string()),
    ]);
    names
}

/// A published story with everything in it, and a post about it with a comment, all Ada's.
async fn library(store: &Store, ada: UserId) -> Vec<(&'static str, String)> {
    let (note, name) = (Note::default(), Name::parse("Mrs Owl").expect("a name"));
    let title = Title::parse("The Tide Table").expect("a title");
    let new = NewStory { title, blurb: note.clone(), format: Format::Novel, genre: Genre::Mystery };
    let story = *store.create_story(ada, new).await.expect("a story").value();
    let tree = store.load(&Manuscript { viewer: ada, story }).await.expect("its tree");
    let part = &tree.value.parts[0];
    store.add_part(ada, story, Heading::default()).await.expect("a second part");
    let character = store.add_character(ada, story, name.clone(), note.clone()).await.expect("somebody");
    let setting = store.add_setting(ada, story, name, note).await.expect("somewhere");
    store.publish_story(ada, story).await.expect("it is out");
    let text = Remark::parse("Is it done?").expect("a remark");
    let post =
        *store.create_post(ada, NewPost { text: text.clone(), about: Some(story) }).await.expect("a post").value();
    let comment = store.add_comment(ada, NewComment { post, parent: None, text }).await.expect("a comment");
    vec![
        ("STORY", story.to_string()),
        ("PART", part.part.to_string()),
        ("CHAPTER", part.chapters[0].chapter.to_string()),
        ("SCENE", part.chapters[0].scenes[0].scene.to_string()),
        ("CHARACTER", character.value().to_string()),
        ("SETTING", setting.value().to_string()),
        ("POST", post.to_string()),
        ("COMMENT", comment.value().to_string()),
    ]
}
