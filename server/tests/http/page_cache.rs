//! Public pages are kept whole for strangers, and are never other than they would be if made anew.

use domain::{Role, Tier};

use crate::site::{
    Person, Site,
    docs::{a_book, posted_to, run, world},
};

/// Where strangers read.
pub(crate) const PAGES: [&str; 11] = [
    "/",
    "/novels",
    "/novels?genre=mystery",
    "/comics",
    "/novels/$STORY",
    "/novels/$STORY/$CHAPTER",
    "/authors/$HANDLE",
    "/community",
    "/community/$POST",
    "/about",
    "/rules",
];

/// A session that nobody has: its pages are a stranger's, and made anew each time.
const NO_SESSION: &str = "0000000000000000000000000000000000000000000000000000000000000000";

async fn kept(site: &Site, path: &str) -> (u16, String) {
    let answer = site.nobody().get(path).await;
    (answer.status, plain(&answer.body))
}

async fn made_anew(site: &Site, path: &str) -> (u16, String) {
    let mut browser = site.nobody();
    browser.set_cookie("quire-session", NO_SESSION);
    let answer = browser.get(path).await;
    (answer.status, plain(&answer.body))
}

/// What a page shows: without its scripts, which list what was awaited in which order, and without
/// leptos' nonces, which our policy does not name.
pub(crate) fn plain(page: &str) -> String {
    let nonce = page.split_once("nonce=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("-", |(nonce, _)| nonce);
    let page = page.replace(nonce, "");
    let mut parts = page.split("<script");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.filter_map(|part| part.split_once("</script>")).fold(first, |plain, (_, after)| plain + after)
}

/// Shows where two pages part.
pub(crate) fn assert_same(kept: &(u16, String), anew: &(u16, String), what: &str) {
    let same = kept.1.bytes().zip(anew.1.bytes()).take_while(|(kept, anew)| kept == anew).count();
    let there = |page: &str| page.bytes().skip(same.saturating_sub(80)).take(160).map(char::from).collect::<String>();
    assert!(kept == anew, "{what}: {} kept as {:?}, made as {:?}", kept.0, there(&kept.1), there(&anew.1));
}

/// How often the database was asked, and memory.
fn asked(site: &Site) -> u64 {
    let report = site.store.report();
    [Tier::Memory, Tier::Database]
        .iter()
        .map(|&tier| report.recorder.tally(tier))
        .map(|tally| tally.hits + tally.misses)
        .sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_every_function_each_page_is_as_if_made_anew() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let (_folder, book) = a_book();
    let (mut same, mut other) = (0, 0);
    for section in posted_to() {
        let names = world(&site, &ada).await;
        let fill =
            |path: &str| names.iter().fold(path.to_owned(), |path, (name, id)| path.replace(&format!("${name}"), id));
        let mut before = vec![];
        for path in PAGES.map(fill) {
            let held = kept(&site, &path).await;
            assert_same(&held, &made_anew(&site, &path).await, &path);
            before.push((path, held));
        }
        run(section.curl, &names, &book);
        for (path, held) in before {
            let now = kept(&site, &path).await;
            assert_same(&now, &made_anew(&site, &path).await, &format!("{path} after {}", section.path));
            *(if now == held { &mut same } else { &mut other }) += 1;
        }
    }
    assert!(same > 50 && other > 25, "{same} unchanged, {other} changed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kept_page_asks_nobody() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let names = world(&site, &ada).await;
    let story =
        names.iter().find(|(name, _)| *name == "STORY").map(|(_, id)| format!("/novels/{id}")).expect("a story");
    for path in ["/", "/novels", "/community", &story] {
        kept(&site, path).await;
        let before = asked(&site);
        for encoding in ["br", "gzip", "identity"] {
            let stranger = site.nobody();
            let request = stranger.request(reqwest::Method::GET, path).header("accept-encoding", encoding);
            let answer = request.send().await.expect("an answer");
            assert_eq!(answer.status(), 200);
            let sent = answer.headers().get("content-encoding").map_or("identity", |sent| sent.to_str().expect("text"));
            assert_eq!(sent, encoding, "{path}");
        }
        assert_eq!(asked(&site), before, "{path}");
    }
}

/// A browser may keep a stranger's page for the way back, and shows it only after asking: `back-forward.spec.ts`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_strangers_page_is_asked_for_again_by_its_name() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    world(&site, &ada).await;
    let mut stranger = site.nobody();
    for path in ["/", "/novels", "/community", "/about"] {
        let ask = async |held: Option<&str>, of: &mut crate::site::Browser| {
            let mut request = of.request(reqwest::Method::GET, path);
            if let Some(held) = held {
                request = request.header("if-none-match", held);
            }
            of.send(request).await
        };
        let first = ask(None, &mut stranger).await;
        assert_eq!(first.header("cache-control"), Some("no-cache"), "{path}");
        assert_eq!(first.header("vary"), Some("*"), "{path}");
        let name = first.header("etag").expect("a name").to_owned();
        let again = ask(Some(&name), &mut stranger).await;
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
        assert_eq!(ask(Some("\"another\""), &mut stranger).await.status, 200, "{path}");
        // A member who held it before signing in gets their own page.
        let members = ask(Some(&name), &mut site.browser_of(&ada)).await;
        assert_eq!((members.status, members.header("cache-control")), (200, Some("no-store")), "{path}");
    }
    let name = stranger.get("/novels").await.header("etag").map(str::to_owned).expect("a name");
    world(&site, &ada).await;
    let request = stranger.request(reqwest::Method::GET, "/novels").header("if-none-match", name);
    assert_eq!(stranger.send(request).await.status, 200, "a new story");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_sees_is_nobody_elses() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "adelheid", Role::Writer).await;
    for path in ["/", "/novels", "/community"] {
        assert!(site.browser_of(&ada).get(path).await.body.contains("adelheid"), "{path}");
        assert!(!kept(&site, path).await.1.contains("adelheid"), "{path}");
        assert!(site.browser_of(&ada).get(path).await.body.contains("adelheid"), "{path}");
    }
    // Whichever name the cookie has, its page is nobody else's.
    for cookie in ["quire-session", "__Host-quire-session"] {
        let mut browser = site.nobody();
        browser.set_cookie(cookie, ada.token.as_str());
        assert!(browser.get("/").await.body.contains("adelheid"), "{cookie}");
    }
    // What a visitor chose is in their page from its first byte, and in nobody else's.
    for (cookie, option) in [("theme", "dark"), ("size", "large"), ("font", "dyslexic"), ("edge", "justified")] {
        let mut chooser = site.nobody();
        chooser.set_cookie(&format!("quire-{cookie}"), option);
        let html = format!(r#"<html lang="en" data-{cookie}="{option}""#);
        assert!(chooser.get("/").await.body.contains(&html), "{html}");
        assert!(!kept(&site, "/").await.1.contains(&html), "{html}");
    }
}

/// A page says which position its asker had seen, and strangers are all told the same: one that a cookie made up
/// would have their browsers take whatever they hold for newer than anything to come.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_told_a_position_that_somebody_made_up() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    world(&site, &ada).await;
    let told = |body: &str| {
        let (_, after) = body.split_once(r#"\"seen\":"#).unwrap_or_else(|| panic!("no position in {body}"));
        after.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u64>().expect("a position")
    };
    let head = site.store.watermark().0;
    for path in ["/", "/novels"] {
        let mut liar = site.nobody();
        liar.set_cookie("quire-seen", &format!("{}.987654321", site.store.log_id()));
        assert_eq!(told(&liar.get(path).await.body), head, "{path}");
        assert!(told(&site.nobody().get(path).await.body) <= head, "{path}");
    }
}

/// A thousand readers wait for a page that was just made old: the database is asked once for each
/// answer in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_has_the_page_made_once() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    world(&site, &ada).await;
    let loads = || site.store.report().recorder.tally(Tier::Database).hits;
    let before = loads();
    kept(&site, "/novels").await;
    let one = loads() - before;
    assert!(one > 0);
    world(&site, &ada).await;
    let before = loads();
    let crowd = (0..200).map(|_| {
        let mut reader = site.nobody();
        tokio::spawn(async move { reader.get("/novels").await.status })
    });
    for reader in crowd.collect::<Vec<_>>() {
        assert_eq!(reader.await.expect("a reader"), 200);
    }
    assert_eq!(loads() - before, one);
}
