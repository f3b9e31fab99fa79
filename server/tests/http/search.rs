//! The search page: a plain form, sentences for what makes no sense, and what readers choose by on pages.

use domain::Role;
use serde_json::json;

use crate::site::{Answer, Person, Site, books::a_story};

async fn page(site: &Site, path: &str) -> Answer {
    site.nobody().get(path).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_story_is_found_and_gone_at_once() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let story = a_story(&site.store, ada.user, "The Tide Table", true).await.story;
    let link = format!(r#"href="/novels/{story}""#);
    for path in
        ["/search", "/search?q=tide", "/search?q=ada+TABLE&genre=&sort=relevance", "/search?genre=mystery&sort=new"]
    {
        let found = page(&site, path).await;
        assert_eq!(found.status, 200, "{path}");
        assert!(found.body.contains(&link), "{path}: {}", found.body);
    }
    let none = page(&site, "/search?q=nothing+of+the+kind").await.body;
    assert!(none.contains("Nothing found") && !none.contains(&link), "{none}");
    site.store.unpublish_story(ada.user, story).await.expect("withdrawn");
    assert!(!page(&site, "/search?q=tide").await.body.contains(&link));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_makes_no_sense_is_a_sentence() {
    let site = Site::start().await;
    let long = "x".repeat(10_000);
    for (query, said) in [
        (format!("q={long}"), Some("That is too long for a search")),
        ("q=nul%00".to_owned(), Some("There is a control character in a search")),
        ("genre=nonsense".to_owned(), Some("There is no genre of that name.")),
        ("after=nonsense".to_owned(), Some("There is no page of that name.")),
        (format!("after={long}"), Some("There is no page of that name.")),
        ("after=0000000000001.-9223372036854775808".to_owned(), None),
        ("q=%22%27%3B--%20OR%201%3D1".to_owned(), None),
        ("q=%FF%FE&%00=%00".to_owned(), None),
        ("q=a&q=b&without=death&without=death".to_owned(), None),
        ("?&&&=&=".to_owned(), None),
    ] {
        let what: String = query.chars().take(60).collect();
        let answer = page(&site, &format!("/search?{query}")).await;
        // What is longer than an address may be is refused as a whole.
        assert!([200, 414].contains(&answer.status), "{what}: {}", answer.status);
        if let Some(said) = said.filter(|_| answer.status == 200) {
            assert!(answer.body.contains(said), "{what}: {}", answer.body);
        }
    }
    for wanted in ["genre%3Dnonsense", "q%3Dnul%2500"] {
        let refused = page(&site, &format!("/api/fetch_search?wanted={wanted}")).await;
        assert_eq!(refused.status, 422, "{wanted}: {}", refused.body);
        assert!(refused.json()["invalid"].as_str().expect("a sentence").ends_with('.'), "{}", refused.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_readers_choose_by_is_on_its_pages() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let tree = a_story(&site.store, ada.user, "Ebbe", true).await;
    let (story, chapter) = (tree.story, tree.parts[0].chapters[0].chapter);
    let facts = json!({"status": "complete", "language": "de", "rating": "teen", "warnings": ["death"], "tags": ["Slow Burn", "slow burn"]});
    let save = |facts: &serde_json::Value| json!({"story": story, "draft": {"title": "Ebbe", "blurb": "Es regnet.", "format": "novel", "genre": "mystery", "base": 1, "facts": facts}});
    let mut browser = site.browser_of(&ada);
    for (wrong, said) in [
        (json!({"tags": ["1","2","3","4","5","6","7","8","9","10","11"]}), "A story has 10 tags at most."),
        (json!({"tags": ["x".repeat(41)]}), "That is too long for a tag"),
        (json!({"language": "tlh"}), "."),
        (json!({"warnings": ["nonsense"]}), "."),
    ] {
        let mut all = facts.clone();
        all.as_object_mut().expect("facts").extend(wrong.as_object().expect("facts").clone());
        let refused = browser.json("/api/save_story", &save(&all)).await;
        assert_eq!(refused.status, 422, "{wrong}: {}", refused.body);
        assert!(refused.body.contains(said), "{wrong}: {}", refused.body);
    }
    assert_eq!(browser.json("/api/save_story", &save(&facts)).await.status, 200);
    let title = page(&site, &format!("/novels/{story}")).await.body;
    for told in ["Complete", "Teen", "Deutsch", "Major character death", "/search?tag=slow+burn", r#"lang="de""#] {
        assert!(title.contains(told), "{told}: {title}");
    }
    assert!(page(&site, &format!("/novels/{story}/{chapter}")).await.body.contains(r#"lang="de""#));
    let card = page(&site, "/novels").await.body;
    assert!(card.contains("Complete") && card.contains("Deutsch"), "{card}");
}
