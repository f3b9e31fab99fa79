//! `docs/api.md`, read by machine: each function, with a line that calls it.

use std::{path::Path, process::Command};

use domain::{
    Body, CastKind, Decisions, Grounds, Heading, Keep, Name, NewComment, NewPost, Note, Query, Reason, Remark,
    Reportable, Rev, Role, SceneTexts, Seq, SignUp, StoryPage, Suspension, UserId,
};
use store::{AddressAsked, Store};

use super::{Person, Site, books::a_story, people};

const DOCS: &str = include_str!("../../../docs/api.md");

/// What the docs say of one function.
#[derive(Debug)]
pub struct Section {
    pub method: &'static str,
    pub path: &'static str,
    pub status: &'static str,
    pub curl: &'static str,
    pub for_managers: bool,
    /// Whether it answers with what a commit left in the log.
    pub is_write: bool,
}

/// All of them.
pub fn sections() -> Vec<Section> {
    DOCS.split("\n### ").skip(1).map(section).collect()
}

/// Those that change something, for a test that plays all pages after each of them and takes minutes: every second one,
/// from either on by chance. `QUIRE_FUNCTIONS=all` has all of them.
pub fn posted_to() -> Vec<Section> {
    let all = std::env::var("QUIRE_FUNCTIONS").is_ok_and(|said| said == "all");
    let (first, step) = if all { (0, 1) } else { (rand::random_range(0..2), 2) };
    println!("every function from the {first}. on in steps of {step}");
    sections().into_iter().filter(|section| section.method == "POST").skip(first).step_by(step).collect()
}

fn section(text: &'static str) -> Section {
    let between = |from: &str, to: &str| text.split_once(from).and_then(|(_, rest)| rest.split_once(to));
    let part = |from: &str, to: &str| between(from, to).unwrap_or_else(|| panic!("no {from:?} in {text}")).0;
    let name = text.lines().next().unwrap_or_default();
    let (method, path) = part("\n`", "`").split_once(' ').expect("a method and a path");
    assert_eq!(path, format!("/api/{name}"), "the section's title");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (status, curl) = (part("Answers **", "**"), part("```sh\n", "\n```").trim());
    Section {
        method,
        path,
        status,
        curl,
        for_managers: words.contains("For managers"),
        is_write: words.contains("**, a write: "),
    }
}

