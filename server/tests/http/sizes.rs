//! What is large and allowed gets through, however its characters are written; and what came of it is no
//! larger than a page may be.

use domain::{
    Format, Genre, Manuscript, ManuscriptFile, NewComment, NewPost, NewStory, Note, Remark, Role, SceneId, StoryId,
    Title,
};

use crate::site::{Person, Site, form};

async fn new_story(site: &Site, author: &Person) -> (StoryId, SceneId) {
    let title = Title::parse("The Tide Table").expect("a title");
    let new = NewStory { title, blurb: Note::default(), format: Format::Novel, genre: Genre::Mystery };
    let story = site.store.create_story(author.user, new).await.expect("a story").value().story;
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
    let most = domain::Body::MAX_CHARACTERS;
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
        assert_eq!(answer.status, if is_kept { 302 } else { 422 }, "{last}");
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

#[tokio::test]
async fn a_long_conversation_and_a_long_story_have_pages_without_a_script() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let mut browser = site.browser_of(&ada);
    let remark = |text: String| Remark::parse(&text).expect("a remark");
    let post = NewPost { text: remark("Well?".to_owned()), about: None };
    let post = *site.store.create_post(ada.user, post).await.expect("a post").value();
    let mut first = None;
    for number in 0..=50 {
        let new = NewComment { post, parent: None, text: remark(format!("Comment {number}.")) };
        let comment = *site.store.add_comment(ada.user, new).await.expect("a comment").value();
        let first = *first.get_or_insert(comment);
        if number < 22 {
            let reply = NewComment { post, parent: Some(first), text: remark(format!("Reply {number}.")) };
            site.store.add_comment(ada.user, reply).await.expect("a reply");
        }
    }
    let first = first.expect("a comment");
    let thread = format!("/community/{post}");
    // Of each page: what it shows, and what it does not.
    for (address, shown, not_shown) in [
        (
            thread.clone(),
            vec![
                "Comment 49.".to_owned(),
                "Reply 19.".to_owned(),
                format!("href=\"{thread}?page=2\" rel=\"next\""),
                format!("href=\"{thread}?page=2#new-comment\""),
                format!("href=\"{thread}?under={first}\""),
                "Show 2 more replies".to_owned(),
                format!("href=\"{thread}?reply={first}\""),
            ],
            vec!["Comment 50.", "Reply 20.", "rel=\"prev\"", "id=\"new-comment\""],
        ),
        (
            format!("{thread}?page=2"),
            vec!["Comment 50.".to_owned(), format!("href=\"{thread}\" rel=\"prev\""), "id=\"new-comment\"".to_owned()],
            vec!["Comment 49.", "rel=\"next\""],
        ),
        (
            format!("{thread}?under={first}"),
            vec![
                "Comment 0.".to_owned(),
                "Reply 21.".to_owned(),
                format!("href=\"{thread}?under={first}&amp;reply={first}\""),
            ],
            vec!["Comment 1.", "id=\"new-comment\"", "rel=\"next\"", "more repl"],
        ),
        (
            format!("{thread}?under={first}&reply={first}"),
            vec![format!("id=\"reply-{first}\"")],
            vec!["id=\"new-comment\""],
        ),
    ] {
        let page = browser.get(&address).await;
        assert_eq!(page.status, 200, "{address}");
        // What is on screen, without the answers that the script finds there.
        let screen = page.body.split("<script").filter_map(|piece| piece.split_once("</script>")).map(|(_, html)| html);
        let screen: String = page.body.split("<script").take(1).chain(screen).collect();
        for text in shown {
            assert!(screen.contains(&text), "{address} lacks {text}");
        }
        for text in not_shown {
            assert!(!screen.contains(text), "{address} has {text}");
        }
    }
    for address in [format!("{thread}?page=0"), format!("{thread}?under=x"), format!("{thread}?under={post}")] {
        assert_eq!(browser.get(&address).await.status, 404, "{address}");
    }

    let text = (1..=201).fold(String::new(), |text, number| text + &format!("## Chapter the {number}th\n\na b\n\n"));
    let file = ManuscriptFile::parse("long.md", &text).expect("a book");
    let story = site.store.import_story(ada.user, file, Genre::Horror, Format::Novel, true).await.expect("a story");
    let front = format!("/novels/{}", story.value());
    for (address, shown, not_shown) in [
        (front.clone(), "Chapter the 200th", "Chapter the 201th"),
        (format!("{front}?page=2"), "Chapter the 201th", "Chapter the 200th"),
    ] {
        let page = browser.get(&address).await.body;
        assert!(page.contains(shown), "{address}: {page}");
        assert!(!page.contains(not_shown), "{address}: {page}");
        for text in ["201 chapters", &format!("href=\"{front}?page=2\""), "1–200", "201–201"] {
            assert!(page.contains(text), "{address} lacks {text}");
        }
    }
}
