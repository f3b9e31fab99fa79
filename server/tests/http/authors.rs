//! An author's page, its address, and the form in which they say who they are.

use domain::{Role, Tier};
use reqwest::Method;
use server::router::RouterConfig;

use crate::site::{Person, Site, books::a_story};

const AT: &str = "https://stories.example";

async fn a_site() -> (Site, Person) {
    let site = Site::configured(RouterConfig { url: AT.parse().ok(), ..RouterConfig::default() }).await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    (site, ada)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_name_leads_to_the_page() {
    let (site, ada) = a_site().await;
    let tree = a_story(&site.store, ada.user, "The Tide Table", true).await;
    let (story, chapter) = (tree.story, tree.parts[0].chapters[0].chapter);
    let mut browser = site.browser_of(&ada);
    let post = browser.fields("/api/create_post", &[("text", "Is it done?")]).await.json()["value"].clone();
    let post = post.as_str().expect("a post").to_owned();
    browser.fields("/api/add_comment", &[("post", &post), ("text", "It is.")]).await;
    for path in ["/", "/novels", &format!("/novels/{story}"), &format!("/novels/{story}/{chapter}"), "/community"] {
        let page = site.nobody().get(path).await.body;
        assert!(page.contains(r#"href="/authors/ada""#), "{path}");
    }
    let thread = site.nobody().get(&format!("/community/{post}")).await.body;
    assert_eq!(thread.matches(r#"href="/authors/ada""#).count(), 2, "of the post and of the comment");
    let page = site.nobody().get("/authors/ada").await;
    assert_eq!(page.status, 200);
    for told in [
        "The Tide Table",
        "Is it done?",
        "@ada",
        &format!(r#"<link href="{AT}/authors/ada" rel="canonical""#),
        r#"<meta property="og:type" content="profile""#,
        &format!(r#"href="/authors/{}/feed.atom""#, ada.user),
    ] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let sitemap = site.nobody().get("/sitemap/authors/1.xml").await.body;
    assert!(sitemap.contains(&format!("<loc>{AT}/authors/ada</loc>")), "{sitemap}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_is_kept_and_never_old() {
    let (site, ada) = a_site().await;
    let tree = a_story(&site.store, ada.user, "The Tide Table", true).await;
    let page = async || site.nobody().get("/authors/ada").await.body;
    assert!(page().await.contains("The Tide Table"));
    let asked = || site.store.report().recorder.tally(Tier::Memory);
    let before = asked();
    page().await;
    assert_eq!(asked(), before, "it was kept whole");
    let bio = [("handle", "ada"), ("bio", "I count the tides."), ("base", "1")];
    assert_eq!(site.browser_of(&ada).fields("/api/save_profile", &bio).await.status, 200);
    assert!(page().await.contains("I count the tides."));
    site.store.unpublish_story(ada.user, tree.story).await.expect("withdrawn");
    assert!(!page().await.contains("The Tide Table"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_handle_leads_on() {
    let (site, ada) = a_site().await;
    let story = a_story(&site.store, ada.user, "The Tide Table", true).await.story;
    let title = format!("/novels/{story}");
    assert!(site.nobody().get(&title).await.body.contains(r#"href="/authors/ada""#));
    let mut browser = site.browser_of(&ada);
    let other = [("handle", "@Countess"), ("bio", ""), ("base", "1")];
    assert_eq!(browser.fields("/api/save_profile", &other).await.status, 200);
    assert!(site.nobody().get(&title).await.body.contains(r#"href="/authors/countess""#), "cards are as new");
    for (from, to) in [
        ("/authors/ada", "/authors/countess"),
        (&*format!("/authors/{}", ada.user), "/authors/countess"),
        ("/authors/ada?page=2", "/authors/countess?page=2"),
    ] {
        for _ in 0..2 {
            let asked = site.nobody().request(Method::GET, from).header("accept", "text/html");
            let answer = site.nobody().send(asked).await;
            assert_eq!((answer.status, answer.header("location")), (302, Some(to)), "{from}");
        }
    }
    // Of letters of either size the page knows by which address it is to be known.
    let page = site.nobody().get("/authors/Countess").await.body;
    assert!(page.contains(&format!(r#"href="{AT}/authors/countess" rel="canonical""#)), "{page}");
    assert_eq!(site.nobody().get("/authors/nobody").await.status, 404);
    assert_eq!(site.nobody().get("/authors/no%20body").await.status, 404);
    let ben = Person::join(&site.store, "ben", Role::Reader).await;
    let taken = site.browser_of(&ben).fields("/api/save_profile", &[("handle", "ada"), ("base", "1")]).await;
    assert_eq!((taken.status, taken.json()), (409, serde_json::json!("handle-taken")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_handle_or_bio_is_refused_with_a_sentence() {
    let (site, ada) = a_site().await;
    let mut browser = site.browser_of(&ada);
    let long = "x".repeat(10_000);
    for (handle, bio) in
        [("", ""), ("a b", ""), ("a/b", ""), ("admin", ""), (&*long, ""), ("nul\0", ""), ("ada", &long)]
    {
        let answer = browser.fields("/api/save_profile", &[("handle", handle), ("bio", bio), ("base", "1")]).await;
        assert_eq!(answer.status, 422, "{handle:?} {}", answer.body);
        let said = answer.json()["invalid"].as_str().expect("a sentence").to_owned();
        assert!(said.ends_with('.') && said.contains(' '), "{said}");
    }
    assert_eq!(site.nobody().fields("/api/save_profile", &[("handle", "eve"), ("base", "1")]).await.status, 401);
}
