//! Who writes beyond their budget is refused, told when to come back, and keeps nobody else waiting.

use std::collections::BTreeSet;

use domain::Role;
use reqwest::Method;
use server::budget::Budget;

use crate::site::{Answer, Browser, Person, Site};

/// A write that is in no table, as each is when it is new.
const NEW: &str = "a_new_write";

/// Every function that is asked by `POST`, the way to the live connection, and a new write.
fn functions() -> BTreeSet<&'static str> {
    let functions = server_fn::axum::server_fn_paths().filter(|(_, method)| *method == Method::POST);
    functions
        .map(|(path, _)| path.strip_prefix("/api/").expect("below /api/"))
        .chain(["live", "export_story", "export_account", "fetch_story_matches", NEW])
        .collect()
}

/// How it is asked.
fn method(function: &str) -> Method {
    let is_read = matches!(function, "live" | "export_story" | "export_account" | "fetch_story_matches");
    if is_read { Method::GET } else { Method::POST }
}

/// Asks a function for nothing that makes sense: whether it is refused is known before.
async fn ask(browser: &mut Browser, function: &str, from: &str) -> Answer {
    let request = browser.request(method(function), &format!("/api/{function}")).header("x-forwarded-for", from);
    browser.send(request.header("content-type", "application/x-www-form-urlencoded")).await
}

/// Asks until it is refused, and says how often it was not.
async fn exhaust(browser: &mut Browser, function: &str, from: impl Fn(u32) -> String, most: u32) -> u32 {
    for asked in 0..=most {
        let answer = ask(browser, function, &from(asked)).await;
        if answer.status == 429 {
            let seconds = answer.json()["too-many"].as_u64().expect("seconds");
            assert!((1..=120).contains(&seconds), "{function}: {seconds}");
            assert_eq!(answer.header("retry-after"), Some(seconds.to_string().as_str()), "{function}");
            return asked;
        }
    }
    panic!("{function} was let through {most} times");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_write_has_a_budget() {
    let site = Site::frugal().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let ben = Person::join(&site.store, "ben", Role::Writer).await;
    let functions = functions();
    for budget in Budget::ALL {
        let rate = budget.per_account();
        let mut of_budget = functions.iter().filter(|function| Budget::of(&method(function), function) == Some(budget));
        let first = of_budget.next().unwrap_or_else(|| panic!("nothing draws on {budget:?}"));
        // What comes back while it is asked is a tenth at most.
        let passed = exhaust(&mut site.browser_of(&ada), first, |_| "1.2.3.4".to_owned(), rate.burst * 2).await;
        assert!((rate.burst..rate.burst * 2).contains(&passed), "{budget:?}: {passed}");
        for function in of_budget {
            exhaust(&mut site.browser_of(&ada), function, |_| "1.2.3.4".to_owned(), 20).await;
        }
        let other = ask(&mut site.browser_of(&ben), first, "1.2.3.4").await;
        assert_ne!(other.status, 429, "{budget:?}: a neighbour is not held up");
    }
    let uncounted: Vec<_> =
        functions.iter().filter(|function| Budget::of(&method(function), function).is_none()).collect();
    assert!(uncounted.is_empty(), "no budget counts {uncounted:?}");
}

#[test]
fn only_named_reads_have_a_budget() {
    for (method, function, expected) in [
        (Method::GET, "fetch_home", None),
        (Method::GET, "fetch_story_matches", Some(Budget::Find)),
        (Method::GET, "live", Some(Budget::Live)),
        (Method::GET, "export_story", Some(Budget::Export)),
        (Method::POST, "fetch_changes", Some(Budget::CatchUp)),
        (Method::POST, "like_story", Some(Budget::Like)),
        (Method::POST, NEW, Some(Budget::Other)),
    ] {
        assert_eq!(Budget::of(&method, function), expected, "{method} {function}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_has_one_too() {
    let site = Site::frugal().await;
    let most = Budget::Registering.per_address().burst;
    let mut stranger = site.nobody();
    // Another address each time, but of one customer's network.
    let passed = exhaust(&mut stranger, "register", |asked| format!("2001:db8:0:1::{asked:x}"), most + 20).await;
    assert!((most..most + 20).contains(&passed), "{passed}");
    assert_ne!(ask(&mut stranger, "register", "2001:db8:0:2::1").await.status, 429, "the next customer's is another");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plain_form_is_told_on_a_page() {
    let site = Site::frugal().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let mut browser = site.browser_of(&ada);
    exhaust(&mut browser, "create_post", |_| "127.0.0.1".to_owned(), 100).await;
    let refused = browser.plain_form("/api/create_post", "/feed", &[("text", "It is out.")]).await;
    assert_eq!(refused.status, 429, "{refused:?}");
    assert!(refused.header("retry-after").is_some(), "{refused:?}");
    assert!(refused.body.contains("That was too often") && refused.body.contains("It is out."), "{refused:?}");
}
