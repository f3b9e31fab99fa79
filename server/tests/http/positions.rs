//! Who was told something by one node is told no less by another, whatever it was told: also "not there", and also
//! a browser without our script, whose Seen is only what answers set. No Redis tells the nodes of each other.

use domain::{Manuscript, Role, StoryDraft, StoryId, Title};
use reqwest::Method;

use crate::site::{Browser, Person, Site, docs::world};

/// Two nodes on one library, and the browser of one reader, who reads on both.
struct Two {
    first: Site,
    second: Site,
    ada: Person,
    story: StoryId,
    chapter: String,
}

impl Two {
    async fn start() -> Self {
        let first = Site::start().await;
        let second = Site::over(first.address.clone()).await;
        let ada = Person::join(&first.store, "ada", Role::Writer).await;
        let names = world(&first, &ada).await;
        let named = |wanted: &str| names.iter().find(|(name, _)| *name == wanted).map(|(_, id)| id.clone());
        let story = named("STORY").expect("a story").parse().expect("an id");
        Self { first, second, ada, story, chapter: named("CHAPTER").expect("a chapter") }
    }

    async fn title(&self, title: &str) {
        let tree = self.first.store.load(&Manuscript { viewer: self.ada.user, story: self.story }).await;
        let card = tree.expect("its tree").value.clone();
        let draft = StoryDraft {
            title: Title::parse(title).expect("a title"),
            blurb: card.blurb,
            format: card.format,
            genre: card.genre,
            facts: None,
            base: card.rev,
        };
        self.first.store.save_story(self.ada.user, self.story, draft).await.expect("saved");
    }
}

/// What another node says to the same browser.
async fn next(at: &Site, browser: &Browser, path: &str) -> crate::site::Answer {
    let mut there = at.nobody();
    if let Some(seen) = browser.cookie("quire-seen") {
        there.set_cookie("quire-seen", seen);
    }
    there.get(path).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_told_that_it_is_not_there_is_not_shown_it_elsewhere() {
    let two = Two::start().await;
    let (story, chapter) = (two.story, &two.chapter);
    let (text, page) =
        (format!("/api/fetch_reading_page?story={story}&chapter={chapter}"), format!("/novels/{story}/{chapter}"));
    for round in 0..50 {
        let path = if round % 2 == 0 { &text } else { &page };
        let mut browser = two.first.nobody();
        browser.set_cookie("quire-theme", "dark");
        assert_eq!(next(&two.second, &browser, path).await.status, 200);
        two.first.store.unpublish_story(two.ada.user, story).await.expect("withdrawn");
        assert_eq!(browser.get(&format!("/api/fetch_story?story={story}")).await.status, 404);
        assert_eq!(next(&two.second, &browser, path).await.status, 404, "round {round}, {path}");
        two.first.store.publish_story(two.ada.user, story, &[]).await.expect("published");
        assert_eq!(browser.get(path).await.status, 200);
        assert_eq!(next(&two.second, &browser, path).await.status, 200, "and back, {round}, {path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_says_that_it_is_not_there_shows_it_no_more() {
    let two = Two::start().await;
    let (story, chapter) = (two.story, &two.chapter);
    let text = format!("/api/fetch_reading_page?story={story}&chapter={chapter}");
    for round in 0..40 {
        // Without a cookie, so that only the node can know.
        assert_eq!(two.second.nobody().get(&text).await.status, 200);
        two.first.store.unpublish_story(two.ada.user, story).await.expect("withdrawn");
        let gone = two.second.nobody().get(&format!("/api/fetch_story?story={story}")).await;
        assert_eq!(gone.status, 404);
        assert!(gone.json()["not-there"].as_u64() >= Some(two.first.store.watermark().0), "{gone:?}");
        assert_eq!(two.second.nobody().get(&text).await.status, 404, "round {round}");
        two.first.store.publish_story(two.ada.user, story, &[]).await.expect("published");
        two.second.store.confirm(two.first.store.watermark()).await.expect("the log");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_without_script_is_never_shown_less_on_its_next_page() {
    let two = Two::start().await;
    let page = format!("/novels/{}", two.story);
    for round in 0..20 {
        assert_eq!(two.second.nobody().get(&page).await.status, 200, "it is kept there");
        let title = format!("Title number {round}.");
        two.title(&title).await;
        // The first is made, the second was kept.
        for _ in 0..2 {
            let mut browser = two.first.nobody();
            assert!(browser.get(&page).await.body.contains(&title));
            assert!(next(&two.second, &browser, &page).await.body.contains(&title), "round {round}");
        }
    }
}

/// A cookie goes out when it says more than the browser's own, and only to browsers. Our script raises Seen itself, and
/// can't sign the proof.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_given_which_cookie() {
    let two = Two::start().await;
    let (page, api) = (format!("/novels/{}", two.story), format!("/api/fetch_story?story={}", two.story));
    let (seen, proof) = ("quire-seen", "quire-seen-proof");
    let mut browser = two.first.nobody();
    for path in [&page, &api] {
        let expected = if path == &page { vec![seen, proof] } else { vec![] };
        assert_eq!(names_set(&browser.get(path).await), expected, "{path}");
        assert_eq!(names_set(&browser.get(path).await), [""; 0], "{path}: it has been told");
    }
    let stranger = two.first.nobody().get(&api).await;
    assert!(stranger.cookies_set().is_empty() && stranger.header("etag").is_some(), "{stranger:?}");
    let mut themed = two.first.nobody();
    themed.set_cookie("quire-theme", "dark");
    let told = themed.get(&api).await;
    assert!(names_set(&told) == [seen, proof] && told.header("etag").is_none(), "{told:?}");
    let script = two.first.nobody();
    let asked = script.request(Method::GET, &api).header("sec-fetch-site", "same-origin");
    let asked = asked.header("sec-fetch-dest", "empty").send().await.expect("an answer");
    let set: Vec<_> = asked.headers().get_all("set-cookie").iter().filter_map(|set| set.to_str().ok()).collect();
    assert!(matches!(*set, [set] if set.starts_with("quire-seen-proof=") && set.contains("; HttpOnly")), "{set:?}");
}

fn names_set(answer: &crate::site::Answer) -> Vec<String> {
    let name = |set: &str| set.split('=').next().unwrap_or_default().to_owned();
    answer.cookies_set().iter().map(|set| name(set)).collect()
}
