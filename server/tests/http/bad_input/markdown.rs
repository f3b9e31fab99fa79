//! HTML and script in story text: kept as written, rendered harmless.

use super::World;

const HOSTILE: &str = "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) \
     [b](JaVaScRiPt:alert(1)) [c](data:text/html,<script>alert(1)</script>) ![d](javascript:alert(1))\n\n\
     <a href=\"javascript:alert(1)\">e</a> <svg/onload=alert(1)>\n\n</main></script><script>alert(1)</script>\n\n\
     [f](\"onmouseover=alert(1)) `<script>`\n\n    <script>alert(1)</script>\n";

#[tokio::test]
async fn script_in_a_scene_is_stored_and_does_no_harm() {
    let mut world = World::make().await;
    let scene = world.tree.parts[0].chapters[0].scenes[0].scene;
    let save = serde_json::json!({
        "scene": scene,
        "save": {"title": HOSTILE.replace('\n', ""), "content": HOSTILE, "goal": "", "conflict": "", "outcome": "", "base": 1},
    });
    assert_eq!(world.ada.json("/api/save_scene", &save).await.status, 422, "too long a title");
    let mut save = save;
    save["save"]["title"] = "<script>alert(1)</script>".into();
    assert_eq!(world.ada.json("/api/save_scene", &save).await.status, 200);
    let title = "</title></script><script>alert(1)</script>";
    let draft = serde_json::json!({
        "story": world.tree.story,
        "draft": {"title": title, "blurb": HOSTILE, "format": "novel", "genre": "mystery", "base": 1},
    });
    assert_eq!(world.ada.json("/api/save_story", &draft).await.status, 200);
    let (story, chapter) = (world.tree.story.to_string(), world.tree.parts[0].chapters[0].chapter.to_string());
    assert_eq!(
        world.ada.fields("/api/publish_story", &[("story", &story), ("chapters[0]", &chapter)]).await.status,
        200
    );
    assert_eq!(world.ada.fields("/api/create_post", &[("text", HOSTILE), ("about", &story)]).await.status, 200);

    let kept = world.ada.get(&world.fill("/api/fetch_scene?viewer={me}&scene={scene}")).await.json();
    assert_eq!(kept["entry"]["value"]["content"], HOSTILE.trim_end(), "stored as written");
    for page in [
        "/",
        "/novels",
        "/novels/{story}",
        "/novels/{story}/{chapter}",
        "/community",
        "/studio",
        "/studio/edit/story/{story}",
        "/studio/edit/story/{story}?scene={scene}",
        "/publish",
    ] {
        let page = world.fill(page);
        let answer = world.ada.get(&page).await;
        assert_eq!(answer.status, 200, "{page}");
        assert_harmless(&page, &answer.body);
    }
    assert_ne!(world.bens.story, world.tree.story);
}

/// No tag of the author's, no address that runs, and nothing that ends the page's own script early.
fn assert_harmless(page: &str, html: &str) {
    for tag in ["<script>alert", "<img src=x", "<svg/onload"] {
        assert!(!html.contains(tag), "{page}: {tag}");
    }
    for tag in html.split('<').filter_map(|text| text.split_once('>')).map(|(tag, _)| tag.to_lowercase()) {
        // Outside quotes there are names of attributes; inside, what an address begins with counts.
        let mut name = "";
        for (place, text) in tag.split('"').enumerate() {
            if place % 2 == 0 {
                name = text;
                assert!(!["onerror=", "onmouseover=", "onload="].iter().any(|on| text.contains(on)), "{page}: <{tag}>");
            } else if name.ends_with("href=") || name.ends_with("src=") {
                assert!(!["javascript:", "data:"].iter().any(|by| text.starts_with(by)), "{page}: <{tag}>");
            }
        }
    }
}
