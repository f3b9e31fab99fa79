//! Members' pages: bodies that are kept, with each member's own in their places. None is other than it would be if it
//! were made for its reader, and nothing of one member is ever another's.

use std::collections::BTreeSet;

use domain::{
    Bookmark, BookmarkReport, Bookmarks, ChapterId, MyAuthor, MyLikes, MyStory, NewComment, NewPost, Outcome, PostId,
    Remark, Rev, Role, Seq, Spot, StoryId, Tier, UserId,
};
use reqwest::Method;
use store::Store;

use crate::{
    page_cache::{PAGES, assert_same, plain},
    site::{
        Browser, Person, Site,
        docs::{a_book, posted_to, run, world},
    },
};

/// Pages that are one author's.
const OWN: [&str; 2] = ["/studio", "/publish"];

/// A page, and what its script is told; some of it twice, if an answer came late.
async fn read(browser: &mut Browser, path: &str) -> ((u16, String), BTreeSet<String>) {
    let answer = browser.get(path).await;
    let told = answer.body.split("__RESOLVED_RESOURCES[").skip(1).filter_map(|told| told.split_once("] = \""));
    let told = told.map(|(_, told)| without_positions(told.split("\";").next().unwrap_or_default()));
    ((answer.status, without_keys(&plain(&answer.body))), told.collect())
}

/// Each answer raises Seen, and an answer that left memory meanwhile was read again.
fn without_positions(told: &str) -> String {
    let without = |told: String, of: &str| {
        let number = format!(r#"\"{of}\":"#);
        let mut parts = told.split(&number);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |told, part| told + part.trim_start_matches(|digit: char| digit.is_ascii_digit()))
    };
    ["seen", "as_of", "stored_at"].into_iter().fold(told.to_owned(), without)
}

/// No two forms have one idempotency key.
fn without_keys(page: &str) -> String {
    let mut parts = page.split("?once=");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + part.get(32..).expect("a key"))
}

/// With an argument that no page has, nothing is kept.
async fn made_anew(browser: &mut Browser, path: &str) -> ((u16, String), BTreeSet<String>) {
    let ((status, page), told) =
        read(browser, &format!("{path}{}anew", if path.contains('?') { '&' } else { '?' })).await;
    // Who is signed out is led back to this very address.
    ((status, page.replace("?anew", "").replace("%26anew", "")), told)
}

/// Every page as it comes, beside the same made for its reader.
async fn compare(browser: &mut Browser, pages: &[String], what: &str) {
    for path in pages {
        let (anew, told_anew) = made_anew(browser, path).await;
        // The first has the body made, if it is old.
        for _ in 0..2 {
            let (page, told) = read(browser, path).await;
            assert_same(&page, &anew, &format!("{path} {what}"));
            assert_eq!(told, told_anew, "{path} {what}");
        }
    }
}

fn pages(names: &[(&str, String)]) -> Vec<String> {
    let fill =
        |path: &str| names.iter().fold(path.to_owned(), |path, (name, id)| path.replace(&format!("${name}"), id));
    PAGES.iter().chain(&OWN).map(|path| fill(path)).collect()
}

fn id<T: std::str::FromStr>(names: &[(&str, String)], of: &str) -> T {
    let (_, id) = names.iter().find(|(name, _)| *name == of).expect("a name");
    id.parse().ok().expect("an id")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_every_function_each_members_page_is_as_if_made_for_them() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let (_folder, book) = a_book();
    for section in posted_to() {
        let names = world(&site, &ada).await;
        let rea = Person::join(
            &site.store,
            &format!("rea.{}", section.path.rsplit('/').next().unwrap_or_default()),
            Role::Reader,
        )
        .await;
        let mut browsers = [site.browser_of(&ada), site.browser_of(&rea)];
        for browser in &mut browsers {
            compare(browser, &pages(&names)[..2], "before").await;
        }
        run(section.curl, &names, &book);
        for (browser, who) in browsers.iter_mut().zip(["ada", "rea"]) {
            compare(browser, &pages(&names), &format!("of {who} after {}", section.path)).await;
        }
    }
}

