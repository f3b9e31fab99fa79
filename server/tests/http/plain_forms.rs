//! A form that a browser sends without our script: what was typed in it is never lost, whatever it is refused for,
//! and stands in no address.

use domain::{CommentId, Decisions, Grounds, NewPost, Note, Remark, Reportable, Role, UserId};
use reqwest::Method;
use store::Store;

use crate::site::{
    Answer, Browser, Person, Site,
    docs::{sections, world},
};

/// A function, the page of its form, what the form sends, and which of that was typed.
type Form = (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

/// Every function that a plain form calls with something that was typed.
const FORMS: [Form; 9] = [
    ("/api/create_post", "/community", &[("text", "Zq said & <b>bold</b>"), ("about", "{STORY}")], &["text"]),
    (
        "/api/save_post",
        "/community/{POST}?edit={POST}",
        &[("post", "{POST}"), ("base", "1"), ("text", "Zq changed")],
        &["text"],
    ),
    (
        "/api/add_comment",
        "/community/{POST}",
        &[("post", "{POST}"), ("parent", "{COMMENT}"), ("text", "Zq replied")],
        &["text"],
    ),
    (
        "/api/save_comment",
        "/community/{POST}?edit={COMMENT}",
        &[("comment", "{COMMENT}"), ("base", "1"), ("text", "Zq said otherwise")],
        &["text"],
    ),
    (
        "/api/create_story",
        "/studio",
        &[("title", "Zq begun"), ("blurb", "Zq blurb"), ("format", "novel"), ("genre", "mystery")],
        &["title", "blurb"],
    ),
    (
        "/api/register",
        "/register",
        &[("name", "Zq Eve"), ("email", "eve@quire.example"), ("password", "zq secret words"), ("role", "reader")],
        &["name", "email"],
    ),
    ("/api/sign_in", "/sign-in", &[("email", "eve@quire.example"), ("password", "zq secret words")], &["email"]),
    (
        "/api/register_manager",
        "/register?link={MANAGER_LINK}",
        &[
            ("link", "{MANAGER_LINK}"),
            ("name", "Zq Eve"),
            ("email", "eva@quire.example"),
            ("password", "zq secret words"),
        ],
        &["name", "email"],
    ),
    ("/api/answer_decision", "/account", &[("decision", "{DECISION}"), ("text", "Zq a joke")], &["text"]),
];

/// For these nobody needs a session.
const WITHOUT_A_SESSION: [&str; 3] = ["/api/register", "/api/register_manager", "/api/sign_in"];

struct World {
    site: Site,
    ada: Person,
    names: Vec<(&'static str, String)>,
}

impl World {
    async fn over(site: Site) -> Self {
        let ada = Person::join(&site.store, "ada", Role::Writer).await;
        let mut names = world(&site, &ada).await;
        let decision = decision(&site.store, ada.user).await;
        names.retain(|(name, _)| *name != "DECISION");
        names.push(("DECISION", decision));
        Self { site, ada, names }
    }

    fn fill(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    async fn send(&self, browser: &mut Browser, action: &str, from: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, self.fill(value))).collect();
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.plain_form(action, &self.fill(from), &fields).await
    }
}

/// A decision about Ada, of a manager who is none any more: where there is one, nobody becomes the first by a link.
async fn decision(store: &Store, ada: UserId) -> String {
    let manager = Person::join(store, "mia", Role::Reader).await.user;
    store.set_role(manager, Role::Manager).await.expect("a manager");
    let post = NewPost { text: Remark::parse("Buy this.").expect("a remark"), about: None };
    let post = *store.create_post(ada, post).await.expect("a post").value();
    let told = Grounds::parse("Not here.").expect("a reason");
    store.hide_thing(manager, Reportable::Post(post), told, Note::default()).await.expect("hidden");
    store.set_role(manager, Role::Reader).await.expect("a reader");
    let decisions = store.load(&Decisions { viewer: ada }).await.expect("decisions");
    decisions.value[0].act.to_string()
}

/// What a page's form sends if nobody changes it: where to, and its fields.
fn form_of(page: &str) -> (String, Vec<(String, String)>) {
    let plain = |text: &str| {
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&amp;", "&")
    };
    let form = page.split("data-testid=\"refused-form\"").nth(1).expect("a form").split("</form>").next().expect("all");
    let head = page.split("data-testid=\"refused-form\"").next().expect("its beginning");
    let head = &head[head.rfind("<form").expect("its beginning")..];
    let said = |tag: &str, name: &str| {
        tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next()).map(plain)
    };
    let mut fields = vec![];
    for tag in form.split('<') {
        let Some(name) = said(tag, "name") else { continue };
        let value = match tag.split_once('>') {
            Some((_, text)) if tag.starts_with("textarea") => plain(text),
            _ if tag.starts_with("input") && !tag.contains("checkbox") => said(tag, "value").unwrap_or_default(),
            _ => continue,
        };
        fields.push((name, value));
    }
    (said(head, "action").expect("an action"), fields)
}

