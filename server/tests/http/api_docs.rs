//! `docs/api.md` says what is so: every server function is in it, and every line with `curl` works.

use std::collections::BTreeSet;

use domain::Role;

use crate::site::{
    Person, Site,
    docs::{a_book, run, sections, world},
};

/// Addresses that answer with a file.
const DOWNLOADS: [&str; 2] = ["/api/export_story", "/api/export_account"];

#[test]
fn every_function_is_documented() {
    let functions = server_fn::axum::server_fn_paths().map(|(path, method)| (path.to_owned(), method.to_string()));
    let downloads = DOWNLOADS.map(|path| (path.to_owned(), "GET".to_owned()));
    let registered: BTreeSet<_> = functions.chain(downloads).collect();
    let documented: BTreeSet<_> =
        sections().iter().map(|section| (section.path.to_owned(), section.method.to_owned())).collect();
    let differing: Vec<_> = registered.symmetric_difference(&documented).collect();
    assert!(differing.is_empty(), "{differing:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_line_works() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let (_folder, book) = a_book();
    for section in sections() {
        // Each line finds a library of its own: what it deletes, no other line misses.
        let names = world(&site, &ada).await;
        let told = run(section.curl, &names, &book);
        assert_eq!(told.0, section.status, "{}\n{}", section.curl, told.1);
    }
}

/// What only managers may do, unless the server was built to be developed.
const FOR_MANAGERS: [&str; 9] = [
    "/api/fetch_node_report",
    "/api/clear_node_metrics",
    "/api/clear_node_memory",
    "/api/acknowledge_alert",
    "/api/set_areas",
    "/api/fetch_log",
    "/api/fetch_node_keys",
    "/api/explain_answer",
    "/api/invalidate_answers",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_for_managers_is_theirs_alone() {
    let site = Site::for_managers().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let rea = Person::join(&site.store, "rea", Role::Reader).await;
    let mira = Person::join(&site.store, "mira", Role::Manager).await;
    let (_folder, book) = a_book();
    let names = world(&site, &ada).await;
    let sections: Vec<_> = sections().into_iter().filter(|section| section.for_managers).collect();
    assert_eq!(sections.iter().map(|section| section.path).collect::<Vec<_>>(), FOR_MANAGERS);
    for section in sections {
        for (who, expected) in [(None, "401"), (Some(&rea), "403"), (Some(&ada), "403"), (Some(&mira), section.status)]
        {
            let cookie =
                who.map_or_else(|| "nobody=".to_owned(), |who| format!("quire-session={}", who.token.as_str()));
            let names: Vec<_> = names.iter().cloned().chain([("COOKIE", cookie)]).collect();
            let told = run(section.curl, &names, &book);
            assert_eq!(told.0, expected, "{}: {}", section.path, told.1);
        }
    }
}

/// What everybody may read of the library.
const PUBLIC: [&str; 8] = [
    "/api/fetch_home",
    "/api/fetch_shelf?format=novel",
    "/api/fetch_shelf?format=comic&genre=mystery",
    "/api/fetch_story?story=$STORY",
    "/api/fetch_reading_page?story=$STORY&chapter=$CHAPTER",
    "/api/fetch_releases?story=$STORY",
    "/api/fetch_feed?page=0",
    "/api/fetch_thread?post=$POST",
];

/// A page of ours is answered anew each time, cookies or none: what is the same again would come back with
/// the position that it had, be older than what the page knows, and be asked for without end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_ours_is_not_told_which_content_it_is() {
    let site = Site::start().await;
    for (name, value, is_told) in [
        ("accept", "application/json", true),
        ("sec-fetch-site", "cross-site", true),
        ("sec-fetch-site", "same-origin", false),
        ("cookie", "quire-theme=dark", false),
    ] {
        let asked = site.nobody().request(reqwest::Method::GET, "/api/fetch_home").header(name, value);
        let answer = site.nobody().send(asked).await;
        assert_eq!(answer.header("etag").is_some(), is_told, "{name}: {value}");
        assert_eq!(answer.header("cache-control"), Some(if is_told { "public, no-cache" } else { "no-store" }));
        assert_eq!(answer.header("vary"), Some("cookie, sec-fetch-site"), "{name}: {value}");
    }
}

/// After each function, who holds a public answer is told 304 exactly when its content is the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn not_modified_means_just_that() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let (_folder, book) = a_book();
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
