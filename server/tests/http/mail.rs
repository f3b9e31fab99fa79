//! A forgotten password, by mail: the link works once, and nobody learns who has an account.

use std::{fs, path::Path};

use domain::Role;
use reqwest::Method;
use server::{
    mail::{Carrier, send_due},
    router::RouterConfig,
};

use crate::site::{Person, Site};

const ADDRESS: &str = "https://stories.example";

async fn site() -> Site {
    Site::configured(RouterConfig { sends_mail: true, ..RouterConfig::default() }).await
}

/// What goes out now, as the files that it becomes.
async fn mails(site: &Site, folder: &Path) -> Vec<String> {
    let from = "Quire <quire@stories.example>".parse().expect("a sender");
    let carrier = Carrier::folder(folder.to_owned(), from);
    send_due(&site.store, &carrier, &ADDRESS.parse().expect("an address")).await.expect("it is sent");
    let files = fs::read_dir(folder).expect("a folder");
    files.map(|file| fs::read_to_string(file.expect("a file").path()).expect("a mail")).collect()
}

async fn forget(site: &Site, email: &str) -> (u16, String) {
    let answer = site.nobody().fields("/api/forgot_password", &[("email", email)]).await;
    (answer.status, answer.body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_by_mail_works_once() {
    let (site, folder) = (site().await, tempfile::tempdir().expect("a folder"));
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    assert_eq!(forget(&site, "Ada@quire.example").await.0, 200);
    let sent = mails(&site, folder.path()).await;
    let [mail] = sent.as_slice() else { panic!("one mail: {sent:?}") };
    for line in [
        "To: ada@quire.example",
        "From: Quire <quire@stories.example>",
        "Subject: Another password for Quire",
        "Hello ada,",
    ] {
        assert!(mail.contains(line), "{line}: {mail}");
    }
    // A long line may be broken with a `=` at its end, and `=` is written as `=3D`.
    let text = mail.replace("=\r\n", "").replace("=3D", "=");
    let link =
        text.split(&format!("{ADDRESS}/reset-password?link=")).nth(1).and_then(|rest| rest.get(..64)).expect("a link");
    let reset = async || {
        let fields = [("link", link), ("new", "three green umbrellas")];
        site.nobody().fields("/api/reset_password", &fields).await.status
    };
    assert_eq!(reset().await, 200);
    assert!(!site.browser_of(&ada).get("/account").await.body.contains("Signed in as"), "every session is over");
    let other = [("link", link), ("new", "four yellow umbrellas")];
    assert_eq!(site.nobody().fields("/api/reset_password", &other).await.status, 410, "it was used");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_learns_who_has_an_account() {
    let (site, folder) = (site().await, tempfile::tempdir().expect("a folder"));
    Person::join(&site.store, "ada", Role::Writer).await;
    let (known, unknown) = (forget(&site, "ada@quire.example").await, forget(&site, "eve@quire.example").await);
    assert_eq!(known, unknown);
    assert_eq!(mails(&site, folder.path()).await.len(), 1, "to her who has one");
    assert_eq!(mails(&site, folder.path()).await.len(), 1, "once");
}

/// Without a script, and where no mail is sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_says_what_becomes_of_it() {
    let with = site().await;
    assert!(with.nobody().get("/forgot-password").await.body.contains("Send the link"));
    let mut browser = with.nobody();
    let sent = browser.request(Method::POST, "/api/forgot_password").header("accept", "text/html");
    let sent = sent.header("content-type", "application/x-www-form-urlencoded").body("email=eve%40quire.example");
    let answer = browser.send(sent).await;
    assert_eq!((answer.status, answer.header("location")), (302, Some("/forgot-password?done=sent")));
    let without = Site::start().await;
    assert!(without.nobody().get("/forgot-password").await.body.contains("This place sends no mail"));
    assert_eq!(forget(&without, "ada@quire.example").await.0, 422);
}

/// A person who asked for it is told by mail what is new, and ends that by a link, without signing in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn news_come_by_mail_and_end_by_a_link() {
    let (site, folder) = (site().await, tempfile::tempdir().expect("a folder"));
    let (ada, ben) =
        (Person::join(&site.store, "ada", Role::Writer).await, Person::join(&site.store, "ben", Role::Reader).await);
    let mut adas = site.browser_of(&ada);
    assert!(adas.get("/account").await.body.contains("News by mail"));
    assert_eq!(adas.fields("/api/choose_mail", &[("choice", "at-once")]).await.status, 200);
    let post = adas.fields("/api/create_post", &[("text", "What do you think?")]).await;
    let post = serde_json::from_str::<serde_json::Value>(&post.body).expect("JSON")["value"]
        .as_str()
        .expect("an id")
        .to_owned();
    let mut bens = site.browser_of(&ben);
    assert_eq!(bens.fields("/api/add_comment", &[("post", &post), ("text", "Much.")]).await.status, 200);
    site.store.queue_news().await.expect("queued");
    let sent = mails(&site, folder.path()).await;
    let [mail] = sent.as_slice() else { panic!("one mail: {sent:?}") };
    let text = mail.replace("=\r\n", "").replace("=3D", "=");
    let place = format!("{ADDRESS}/community/{post}");
    for line in [
        "To: ada@quire.example",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "* ben commented on your post",
        &place,
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("Much."), "what was said may be taken back");
    let link = text.split("List-Unsubscribe: <").nth(1).and_then(|rest| rest.split('>').next()).expect("a link");
    let link = link.replace(['\r', '\n', ' '], "");
    let path = link.strip_prefix(ADDRESS).expect("a link to the site");
    assert!(site.nobody().get(&path.replace("/api/", "/")).await.body.contains("unsubscribe-form"));
    let choice =
        async |adas: &mut crate::site::Browser| adas.get(&format!("/api/fetch_my_mail?viewer={}", ada.user)).await.body;
    assert!(choice(&mut adas).await.contains("at-once"), "to look at it ends nothing");
    let one_click =
        site.nobody().raw(path, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click".to_owned()).await;
    assert_eq!(one_click.status, 200);
    assert!(choice(&mut adas).await.contains("never"));
    let by_hand =
        site.nobody().raw("/api/unsubscribe?code=0", "application/x-www-form-urlencoded", String::new()).await;
    assert_eq!((by_hand.status, by_hand.header("location")), (303, Some("/unsubscribe?done=1")));
}
