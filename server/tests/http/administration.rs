//! The forms of those who look after the place, without a script: nothing that was typed is lost.

use domain::Role;

use crate::site::{Person, Site};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_managers_who_save_at_once_the_second_has_both_texts() {
    let site = Site::start().await;
    let mia = Person::join(&site.store, "mia", Role::Manager).await;
    let mut browser = site.browser_of(&mia);
    let fields =
        |about, base| [("registration", "invited"), ("about_text", about), ("rules_text", "Be kind."), ("base", base)];
    let first = browser.plain_form("/api/save_site", "/admin", &fields("About tides.", "0")).await;
    assert_eq!((first.status, first.header("location")), (302, Some("/admin?done=saved")), "{}", first.body);
    let second = browser.plain_form("/api/save_site", "/admin", &fields("About lamps.", "0")).await;
    assert_eq!(second.status, 409);
    for text in ["About lamps.", "About tides.", "About this place", "Saved meanwhile", "value=\"invited\""] {
        assert!(second.body.contains(text), "{text}: {}", second.body);
    }
    let third = browser.plain_form("/api/save_site", "/admin", &fields("About lamps.", "1")).await;
    assert_eq!(third.status, 302, "{}", third.body);
    assert!(site.nobody().get("/about").await.body.contains("About lamps."));
    assert!(site.nobody().get("/register").await.body.contains("by invitation"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_long_comes_back() {
    let site = Site::start().await;
    let mia = Person::join(&site.store, "mia", Role::Manager).await;
    let mut browser = site.browser_of(&mia);
    let long = "Zq".repeat(60);
    let refused = browser.plain_form("/api/invite", "/admin", &[("who", &long)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains(&long) && refused.body.contains("form-error"), "{}", refused.body);
    let long = "Zq ".repeat(7_000);
    let fields = [("registration", "open"), ("about_text", ""), ("rules_text", &*long), ("base", "0")];
    let refused = browser.plain_form("/api/save_site", "/admin", &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains(long.trim()), "the rules are there");
}