/// Runs a line as a shell does: its status, and what came back.
pub fn run(line: &str, names: &[(&str, String)], book: &Path) -> (String, String) {
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
pub async fn world(site: &Site, ada: &Person) -> Vec<(&'static str, String)> {
    let mut names = library(&site.store, ada.user).await;
    let (_, token) = site.store.sign_in(people::email("ada"), people::password("ada")).await.expect("a session").open();
    let (ben, cleo) = (a_newcomer(&site.store, "ben").await, a_newcomer(&site.store, "cleo").await);
    let link = site.store.begin_reset(cleo.user).await.expect("a link");
    let email_link = email_link(&site.store).await;
    // Where there is a manager, no link is good.
    let manager_link = site.store.begin_first_manager().await.expect("an answer");
    let manager_link = manager_link.map(|link| link.as_str().to_owned());
    names.extend(moderated(&site.store, ada.user, &ben, manager_link.is_none()).await);
    let manager_link = manager_link.unwrap_or_else(|| "0".repeat(64));
    names.extend([
        ("MANAGER_LINK", manager_link),
        ("OTHER", ben.user.to_string()),
        ("BENS_COOKIE", format!("quire-session={}", ben.token.as_str())),
        ("LINK", link.as_str().to_owned()),
        ("EMAIL_LINK", email_link),
        ("URL", site.base.clone()),
        ("SESSION", token.tag().to_string()),
        ("COOKIE", format!("quire-session={}", token.as_str())),
        ("HANDLE", "ada".to_owned()),
        ("ME", ada.user.to_string()),
        ("LOG", site.store.log_id().to_string()),
    ]);
    names
}

/// What a newcomer finds in a mail who asked for another address.
async fn email_link(store: &Store) -> String {
    let dana = a_newcomer(store, "dana").await;
    let new = people::email(&format!("dana-{}", dana.user));
    store.ask_for_email(dana.user, people::password("dana"), &new).await.expect("asked for");
    match store.find_address_asked(&new).await.expect("an answer") {
        Some(AddressAsked::Link(_, link)) => link.as_str().to_owned(),
        other => panic!("no link: {other:?}"),
    }
}

/// What a manager has to do with, and a manager's session: once there is one. Until then nobody reported anything.
async fn moderated(store: &Store, ada: UserId, ben: &Person, is_managed: bool) -> Vec<(&'static str, String)> {
    let nothing = "0000000000007".to_owned();
    if !is_managed {
        let names = ["MANAGER", "MANAGERS_COOKIE", "REPORTED", "HIDDEN", "DECISION", "BEN", "BARRED", "INVITATION"];
        return names.map(|name| (name, nothing.clone())).to_vec();
    }
    let mia = a_newcomer(store, "mia").await;
    store.set_role(mia.user, Role::Manager).await.expect("a manager");
    let barred = a_newcomer(store, "dora").await;
    let (none, told) = (Note::default, || Grounds::parse("Not here.").expect("a reason"));
    store.suspend_account(mia.user, barred.user, Suspension::Week, told(), none()).await.expect("suspended");
    let say = async |text: &str| {
        let new = NewPost { text: Remark::parse(text).expect("a remark"), about: None };
        *store.create_post(ada, new).await.expect("a post").value()
    };
    let (reported, hidden) = (Reportable::Post(say("Buy this.").await), Reportable::Post(say("Buy that.").await));
    store.report_thing(ben.user, reported, Reason::Spam, none()).await.expect("reported");
    store.hide_thing(mia.user, hidden, told(), none()).await.expect("hidden");
    let invitation = store.invite(mia.user, Name::parse("Vanya").expect("a name")).await.expect("an invitation");
    let decisions = store.load(&Decisions { viewer: ada }).await.expect("decisions");
    vec![
        ("MANAGER", mia.user.to_string()),
        ("MANAGERS_COOKIE", format!("quire-session={}", mia.token.as_str())),
        ("REPORTED", reported.to_string()),
        ("HIDDEN", hidden.to_string()),
        ("DECISION", decisions.value[0].act.to_string()),
        ("BEN", ben.user.to_string()),
        ("INVITATION", invitation.value().to_string()),
        ("BARRED", barred.user.to_string()),
    ]
}

/// A person with a new account. An earlier line may have changed the password of the account that it was given.
async fn a_newcomer(store: &Store, who: &str) -> Person {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let email = people::email(&format!("{who}{}", NUMBER.fetch_add(1, Ordering::Relaxed)));
    let (name, password) = (Name::parse(who).expect("a name"), people::password(who));
    let sign_up = SignUp { name, email: email.clone(), password: password.clone(), role: Role::Reader };
    let user = *store.add_account(sign_up).await.expect("an account").value();
    let (_, token) = store.sign_in(email, password).await.expect("a session").open();
    Person { user, token }
}

/// A published story with everything in it, and a post about it with a comment, all Ada's.
async fn library(store: &Store, ada: UserId) -> Vec<(&'static str, String)> {
    let (note, name) = (Note::default(), Name::parse("Mrs Owl").expect("a name"));
    let tree = a_story(store, ada, "The Tide Table", true).await;
    let (story, part) = (tree.story, &tree.parts[0]);
    store.add_part(ada, story, Heading::default()).await.expect("a second part");
    let draft = *store.add_chapter(ada, part.part, Heading::default()).await.expect("a draft").value();
    store.move_scene(ada, part.chapters[0].scenes[1].scene, draft, 0).await.expect("it has words");
    let gone =
        store.add_cast_member(ada, story, CastKind::Setting, name.clone(), note.clone()).await.expect("a setting");
    store.delete_cast_member(ada, CastKind::Setting, *gone.value()).await.expect("it is in the trash");
    let member = store.add_cast_member(ada, story, CastKind::Character, name, note).await.expect("a character");
    let text = Remark::parse("Is it done?").expect("a remark");
    let post = *store
        .create_post(ada, NewPost { text: text.clone(), about: Some(story.into()) })
        .await
        .expect("a post")
        .value();
    let scene = part.chapters[0].scenes[0].scene;
    let typed = SceneTexts { content: Body::parse("It hai").expect("a text"), ..SceneTexts::default() };
    let keep = Keep { texts: typed, base: Rev(1), kept: Rev(0) };
    store.keep_working_copy(ada, scene, keep).await.expect("it is kept, and not saved");
    let comment = store.add_comment(ada, NewComment { post, parent: None, text }).await.expect("a comment");
    // It was read: its title page is in memory.
    let front = StoryPage::first(story);
    store.fetch(&front, Seq::ZERO).await.expect("its title page");
    vec![
        ("KEY", front.key().to_string()),
        ("STORY", story.to_string()),
        ("PART", part.part.to_string()),
        ("DRAFT", draft.to_string()),
        ("CHAPTER", part.chapters[0].chapter.to_string()),
        ("SCENE", scene.to_string()),
        ("MEMBER", member.value().to_string()),
        ("TRASHED", format!("setting:{}", gone.value())),
        ("POST", post.to_string()),
        ("COMMENT", comment.value().to_string()),
    ]
}

/// A small book in a file.
pub fn a_book() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("book.md");
    std::fs::write(&book, "# The Roof\n\n## One\n\nIt rained.\n").expect("a book");
    (folder, book)
}