/// The page shows this sentence, and the form that was sent, which can be sent again.
fn check(what: &str, answer: &Answer, status: u16, sentence: &str, sent: &[(String, String)]) {
    assert_eq!(answer.status, status, "{what}: {}", answer.body);
    assert_eq!(answer.header("location"), None, "{what}: nothing of it is in an address");
    assert_eq!(answer.header("cache-control"), Some("no-store"), "{what}");
    assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")), "{what}");
    assert!(answer.body.contains(sentence), "{what}: {sentence:?} is not said: {}", answer.body);
    assert!(!answer.body.contains("zq secret words"), "{what} tells the password");
    assert!(!answer.body.contains("type=\"module\""), "{what}: it stands where no script would find it");
    let (action, fields) = form_of(&answer.body);
    assert!(!action.contains("Zq"), "{what}: {action}");
    let expected: Vec<_> = sent.iter().filter(|(name, _)| name != "password").collect();
    let again: Vec<_> = fields.iter().filter(|(name, _)| name != "password").collect();
    assert_eq!(again, expected, "{what}: what was sent is in the form");
}

fn owned(world: &World, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), world.fill(value))).collect()
}

/// A new form that is typed in, or a new function that takes a text, needs a row in the table.
#[test]
fn every_plain_form_is_here() {
    let typed = ["--data-urlencode \"text=", "--data-urlencode \"title=", "--data-urlencode \"email="];
    let documented = sections().into_iter().filter(|one| one.is_write && typed.iter().any(|it| one.curl.contains(it)));
    for section in documented {
        assert!(FORMS.iter().any(|(path, ..)| *path == section.path), "{} has no line here", section.path);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_for_what_it_says_comes_back() {
    let world = World::over(Site::start().await).await;
    for (path, from, fields, typed) in FORMS {
        for empty in typed {
            // An empty blurb is one.
            if *empty == "blurb" {
                continue;
            }
            let mut browser = world.site.browser_of(&world.ada);
            let fields: Vec<_> =
                fields.iter().map(|(name, value)| (*name, if name == empty { "\u{200b}" } else { value })).collect();
            let answer = world.send(&mut browser, &format!("{path}?once=k"), from, &fields).await;
            let what = format!("{path} without {empty}");
            check(&what, &answer, 422, "data-testid=\"form-error\"", &owned(&world, &fields));
            assert!(form_of(&answer.body).0.starts_with(&format!("{path}?once=k&back=")), "{what}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_when_the_session_is_over_comes_back_and_is_sent_again() {
    let world = World::over(Site::start().await).await;
    for (path, from, fields, _) in FORMS.into_iter().filter(|form| !WITHOUT_A_SESSION.contains(&form.0)) {
        let mut browser = world.site.nobody();
        let answer = world.send(&mut browser, path, from, fields).await;
        check(path, &answer, 401, "Please sign in first. What you wrote is still here.", &owned(&world, fields));
        assert!(answer.body.contains("href=\"/sign-in?next="), "{path}: a way on");
        // Signed in, in another tab, and sent again: it is done, and leads where it would have led.
        let (action, fields) = form_of(&answer.body);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let mut browser = world.site.browser_of(&world.ada);
        let done = browser.plain_form(&action, path, &fields).await;
        assert_eq!(done.status, 302, "{path}: {}", done.body);
        let to = done.header("location").expect("a way on");
        let expected = world.fill(from);
        assert!(
            to == expected || (path == "/api/create_story" && to.starts_with("/studio/edit/story/")),
            "{path}: {to}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_often_comes_back() {
    let world = World::over(Site::frugal().await).await;
    let mut exhausted = std::collections::BTreeSet::new();
    for (path, from, fields, _) in FORMS {
        let mut browser = world.site.browser_of(&world.ada);
        let answer = loop {
            let answer = world.send(&mut browser, path, from, fields).await;
            if answer.status == 429 {
                break answer;
            }
        };
        check(path, &answer, 429, "That was too often.", &owned(&world, fields));
        assert!(answer.header("retry-after").is_some(), "{path}");
        exhausted.insert(path);
    }
    assert_eq!(exhausted.len(), FORMS.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_belongs_to_nothing_any_more_comes_back() {
    let world = World::over(Site::start().await).await;
    let post = world.fill("{POST}").parse().expect("an id");
    world.site.store.delete_post(world.ada.user, post).await.expect("deleted");
    let story = world.fill("{STORY}").parse().expect("an id");
    world.site.store.delete_story(world.ada.user, story).await.expect("deleted");
    for (path, from, fields, _) in &FORMS[..4] {
        let mut browser = world.site.browser_of(&world.ada);
        let answer = world.send(&mut browser, path, from, fields).await;
        // Of a reply it is asked whether it should be one.
        let sent = owned(&world, fields).into_iter().filter(|(name, _)| name != "parent").collect::<Vec<_>>();
        check(path, &answer, 404, "What this belongs to is not here any more. What you wrote is still here.", &sent);
        let seen = domain::SeenCookie::parse(browser.cookie("quire-seen").expect("Seen"), world.site.store.log_id());
        assert!(seen >= world.site.store.watermark(), "{path}: a refusal has a position");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_to_what_is_gone_can_be_said_to_the_thread() {
    let world = World::over(Site::start().await).await;
    let comment: CommentId = world.fill("{COMMENT}").parse().expect("an id");
    world.site.store.delete_comment(world.ada.user, comment).await.expect("deleted");
    let mut browser = world.site.browser_of(&world.ada);
    let (path, from, fields, _) = FORMS[2];
    let refused = world.send(&mut browser, path, from, fields).await;
    let (action, fields) = form_of(&refused.body);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let done = browser.plain_form(&action, path, &fields).await;
    assert_eq!((done.status, done.header("location")), (302, Some(&*world.fill(from))));
    assert!(browser.get(&world.fill(from)).await.body.contains("Zq replied"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_texts_both_come_back() {
    let world = World::over(Site::start().await).await;
    for (path, from, fields, _) in [FORMS[1], FORMS[3]] {
        let mut browser = world.site.browser_of(&world.ada);
        let theirs: Vec<_> =
            fields.iter().map(|(name, it)| (*name, if *name == "text" { "Theirs" } else { it })).collect();
        assert_eq!(world.send(&mut browser, path, from, &theirs).await.status, 302, "{path}");
        let answer = world.send(&mut browser, path, from, fields).await;
        let sent: Vec<_> = owned(&world, fields)
            .into_iter()
            .map(|(name, value)| if name == "base" { (name, "2".to_owned()) } else { (name, value) })
            .collect();
        check(path, &answer, 409, "saved elsewhere in the meantime", &sent);
        assert!(answer.body.contains("class=\"conflict-text\">Theirs<"), "{path}: {}", answer.body);
        let seen = domain::SeenCookie::parse(browser.cookie("quire-seen").expect("Seen"), world.site.store.log_id());
        assert!(seen >= world.site.store.watermark(), "{path}: a refusal has a position");
        assert!(
            browser.get(&world.fill("/community/{POST}")).await.body.contains("Theirs"),
            "{path}: nothing was changed"
        );
        // As it is: mine.
        let (action, fields) = form_of(&answer.body);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(browser.plain_form(&action, path, &fields).await.status, 302, "{path}");
        let page = browser.get(&world.fill("/community/{POST}")).await.body;
        assert!(page.contains(fields.last().expect("a text").1), "{path}: {page}");
    }
}

/// A page elsewhere can send a form to us. Its words are shown to nobody as what they typed.
#[tokio::test]
async fn another_sites_form_comes_back_to_nobody() {
    let world = World::over(Site::start().await).await;
    let mut browser = world.site.browser_of(&world.ada);
    let request = browser
        .request(reqwest::Method::POST, "/api/create_post")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "text/html")
        .header("sec-fetch-site", "cross-site")
        .body("text=Zq");
    let answer = browser.send(request).await;
    assert_eq!(answer.status, 403);
    assert!(!answer.body.contains("Zq"), "{}", answer.body);
}

/// A file can't come back, nor what was too long. The page that says why offers no button that would send the form without it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_not_come_back_is_told_of_by_a_page() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let part =
        |field: &str, text: &str| format!("--x\r\nContent-Disposition: form-data; name={field}\r\n\r\n{text}\r\n");
    let sent = |text: &str| {
        [&*part("file; filename=a.md", text), &part("genre", "mystery"), &part("format", "novel"), "--x--\r\n"].concat()
    };
    for (text, status, sentence) in [
        ("x".repeat(20 * 1024 * 1024), 413, "That is more than can be sent at once."),
        (" ".to_owned(), 422, "There is no text in that file."),
    ] {
        let mut browser = site.browser_of(&ada);
        let request = browser
            .request(Method::POST, "/api/import_story")
            .header("content-type", "multipart/form-data; boundary=x")
            .header("accept", "text/html,application/xhtml+xml")
            .header("referer", format!("{}/studio", site.base))
            .body(sent(&text));
        let answer = browser.send(request).await;
        assert_eq!(answer.status, status, "{sentence}");
        assert!(answer.body.contains("data-testid=\"refused\"") && answer.body.contains(sentence), "{}", answer.body);
        assert!(answer.body.contains("data-testid=\"back\"") && !answer.body.contains("data-testid=\"send-again\""));
    }
    // Nor can a text come back that was longer than is read.
    let mut browser = site.browser_of(&ada);
    let answer = browser.plain_form("/api/create_post", "/community", &[("text", &*"x".repeat(3_000_000))]).await;
    assert_eq!(answer.status, 413);
    assert!(answer.body.contains("data-testid=\"back\"") && !answer.body.contains("data-testid=\"send-again\""));
}
