//! How programs find what is to be read: feeds, the sitemap, and what pages say of themselves.

use atom_syndication::Feed;
use domain::Role;
use reqwest::Method;
use server::router::RouterConfig;

use crate::site::{Answer, Person, Site, books::a_story};

const AT: &str = "https://stories.example";

async fn a_site() -> Site {
    Site::configured(RouterConfig { url: AT.parse().ok(), ..RouterConfig::default() }).await
}

async fn get(site: &Site, path: &str) -> Answer {
    site.nobody().get(path).await
}

async fn feed(site: &Site, path: &str) -> Feed {
    let answer = get(site, path).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/atom+xml; charset=utf-8")));
    let feed: Feed = answer.body.parse().unwrap_or_else(|error| panic!("{error}: {}", answer.body));
    // What RFC 4287 asks of every feed and every entry.
    assert!(!feed.id.is_empty() && !feed.title.value.is_empty(), "{}", answer.body);
    assert!(feed.links.iter().any(|link| link.rel == "self" && link.href == format!("{AT}{path}")), "{}", answer.body);
    for entry in &feed.entries {
        assert!(!entry.id.is_empty() && !entry.title.value.is_empty() && !entry.authors.is_empty(), "{}", answer.body);
        assert!(entry.updated.timestamp() > 1_600_000_000, "{}", answer.body);
    }
    feed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_has_what_readers_have_and_nothing_else() {
    let site = a_site().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let tree = a_story(&site.store, ada.user, "Tides & <Tables>", true).await;
    let (story, chapter) = (tree.story, tree.parts[0].chapters[0].chapter);
    let own = format!("/novels/{story}/feed.atom");
    let of_author = format!("/authors/{}/feed.atom", ada.user);
    for path in ["/feed.atom", &own, &of_author] {
        let feed = feed(&site, path).await;
        let newest = feed.entries.first().expect("a chapter");
        assert_eq!(newest.links[0].href, format!("{AT}/novels/{story}/{chapter}"), "{path}");
        assert!(newest.title.value.starts_with("Tides & <Tables>: "), "{:?}", newest.title);
    }
    site.store.unpublish_chapter(ada.user, chapter).await.expect("a draft");
    for path in ["/feed.atom", &own] {
        let left = feed(&site, path).await.entries;
        assert!(!left.iter().any(|entry| entry.id.ends_with(&chapter.to_string())), "{path}: {left:?}");
    }
    site.store.unpublish_story(ada.user, story).await.expect("a draft");
    assert_eq!(feed(&site, "/feed.atom").await.entries, []);
    for path in
        [own.as_str(), &of_author, "/novels/0000000000007/feed.atom", "/novels/x/feed.atom", "/authors/x/feed.atom"]
    {
        let answer = get(&site, path).await;
        assert_eq!((answer.status, &*answer.body), (404, "That isn't here, or isn't yours."), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_asks_again_is_told_when_there_is_nothing_new() {
    let site = a_site().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let tree = a_story(&site.store, ada.user, "The Tide Table", true).await;
    for path in ["/feed.atom", "/sitemap.xml", "/sitemap/chapters/1.xml", "/robots.txt"] {
        let first = get(&site, path).await;
        assert_eq!(first.header("cache-control"), Some("public, no-cache"), "{path}");
        let again = async || {
            let known = first.header("etag").expect("a tag");
            let asked = site.nobody().request(Method::GET, path).header("if-none-match", known);
            site.nobody().send(asked).await
        };
        let same = again().await;
        assert_eq!((same.status, &*same.body), (304, ""), "{path}");
        if path.contains("chapters") || path.contains("feed") {
            let chapter = tree.parts[0].chapters[0].chapter;
            site.store.unpublish_chapter(ada.user, chapter).await.expect("a draft");
            let other = again().await;
            assert_eq!(other.status, 200, "{path}");
            assert!(!other.body.contains(&chapter.to_string()), "{path}");
            site.store.publish_chapter(ada.user, chapter).await.expect("out again");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sitemap_has_what_readers_have_and_nothing_else() {
    let site = a_site().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let draft = a_story(&site.store, ada.user, "A draft", false).await.story;
    let tree = a_story(&site.store, ada.user, "The Tide Table", true).await;
    let (story, chapter) = (tree.story, tree.parts[0].chapters[0].chapter);
    let index = get(&site, "/sitemap.xml").await.body;
    for page in ["stories", "chapters"] {
        assert!(index.contains(&format!("<loc>{AT}/sitemap/{page}/1.xml</loc>")), "{index}");
    }
    let everything = async || {
        let (stories, chapters) = ("/sitemap/stories/1.xml", "/sitemap/chapters/1.xml");
        format!("{}{}", get(&site, stories).await.body, get(&site, chapters).await.body)
    };
    let listed = everything().await;
    assert!(listed.contains(&format!("<loc>{AT}/novels/{story}</loc><lastmod>")), "{listed}");
    assert!(listed.contains(&format!("<loc>{AT}/novels/{story}/{chapter}</loc><lastmod>")), "{listed}");
    assert!(!listed.contains(&draft.to_string()), "{listed}");
    site.store.unpublish_chapter(ada.user, chapter).await.expect("a draft");
    assert!(!everything().await.contains(&chapter.to_string()));
    site.store.unpublish_story(ada.user, story).await.expect("a draft");
    assert!(!everything().await.contains(&story.to_string()));
    assert!(!get(&site, "/sitemap/stories/2.xml").await.body.contains("<loc>"));
    for path in ["/sitemap/stories/0.xml", "/sitemap/stories/x.xml", "/sitemap/people/1.xml", "/sitemap/stories/1"] {
        assert_eq!(get(&site, path).await.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_site_that_was_not_told_where_it_is_believes_its_asker_for_that_answer() {
    let site = Site::start().await;
    for (host, expected) in [
        ("quire.example:8080", Some("http://quire.example:8080/sitemap.xml")),
        ("a'b<c", None),
        ("quire.example/evil", None),
    ] {
        let asked = site.nobody().request(Method::GET, "/robots.txt").header("host", host);
        let answer = site.nobody().send(asked).await;
        let line = answer.body.lines().find_map(|line| line.strip_prefix("Sitemap: ").map(str::to_owned));
        assert_eq!(line.as_deref(), expected, "{host}");
    }
    // A page is kept for everybody, and so says nothing that its first asker made up.
    let asked = site.nobody().request(Method::GET, "/").header("host", "evil.example");
    assert!(!site.nobody().send(asked).await.body.contains("evil.example"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_say_by_which_address_they_are_to_be_known() {
    let site = a_site().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let tree = a_story(&site.store, ada.user, "Tides</script><script>alert(1)", true).await;
    let (story, chapter) = (tree.story, tree.parts[0].chapters[0].chapter);
    for (path, known_as, kind) in [
        ("/?utm_source=x".to_owned(), "/".to_owned(), "website"),
        ("/novels?genre=mystery&page=1".to_owned(), "/novels?genre=mystery".to_owned(), "website"),
        (format!("/novels/{story}?page=1"), format!("/novels/{story}"), "book"),
        (format!("/novels/{story}/{chapter}"), format!("/novels/{story}/{chapter}"), "article"),
        ("/community?page=1".to_owned(), "/community".to_owned(), "website"),
    ] {
        let page = get(&site, &path).await.body;
        let tags: Vec<_> = page.split("</head>").next().unwrap_or("").split('<').collect();
        for (name, said) in [
            ("rel=\"canonical\"", format!("href=\"{AT}{known_as}\"")),
            ("property=\"og:type\"", format!("content=\"{kind}\"")),
            ("property=\"og:image\"", format!("content=\"{AT}/card.png\"")),
        ] {
            let found: Vec<_> = tags.iter().filter(|tag| tag.contains(name)).collect();
            assert!(found.len() == 1 && found[0].contains(&said), "{path}: {name} {said}: {found:?}");
        }
        assert!(!page.contains("<script>alert"), "{path}");
    }
    let page = get(&site, &format!("/novels/{story}/{chapter}")).await.body;
    let data = page.split("application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let data: serde_json::Value = serde_json::from_str(data.expect("a script")).expect("JSON");
    assert_eq!(data["@type"], "Chapter");
    assert_eq!(data["isPartOf"]["name"], "Tides</script><script>alert(1)");
    assert_eq!(data["isPartOf"]["url"], format!("{AT}/novels/{story}"));
    let own = get(&site, "/sign-in").await.body;
    assert!(!own.contains("canonical"), "a page of one's own is not for search engines");
}
