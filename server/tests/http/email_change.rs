//! Another address for an account, by a mail with a link: to be confirmed by a form, and without saying whose it is.

use std::{fs, path::Path};

use domain::Role;
use server::{
    mail::{Carrier, send_due},
    router::RouterConfig,
};

use crate::site::{Answer, Browser, Person, Site, people};

const ADDRESS: &str = "https://stories.example";
const NEW: &str = "ada@elsewhere.example";

async fn site() -> Site {
    Site::configured(RouterConfig { sends_mail: true, ..RouterConfig::default() }).await
}

/// What goes out now, in one line each, by whom it is to.
async fn mails(site: &Site) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let from = "Quire <quire@stories.example>".parse().expect("a sender");
    let carrier = Carrier::folder(folder.path().to_owned(), from);
    send_due(&site.store, &carrier, &ADDRESS.parse().expect("an address")).await.expect("it is sent");
    let mut mails: Vec<_> = read(folder.path());
    mails.sort();
    mails
}

fn read(folder: &Path) -> Vec<(String, String)> {
    let Ok(files) = fs::read_dir(folder) else { return vec![] };
    files
        .map(|file| {
            let mail = fs::read_to_string(file.expect("a file").path()).expect("a mail");
            let to = mail.lines().find_map(|line| line.strip_prefix("To: ")).expect("an addressee").trim().to_owned();
            // A long line may be broken with a `=` at its end, and `=` is written as `=3D`.
            (to, mail.replace("=\r\n", "").replace("=3D", "="))
        })
        .collect()
}

fn link(mail: &str) -> String {
    let rest = mail.split(&format!("{ADDRESS}/confirm-email?link=")).nth(1).expect("a link");
    rest.get(..64).expect("a whole one").to_owned()
}

async fn ask(browser: &mut Browser, email: &str, password: &str) -> Answer {
    browser.fields("/api/change_email", &[("email", email), ("current", password)]).await
}

