//! A new password over HTTP: for a person who knows theirs, and for one with a link.

use domain::Role;
use reqwest::Method;

use crate::site::{Answer, Browser, Person, Site};

const NEW: &str = "three green umbrellas";

async fn change(browser: &mut Browser, current: &str, new: &str) -> Answer {
    browser.fields("/api/change_password", &[("current", current), ("new", new)]).await
}

async fn reset(site: &Site, link: &str, new: &str) -> Answer {
    site.nobody().fields("/api/reset_password", &[("link", link), ("new", new)]).await
}

async fn signs_in(site: &Site, password: &str) -> bool {
    let fields = [("email", "ada@quire.example"), ("password", password)];
    site.nobody().fields("/api/sign_in", &fields).await.status == 200
}

/// Whether a page says who this browser's person is.
async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/account").await.body.contains("Signed in as ada")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_knows_the_password_changes_it_and_other_sessions_end() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let mut here = site.browser_of(&ada);
    let mut there = site.nobody();
    let fields = [("email", "ada@quire.example"), ("password", "ada's password")];
    assert_eq!(there.fields("/api/sign_in", &fields).await.status, 200);

    let refused = change(&mut here, "not her password", NEW).await;
    assert_eq!((refused.status, refused.json().as_str()), (401, Some("not-the-password")));
    assert_eq!(change(&mut here, "ada's password", "password1234").await.status, 422, "it is easily guessed");
    assert_eq!(change(&mut site.nobody(), "ada's password", NEW).await.status, 401, "who are you?");
    assert!(is_signed_in(&mut there).await && !signs_in(&site, NEW).await, "nothing was changed");

    assert_eq!(change(&mut here, "ada's password", NEW).await.status, 200);
    assert_eq!(change(&mut here, "ada's password", NEW).await.status, 200, "a second click is no wrong password");
    assert!(is_signed_in(&mut here).await, "who changed it stays");
    assert!(!is_signed_in(&mut there).await, "a stranger who had got in is out");
    assert!(signs_in(&site, NEW).await && !signs_in(&site, "ada's password").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_was_stolen_does_not_guess_the_password() {
    let site = Site::start().await;
    let mut thief = site.browser_of(&Person::join(&site.store, "ada", Role::Writer).await);
    let mut statuses = vec![];
    for guess in 0..12 {
        statuses.push(change(&mut thief, &format!("guess number {guess}"), NEW).await.status);
    }
    assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 10, "{statuses:?}");
    assert_eq!(statuses.last(), Some(&429));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_is_good_once() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let link = site.store.begin_reset(ada.user).await.expect("a link");
    let made_up = "0".repeat(64);
    for wrong in ["", "x", &made_up] {
        let refused = reset(&site, wrong, NEW).await;
        assert_eq!((refused.status, refused.json().as_str()), (410, Some("link-is-over")), "{wrong:?}");
    }
    assert_eq!(reset(&site, link.as_str(), "password1234").await.status, 422, "and is still good after that");
    assert_eq!(reset(&site, link.as_str(), NEW).await.status, 200);
    assert!(!is_signed_in(&mut site.browser_of(&ada)).await, "every session ended");
    assert!(signs_in(&site, NEW).await);
    assert_eq!(reset(&site, link.as_str(), NEW).await.status, 200, "a second click");
    assert_eq!(reset(&site, link.as_str(), "four yellow umbrellas").await.status, 410);
    assert!(signs_in(&site, NEW).await);

    // A link that was not used ends with the password that it was for.
    let unused = site.store.begin_reset(ada.user).await.expect("a link");
    let another = site.store.begin_reset(ada.user).await.expect("a link");
    assert_eq!(reset(&site, another.as_str(), "four yellow umbrellas").await.status, 200);
    assert_eq!(reset(&site, unused.as_str(), "five blue umbrellas").await.status, 410);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_script_a_new_password_is_two_pages() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let mut browser = site.browser_of(&ada);
    let form = [("current", "not her password"), ("new", NEW)];
    let refused = browser.plain_form("/api/change_password", "/account", &form).await;
    assert_eq!(refused.status, 401);
    assert!(refused.body.contains("That isn’t the password you have now."), "{}", refused.body);
    assert!(!refused.body.contains(NEW), "a password stands on no page");
    let form = [("current", "ada's password"), ("new", NEW)];
    let changed = browser.plain_form("/api/change_password", "/account", &form).await;
    assert_eq!((changed.status, changed.header("location")), (302, Some("/account?done=password")));
    assert!(browser.get("/account?done=password").await.body.contains("Your password is changed."));

    let link = site.store.begin_reset(ada.user).await.expect("a link");
    let page = format!("/reset-password?link={}", link.as_str());
    let mut nobody = site.nobody();
    assert!(nobody.get(&page).await.body.contains(link.as_str()));
    let form = [("link", link.as_str()), ("new", "four yellow umbrellas")];
    let changed = nobody.plain_form("/api/reset_password", &page, &form).await;
    assert_eq!((changed.status, changed.header("location")), (302, Some("/sign-in?done=password")));
    let request = nobody.request(Method::GET, "/sign-in?done=password");
    assert!(nobody.send(request).await.body.contains("Sign in with the new one."));
}

#[tokio::test]
async fn those_who_run_the_place_print_a_link() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library.db");
    let store = store::Store::open(&store::Address::Sqlite(library.clone())).await.expect("a library");
    Person::join(&store, "ada", Role::Writer).await;
    let print = |email: &str| {
        let mut quire = std::process::Command::new(env!("CARGO_BIN_EXE_quire"));
        quire.args(["reset-password", email, "--site", "https://stories.example/", "--database"]);
        quire.arg(format!("sqlite:{}", library.display())).output().expect("the program ends")
    };
    let printed = String::from_utf8(print("ada@quire.example").stdout).expect("a text");
    let link = printed.trim().strip_prefix("https://stories.example/reset-password?link=").expect("a link");
    let link = store::LinkToken::parse(link).expect("a link's form");
    store.reset_password(&link, domain::Password::parse(NEW).expect("a password")).await.expect("changed");
    let nobody = print("eve@quire.example");
    assert!(!nobody.status.success() && nobody.stdout.is_empty());
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("There is no account with that e-mail address."));
}
