//! Muting and blocking, as pages and answers show it: to the one who does it alone.

use domain::Role;

use crate::site::{Browser, Person, Site};

/// Ada and Rea, and a post of Ben's that Rea commented on.
struct Place {
    site: Site,
    ada: Browser,
    ben: Browser,
    rea: Browser,
    ada_id: String,
    ben_id: String,
    post: String,
}

async fn value(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = browser.fields(path, fields).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()["value"].as_str().unwrap_or_default().to_owned()
}

async fn place() -> Place {
    let site = Site::start().await;
    let mut people = vec![];
    for (name, role) in [("ada", Role::Writer), ("ben", Role::Reader), ("rea", Role::Reader)] {
        people.push(Person::join(&site.store, name, role).await);
    }
    let [mut ada, mut ben, mut rea] = [0, 1, 2].map(|number: usize| site.browser_of(&people[number]));
    let post = value(&mut ben, "/api/create_post", &[("text", "I shout.")]).await;
    value(&mut rea, "/api/add_comment", &[("post", &post), ("text", "Why?")]).await;
    ada.get("/").await;
    Place { site, ada, ben, rea, ada_id: people[0].user.to_string(), ben_id: people[1].user.to_string(), post }
}

/// How each thing that was said stands on a page, in its order.
async fn folds(browser: &mut Browser, path: &str) -> Vec<String> {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    let folds = page.body.split("data-testid=\"fold\"").skip(1);
    folds
        .map(|rest| {
            rest.split("data-silence=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("how").to_owned()
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_folds_for_the_one_who_muted_alone() {
    let Place { site, mut ada, mut ben, mut rea, ben_id, post, .. } = place().await;
    let thread = format!("/community/{post}");
    let anew = format!("{thread}?edit=0");
    // The first has the body made, the second gets the one that is kept; the third is made for its reader.
    for path in [&*thread, &*thread, &*anew] {
        assert_eq!(folds(&mut ada, path).await, ["none", "none"], "{path}");
        assert_eq!(folds(&mut site.nobody(), path).await, [""; 0], "{path}");
    }
    let stranger = site.nobody().get(&thread).await.body;
    value(&mut ada, "/api/silence_person", &[("person", &ben_id), ("how", "mute")]).await;
    for (how, other) in [("mute", "block"), ("block", "mute")] {
        for path in [&*thread, &*thread, &*anew] {
            assert_eq!(folds(&mut ada, path).await, [how, "none"], "{path}");
            for browser in [&mut ben, &mut rea] {
                assert_eq!(folds(browser, path).await, ["none", "none"], "{path}");
            }
        }
        assert_eq!(folds(&mut ada, "/community").await, [how]);
        assert_eq!(folds(&mut ada, "/").await, [how]);
        assert_eq!(folds(&mut ada, "/authors/ben").await, [how]);
        let page = ada.get("/authors/ben").await.body;
        assert!(page.contains(&format!("data-testid=\"silenced\" data-silence=\"{how}\"")), "{page}");
        value(&mut ada, "/api/silence_person", &[("person", &ben_id), ("how", other)]).await;
    }
    assert_eq!(site.nobody().get(&thread).await.body, stranger, "a stranger's page is the same");
    value(&mut ada, "/api/end_silence", &[("person", &ben_id)]).await;
    assert_eq!(folds(&mut ada, &thread).await, ["none", "none"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_link_is_for_members_and_not_for_oneself() {
    let Place { site, mut ada, mut ben, post, .. } = place().await;
    let links =
        async |browser: &mut Browser, path: &str| browser.get(path).await.body.matches("/silence?person=ben").count();
    for path in [format!("/community/{post}"), "/authors/ben?page=1".to_owned()] {
        for _ in 0..2 {
            let on_page = if path.starts_with("/authors") { 2 } else { 1 };
            assert_eq!(links(&mut ada, &path).await, on_page, "{path}");
            assert_eq!((links(&mut ben, &path).await, links(&mut site.nobody(), &path).await), (0, 0), "{path}");
        }
    }
    for path in ["/silence?person=ben", "/silence?person=nobody", "/silence"] {
        assert!(!site.nobody().get(path).await.body.contains("data-testid=\"mute\""), "{path}");
    }
    assert_eq!(ada.get("/silence?person=nobody").await.status, 404);
    assert!(ben.get("/silence?person=ben").await.body.contains("This is you."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_is_its_owners() {
    let Place { site, mut ada, mut ben, mut rea, ada_id, ben_id, .. } = place().await;
    value(&mut ada, "/api/silence_person", &[("person", &ben_id), ("how", "block")]).await;
    let question = format!("/api/fetch_my_silences?by={ada_id}");
    assert!(ada.get(&question).await.body.contains(&ben_id));
    for browser in [&mut ben, &mut rea, &mut site.nobody()] {
        let answer = browser.get(&question).await;
        assert!(answer.status >= 400 && !answer.body.contains(&ben_id), "{} {}", answer.status, answer.body);
    }
    let account = ada.get("/account").await.body;
    assert!(account.contains("data-testid=\"silences\"") && account.contains("Blocked"), "{account}");
    assert!(rea.get("/account").await.body.contains("data-testid=\"no-silences\""));
    let page = ben.get("/authors/ada").await.body;
    assert!(!page.contains("silence=\"block\""), "who is blocked sees nothing of it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn plain_forms_lead_back_and_say_why_not() {
    let Place { site: _site, mut ada, mut ben, ada_id, ben_id, post, .. } = place().await;
    let here = "/silence?person=ada&next=/community";
    let form = [("person", &*ada_id), ("how", "block"), ("next", here)];
    let done = ben.plain_form("/api/silence_person", here, &form).await;
    assert_eq!((done.status, done.header("location")), (302, Some(here)), "{}", done.body);
    let page = ben.get(here).await.body;
    assert!(page.contains("You blocked ada.") && page.contains("Unblock") && !page.contains("data-testid=\"block\""));
    let form = [("post", &*post), ("text", "But I typed this.")];
    let refused = ada.plain_form("/api/add_comment", &format!("/community/{post}"), &form).await;
    assert_eq!(refused.status, 403);
    for part in ["the author of this post has blocked you", "But I typed this."] {
        assert!(refused.body.contains(part), "{part}: {}", refused.body);
    }
    let answer = ada.fields("/api/add_comment", &form).await;
    assert_eq!((answer.status, &*answer.body), (403, r#"{"blocked":"post"}"#));
    let done = ben.plain_form("/api/end_silence", "/account", &[("person", &ada_id)]).await;
    assert_eq!((done.status, done.header("location")), (302, Some("/account")));
    value(&mut ada, "/api/add_comment", &form).await;
    let me = ben.plain_form("/api/silence_person", here, &[("person", &ben_id), ("how", "mute")]).await;
    assert_eq!(me.status, 404);
}
