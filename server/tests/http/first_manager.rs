//! The first start: the program asks for nothing, and prints a link that makes the first manager.

use std::{
    io::{BufRead, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::Stdio,
};

use domain::Role;
use store::{Address, Store};

use crate::site::{Browser, Person, Site, child::Program, people};

const PASSWORD: &str = "three green umbrellas";

/// Starts the program, and reads the path of the link that it prints, if it prints one.
fn start(library: &Path) -> (Program, Option<String>) {
    let errors = tempfile::NamedTempFile::new().expect("a file");
    let mut command = Program::serve();
    command.args(["--addr", "127.0.0.1:0", "--database"]).arg(format!("sqlite:{}", library.display()));
    command.stderr(Stdio::from(errors.reopen().expect("the file")));
    let program = Program::run(&mut command);
    // It answers when it has printed all that it prints at its start.
    while !is_up(&program.base) {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let lines = BufReader::new(errors.reopen().expect("the file")).lines().map(|line| line.expect("a text"));
    let mut lines = lines.map(|line| line.trim().to_owned());
    let link = lines.find_map(|line| line.strip_prefix(&program.base).map(str::to_owned));
    (program, link)
}

fn is_up(base: &str) -> bool {
    let mut line = TcpStream::connect(base.trim_start_matches("http://")).expect("a connection");
    line.write_all(b"GET /healthz HTTP/1.1\r\nhost: quire\r\nconnection: close\r\n\r\n").expect("a request");
    let mut answer = String::new();
    line.read_to_string(&mut answer).expect("an answer");
    answer.starts_with("HTTP/1.1 200")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_start_prints_a_link_that_works_without_script() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library.db");
    let (program, unused) = start(&library);
    drop(program);
    let (program, link) = start(&library);
    let (unused, link) = (unused.expect("a link"), link.expect("a link"));
    assert_ne!(unused, link, "each start prints one of its own");

    let mut browser = Browser::new(&program.base);
    let page = browser.get(&link).await.body;
    assert!(page.contains("Make the manager’s account") && !page.contains("I am here"), "{page}");
    let secret = link.split_once("link=").expect("a secret").1;
    let form = [("link", secret), ("name", "Mara"), ("email", "mara@quire.example"), ("password", PASSWORD)];
    let weak = [form[0], form[1], form[2], ("password", "password1234")];
    let refused = browser.plain_form("/api/register_manager", &link, &weak).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    assert!(refused.body.contains(secret), "the form that sends it again has the link");
    let made = browser.plain_form("/api/register_manager", &link, &form).await;
    assert_eq!((made.status, made.header("location")), (302, Some("/studio")), "{made:?}");
    let again = Browser::new(&program.base).plain_form("/api/register_manager", &link, &form).await;
    assert_eq!((again.status, again.header("location")), (302, Some("/studio")), "a second click is answered alike");
    assert!(browser.get("/account").await.body.contains("Mara"));

    let other = unused.split_once("link=").expect("a secret").1;
    let form = [("link", other), ("name", "Eve"), ("email", "eve@quire.example"), ("password", PASSWORD)];
    let refused = Browser::new(&program.base).plain_form("/api/register_manager", &unused, &form).await;
    assert_eq!(refused.status, 410, "{refused:?}");
    drop(program);
    assert_eq!(start(&library).1, None, "there is a manager");
    let store = Store::open(&Address::Sqlite(library)).await.expect("a library");
    let mara = store.find_user(&people::email("mara")).await.expect("an answer").expect("her account");
    store.set_role(mara, Role::Reader).await.expect("she may leave");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_usual_account_is_no_managers() {
    let site = Site::start().await;
    Person::join(&site.store, "mira", Role::Manager).await;
    for link in ["", "0", &"0".repeat(64)] {
        let form = [("link", link), ("name", "Eve"), ("email", "eve@quire.example"), ("password", PASSWORD)];
        let refused = site.nobody().fields("/api/register_manager", &form).await;
        assert_eq!((refused.status, refused.json().as_str()), (410, Some("link-is-over")), "{link}");
    }
}
