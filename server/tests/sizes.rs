//! What is large and allowed gets through, however its characters are written; and what came of it is no
//! larger than a page may be.

mod site;

use domain::{Format, Genre, Manuscript, NewStory, Note, Role, SceneId, StoryId, Title};

use self::site::{Person, Site, form};

async fn new_story(site: &Site, author: &Person) -> (StoryId, SceneId) {
    let title = Title::parse("The Tide Table").expect("a title");
    let new = NewStory { title, blurb: Note::default(), format: Format::Novel, genre: Genre::Mystery };
    let story = *site.store.create_story(author.user, new).await.expect("a story").value();
    let tree = site.store.load(&Manuscript { viewer: author.user, story }).await.expect("its tree");
    (story, tree.value.parts[0].chapters[0].scenes[0].scene)
}

/// The JSON that saves a text, whose one character is written like this.
fn save(scene: SceneId, written: &str, count: usize, base: i64) -> String {
    let content = written.repeat(count);
    format!(
        r#"{{"scene":"{scene}","save":{{"title":"","content":"{content}","goal":"","conflict":"","outcome":"","base":{base}}}}}"#
    )
}

#[tokio::test]
async fn a_scene_of_a_million_characters_is_saved_however_they_are_written() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let (_, scene) = new_story(&site, &ada).await;
    let mut browser = site.browser_of(&ada);
    let most = domain::Body::MOST;
    for (base, written) in (1..).zip(["字", "\\u5b57", "\\ud83d\\udcd6"]) {
        let answer = browser.raw("/api/save_scene", "application/json", save(scene, written, most, base)).await;
        assert_eq!(answer.status, 200, "{written}: {}", answer.body);
        let answer = browser.raw("/api/save_scene", "application/json", save(scene, written, most + 1, base + 1)).await;
        assert_eq!(answer.status, 422, "{written}: {}", answer.body);
        assert!(answer.body.contains("1000001 characters, and 1000000 fit"), "{}", answer.body);
    }
}

#[tokio::test]
async fn five_thousand_characters_in_a_hundred_lines_are_accepted_without_a_script() {
    let site = Site::start().await;
    let mut browser = site.browser_of(&Person::join(&site.store, "ada", Role::Writer).await);
    // As a form sends it: a browser counts a line end as one character, and sends two.
    let text = |last: usize| format!("{}{}", format!("{}\r\n", "é".repeat(49)).repeat(99), "é".repeat(last));
    for (last, is_kept) in [(50, true), (51, false)] {
        let answer = browser.plain_form("/api/create_post", "/community", &[("text", &text(last))]).await;
        assert_eq!(answer.status, 302);
        let back = answer.header("location").expect("somewhere to go");
        assert_eq!(!back.contains("__err"), is_kept, "{last}: {back}");
    }
    let feed = browser.get("/api/fetch_feed?page=0").await.json();
    let posts = feed["entry"]["value"]["posts"].as_array().expect("posts");
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0]["text"].as_str().map(|text| text.chars().count()), Some(5_000));
}

#[tokio::test]
async fn a_book_without_headings_is_no_endless_page() {
    let site = Site::start().await;
    let mut browser = site.browser_of(&Person::join(&site.store, "ada", Role::Writer).await);
    let text = "It rained, and nobody in the valley minded. ".repeat(60_000);
    let fields = [("genre", "mystery"), ("format", "novel"), ("publish", "on")];
    let body = form::multipart("line", &fields, ("file", "rain.txt", text.as_bytes()));
    let answer = browser.raw("/api/import_story", "multipart/form-data; boundary=line", body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let value = &answer.json()["value"];
    let expected = "No headings were found. A chapter holds 1,000,000 characters, so the text became 3 chapters.";
    assert_eq!((value["chapters"].as_u64(), value["notice"].as_str()), (Some(3), Some(expected)));
    let story = value["story"].as_str().expect("an id").to_owned();
    let front = site.nobody().get(&format!("/api/fetch_story?story={story}")).await.json();
    let chapters = front["entry"]["value"]["parts"][0]["chapters"].as_array().expect("chapters").clone();
    for chapter in chapters {
        let id = chapter["chapter"].as_str().expect("an id");
        let page = site.nobody().get(&format!("/novels/{story}/{id}")).await;
        assert_eq!(page.status, 200);
        assert!(page.body.len() < 3_000_000, "{} bytes", page.body.len());
    }
}