async fn signs_in(site: &Site, email: &str) -> bool {
    let fields = [("email", email), ("password", "ada's password")];
    site.nobody().fields("/api/sign_in", &fields).await.status == 200
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_changes_when_its_link_is_confirmed() {
    let site = site().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let (_, other) = site.store.sign_in(people::email("ada"), people::password("ada")).await.expect("a session").open();
    let (mut here, mut there) = (site.browser_of(&ada), site.browser_of(&Person { token: other, ..ada.clone() }));
    assert_eq!(ask(&mut here, NEW, "not her password").await.status, 401);
    assert_eq!(ask(&mut site.nobody(), NEW, "ada's password").await.status, 401, "who are you?");
    assert_eq!(ask(&mut here, "no address", "ada's password").await.status, 422);
    assert!(mails(&site).await.is_empty(), "nothing was asked for");

    assert_eq!(ask(&mut here, NEW, "ada's password").await.status, 200);
    assert_eq!(ask(&mut here, NEW, "ada's password").await.status, 200, "a second click");
    let sent = mails(&site).await;
    let [(to, mail), (former, notice)] = sent.as_slice() else { panic!("two mails: {sent:?}") };
    assert_eq!((to.as_str(), former.as_str()), (NEW, "ada@quire.example"));
    assert!(notice.contains("Hello ada,") && notice.contains(NEW) && !notice.contains("link="), "{notice}");
    let link = link(mail);

    // Opening it changes nothing.
    let page = format!("/confirm-email?link={link}");
    assert!(site.nobody().get(&page).await.body.contains("Take this address"));
    assert!(signs_in(&site, "ada@quire.example").await && !signs_in(&site, NEW).await);
    let confirmed = here.plain_form("/api/confirm_email", &page, &[("link", &link)]).await;
    assert_eq!((confirmed.status, confirmed.header("location")), (302, Some("/account?done=email")));
    assert!(signs_in(&site, NEW).await && !signs_in(&site, "ada@quire.example").await);
    let account = here.get("/account?done=email").await.body;
    assert!(account.contains(NEW) && account.contains("Your e-mail address is changed."), "{account}");
    assert!(!there.get("/account").await.body.contains("Signed in as"), "the other browser is signed out");
    let again = site.nobody().fields("/api/confirm_email", &[("link", &link)]).await;
    assert_eq!(again.status, 200, "a second click");
    let made_up = "0".repeat(64);
    for wrong in ["", "x", &made_up] {
        let refused = site.nobody().fields("/api/confirm_email", &[("link", wrong)]).await;
        assert_eq!((refused.status, refused.json().as_str()), (410, Some("link-is-over")), "{wrong:?}");
    }
}

/// On another device nobody is signed in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_session_it_leads_to_signing_in() {
    let site = site().await;
    let mut ada = site.browser_of(&Person::join(&site.store, "ada", Role::Writer).await);
    let form = [("email", NEW), ("current", "ada's password")];
    let asked = ada.plain_form("/api/change_email", "/account", &form).await;
    assert_eq!((asked.status, asked.header("location")), (302, Some("/account?done=email-sent")));
    let link = link(&mails(&site).await[0].1);
    let page = format!("/confirm-email?link={link}");
    let confirmed = site.nobody().plain_form("/api/confirm_email", &page, &[("link", &link)]).await;
    assert_eq!((confirmed.status, confirmed.header("location")), (302, Some("/sign-in?done=email")));
    assert!(!ada.get("/account").await.body.contains("Signed in as"), "every session is over");
    assert!(site.nobody().get("/sign-in?done=email").await.body.contains("Sign in with the new one."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_learns_whose_an_address_is() {
    let site = site().await;
    let mut ada = site.browser_of(&Person::join(&site.store, "ada", Role::Writer).await);
    Person::join(&site.store, "ben", Role::Writer).await;
    let taken = ask(&mut ada, "ben@quire.example", "ada's password").await;
    let sent = mails(&site).await;
    let of_ben = &sent.iter().find(|(to, _)| to == "ben@quire.example").expect("a mail").1;
    assert!(of_ben.contains("There is an account with this address already") && !of_ben.contains("link="), "{of_ben}");
    let free = ask(&mut ada, NEW, "ada's password").await;
    assert_eq!((taken.status, taken.body), (free.status, free.body));
    assert_eq!(mails(&site).await.len(), 1, "the notice went out a moment ago");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_form_has_the_address_and_no_password() {
    let site = site().await;
    let mut ada = site.browser_of(&Person::join(&site.store, "ada", Role::Writer).await);
    let form = [("email", NEW), ("current", "zq not her password")];
    let refused = ada.plain_form("/api/change_email", "/account", &form).await;
    assert_eq!(refused.status, 401);
    assert!(refused.body.contains("That isn’t the password you have now.") && refused.body.contains(NEW));
    assert!(!refused.body.contains("zq not"), "a password stands on no page");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_no_mail_is_sent_the_page_says_so() {
    let site = Site::start().await;
    let mut ada = site.browser_of(&Person::join(&site.store, "ada", Role::Writer).await);
    let account = ada.get("/account").await.body;
    assert!(account.contains("a new address can’t be checked here") && !account.contains("email-form"), "{account}");
    assert_eq!(ask(&mut ada, NEW, "ada's password").await.status, 422);
}

#[tokio::test]
async fn those_who_run_the_place_change_an_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library.db");
    let store = store::Store::open(&store::Address::Sqlite(library.clone())).await.expect("a library");
    let ada = Person::join(&store, "ada", Role::Writer).await;
    let change = |email: &str| {
        let mut quire = std::process::Command::new(env!("CARGO_BIN_EXE_quire"));
        quire.args(["change-email", email, NEW, "--database", &format!("sqlite:{}", library.display())]);
        quire.output().expect("the program ends")
    };
    let done = change("ada@quire.example");
    assert!(done.status.success(), "{done:?}");
    let found = store.find_user(&domain::Email::parse(NEW).expect("an address")).await.expect("an answer");
    assert_eq!(found, Some(ada.user));
    let nobody = change("ada@quire.example");
    assert!(!nobody.status.success() && nobody.stdout.is_empty());
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("There is no account with that e-mail address."));
}