/// Who they are: three members, with all that they did.
async fn three(store: &Store, names: &[(&str, String)]) -> [(Person, &'static str); 3] {
    let who = [("adelheid", Role::Writer), ("benedikt", Role::Reader), ("cosima", Role::Manager)];
    let mut people = vec![];
    for (name, role) in who {
        people.push((Person::join(store, name, role).await, name));
    }
    let (story, post): (StoryId, PostId) = (id(names, "STORY"), id(names, "POST"));
    store.like_story(people[0].0.user, story, true).await.expect("a like");
    store.like_post(people[1].0.user, post, true).await.expect("a like");
    for (person, ended) in [(0, true), (2, false)] {
        let mark = Bookmark { chapter: id(names, "CHAPTER"), number: 1, ended };
        read_in(store, people[person].0.user, story, mark).await;
    }
    store.follow_story(people[1].0.user, story, true).await.expect("followed");
    people.try_into().ok().expect("three")
}

/// Three members and a stranger in turn, twice, on bodies that are kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_one_member_is_anothers() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let names = world(&site, &ada).await;
    let people = three(&site.store, &names).await;
    for round in 0..3 {
        for path in pages(&names) {
            for (person, name) in &people {
                let mut browser = site.browser_of(person);
                let answer = browser.get(&path).await;
                for (other, others_name) in &people {
                    for secret in [(*others_name).to_owned(), other.user.to_string(), other.token.tag().to_string()] {
                        let is_there = answer.body.contains(&secret);
                        assert_eq!(is_there, other.user == person.user, "{path} of {name}, {round}: {secret}");
                    }
                }
                assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}: a cache in between keeps it");
                for of_caches in ["etag", "cache-tag", "surrogate-key"] {
                    assert_eq!(answer.header(of_caches), None, "{path}: a cache in between keeps it");
                }
                assert!(answer.header("vary").is_some_and(|vary| vary.contains("cookie")), "{path}");
                let head = browser.request(Method::HEAD, &path);
                assert_eq!(browser.send(head).await.status, answer.status, "{path}");
            }
            let stranger = site.nobody().get(&path).await;
            for (person, name) in &people {
                assert!(!stranger.body.contains(name), "{path}");
                assert!(!stranger.body.contains(&person.user.to_string()), "{path}");
            }
        }
    }
}

/// One of them is in a chapter of a story.
async fn read_in(store: &Store, user: UserId, story: StoryId, mark: Bookmark) {
    let spot = Spot { paragraph: 1, print: 7, thousandth: 0 };
    let kept = store.kept_spot(user, story).await.expect("an answer");
    let base = kept.map_or(Rev(0), |kept| kept.rev);
    let report = BookmarkReport { story, mark, spot, base, read: vec![] };
    store.keep_bookmarks(user, vec![report].try_into().expect("one")).await.expect("kept");
}

