//! What a mutation's answer brings along: what its asker shows and is old by it, and only what they may know.

use domain::{Manuscript, Query, ReadingPage, Role, SceneDraft, StoryId, StoryPage};
use serde_json::Value;

use crate::site::{Person, Site, books::a_story};

/// Ada's published story, and the browser of a writer who saves something in another story.
struct World {
    site: Site,
    ada: Person,
    ben: Person,
    story: StoryId,
}

impl World {
    async fn new() -> Self {
        let site = Site::start().await;
        let ada = Person::join(&site.store, "ada", Role::Writer).await;
        let ben = Person::join(&site.store, "ben", Role::Writer).await;
        let story = a_story(&site.store, ada.user, "The Tide Table", true).await.story;
        Self { site, ada, ben, story }
    }

    /// Likes the story while showing these, and gives what came along, by key.
    async fn like(&self, who: &Person, showing: &str) -> Vec<(String, Value)> {
        let mut browser = self.site.browser_of(who);
        let form = format!("story={}&liked=true", self.story);
        let request = browser
            .request(reqwest::Method::POST, "/api/like_story")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-cache-showing", showing)
            .body(form);
        let answer = browser.send(request).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let Value::Array(fresh) = answer.json()["fresh"].clone() else { return vec![] };
        fresh
            .into_iter()
            .map(|fresh| (fresh["key"].as_str().expect("a key").to_owned(), fresh["record"].clone()))
            .collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_shown_and_old_comes_along_and_nothing_else() {
    let world = World::new().await;
    let tree =
        world.site.store.load(&Manuscript { viewer: world.ada.user, story: world.story }).await.expect("its tree");
    let chapter = &tree.value.parts[0].chapters[0];
    let front = StoryPage::first(world.story).key().to_string();
    let page = ReadingPage { story: world.story, chapter: chapter.chapter }.key().to_string();
    let draft = SceneDraft { viewer: world.ada.user, scene: chapter.scenes[0].scene }.key().to_string();
    let manuscript = Manuscript { viewer: world.ada.user, story: world.story }.key().to_string();

    // A like makes the title page old, and not the chapter; nobody but Ada is told of her draft.
    let brought = world.like(&world.ben, &[&front, &page, &draft, &manuscript].map(String::as_str).join(" ")).await;
    assert_eq!(brought.iter().map(|(key, _)| key).collect::<Vec<_>>(), [&front]);
    assert!(brought[0].1["body"].as_str().expect("a body").contains("The Tide Table"));
    assert!(brought[0].1["as_of"].as_u64() >= Some(world.site.store.watermark().0));

    for hostile in ["", "x", "?", "story-page.5?", "story-page.5?story=1", "my-likes.1?viewer=", &"x ".repeat(5_000)] {
        assert_eq!(world.like(&world.ada, hostile).await, [], "{hostile:.40}");
    }
}