/// What a reader's button says.
async fn is_liked(browser: &mut Browser, path: &str) -> bool {
    let body = browser.get(path).await.body;
    let (_, button) = body.split_once(r#"data-testid="like-button""#).expect("a button");
    let tag = button.split('>').next().unwrap_or_default();
    let pressed = tag.contains(r#"aria-pressed="true""#);
    assert!(pressed != tag.contains(r#"aria-pressed="false""#), "{tag}");
    let (before, _) = body.split_once(r#"data-testid="like-button""#).expect("a button");
    let (_, field) = before.rsplit_once(r#"name="liked""#).expect("a field");
    assert_eq!(field.contains(r#"value="false""#), pressed, "{field}");
    pressed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_like_shows_at_once_and_to_its_giver_alone() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let names = world(&site, &ada).await;
    let path = format!("/novels/{}", id::<StoryId>(&names, "STORY"));
    let [rea, mira] =
        [Person::join(&site.store, "rea", Role::Reader).await, Person::join(&site.store, "mira", Role::Reader).await];
    let (mut rea, mut mira) = (site.browser_of(&rea), site.browser_of(&mira));
    for liked in [true, false, true] {
        is_liked(&mut mira, &path).await;
        let story = path.rsplit('/').next().expect("an id");
        let (of_rea, form) = (rea.get(&path).await.body, "/api/like_story");
        assert!(of_rea.contains(&format!(r#"name="liked" value="{liked}""#)), "{of_rea}");
        let sent = rea.plain_form(form, &path, &[("story", story), ("liked", &liked.to_string())]).await;
        assert!(sent.status < 400, "{sent:?}");
        assert_eq!(is_liked(&mut rea, &path).await, liked);
        assert!(!is_liked(&mut mira, &path).await, "another's");
    }
}

/// Where a member goes on, what they read and what they follow shows to them at once, without a script, and to nobody
/// else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_shows_to_its_reader_alone() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let names = world(&site, &ada).await;
    let (story, chapter): (StoryId, ChapterId) = (id(&names, "STORY"), id(&names, "CHAPTER"));
    let (path, goes_on) = (format!("/novels/{story}"), format!("/novels/{story}/{chapter}#continue"));
    let rea = Person::join(&site.store, "rea", Role::Reader).await;
    let mira = Person::join(&site.store, "mira", Role::Reader).await;
    let (mut reas, mut miras) = (site.browser_of(&rea), site.browser_of(&mira));
    for ended in [false, true] {
        for page in ["/", &path] {
            miras.get(page).await;
        }
        read_in(&site.store, rea.user, story, Bookmark { chapter, number: 1, ended }).await;
        for page in ["/", &path] {
            let (of_rea, of_mira) = (reas.get(page).await.body, miras.get(page).await.body);
            assert_eq!(of_rea.contains(&goes_on), !ended, "{page}: {of_rea}");
            assert!(!of_mira.contains("#continue"), "{page}: {of_mira}");
            assert!(!site.nobody().get(page).await.body.contains("#continue"), "{page}");
        }
        let reads = |page: &str| page.matches(r#"data-read="true""#).count();
        assert_eq!(reads(&reas.get(&path).await.body), usize::from(ended));
        assert_eq!(reads(&miras.get(&path).await.body), 0);
    }
    let story = story.to_string();
    let form = [("story", story.as_str()), ("followed", "true")];
    assert!(reas.plain_form("/api/follow_story", &path, &form).await.status < 400);
    assert!(reas.get(&path).await.body.contains("Following story"));
    assert!(!miras.get(&path).await.body.contains("Following story"));
}

/// Each form of each page has a key of its own, so that what is sent from it is done once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_two_forms_have_one_key() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let mut browser = site.browser_of(&ada);
    let mut keys = vec![];
    for path in ["/community", "/community", "/studio", "/studio"] {
        let body = browser.get(path).await.body;
        let found: Vec<_> = body.split("?once=").skip(1).filter_map(|key| key.get(..32)).map(str::to_owned).collect();
        assert!(!found.is_empty(), "{path}");
        keys.extend(found);
    }
    let count = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), count, "{keys:?}");
}

/// What a person may do, and whether they are signed in, is as the log says, whatever is kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_and_the_end_of_a_session_show_at_once() {
    let site = Site::start().await;
    let rea = Person::join(&site.store, "rea", Role::Reader).await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let names = world(&site, &ada).await;
    let story: StoryId = id(&names, "STORY");
    let mut browser = site.browser_of(&rea);
    for role in [Role::Writer, Role::Reader, Role::Writer, Role::Writer] {
        site.store.set_role(rea.user, role).await.expect("a role");
        for _ in 0..2 {
            let studio = browser.get("/studio").await.body;
            assert_eq!(studio.contains("A clean desk"), role == Role::Writer, "{role}");
            assert!(browser.get("/").await.body.contains("rea"));
        }
    }
    // In another tab.
    let mut other = site.browser_of(&rea);
    for path in ["/", "/studio", &format!("/novels/{story}")] {
        assert!(other.get(path).await.body.contains(r#"data-testid="account-name""#), "{path}");
    }
    site.store.sign_out(rea.token.clone()).await.expect("an end");
    for path in ["/", "/studio", &format!("/novels/{story}")] {
        let body = other.get(path).await.body;
        assert!(!body.contains(r#"data-testid="account-name""#) && !body.contains(&rea.user.to_string()), "{path}");
        assert!(body.contains("Sign in"), "{path}");
    }
}

/// A body is made once for all members, and asks nobody when it goes out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kept_body_asks_nobody() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let names = world(&site, &ada).await;
    let people = three(&site.store, &names).await;
    let text = Remark::parse("Said.").expect("a remark");
    let post: PostId = id(&names, "POST");
    let said = NewComment { post, parent: None, text: text.clone() };
    site.store.add_comment(people[0].0.user, said).await.expect("a comment");
    site.store.create_post(people[1].0.user, NewPost { text, about: None }).await.expect("a post");
    let tally = |outcome| site.store.report().recorder.tally(Tier::Page).of(outcome);
    let loads = || site.store.report().recorder.tally(Tier::Database).hits;
    for (person, _) in &people {
        // Whatever is one member's is in memory.
        let (viewer, story) = (person.user, id(&names, "STORY"));
        site.store.fetch(&MyLikes { viewer }, Seq::ZERO).await.expect("likes");
        site.store.fetch(&Bookmarks { reader: viewer }, Seq::ZERO).await.expect("bookmarks");
        site.store.fetch(&MyStory { viewer, story }, Seq::ZERO).await.expect("what it is to them");
        let author = id(&names, "HANDLE");
        site.store.fetch(&MyAuthor { viewer, author }, Seq::ZERO).await.expect("what the author is to them");
        site.browser_of(person).get("/comics").await;
    }
    for path in pages(&names).iter().filter(|path| !OWN.contains(&path.as_str()) && *path != "/comics") {
        let (made, handed, loaded) = (tally(Outcome::Miss), tally(Outcome::Hit), loads());
        site.browser_of(&people[0].0).get(path).await;
        let first = loads() - loaded;
        for (person, _) in people.iter().chain(&people) {
            assert_eq!(site.browser_of(person).get(path).await.status, 200, "{path}");
        }
        assert_eq!((tally(Outcome::Miss) - made, tally(Outcome::Hit) - handed), (1, 6), "{path}");
        assert_eq!(loads() - loaded, first, "{path}");
    }
}
