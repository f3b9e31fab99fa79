//! What is sent to server functions.

use super::{World, assert_refused};
use crate::site::Browser;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// Sends a body as Ada: it is refused with this status, and nothing has changed.
async fn check(world: &mut World, path: &str, content_type: &str, body: &str, status: u16) {
    let before = world.size().await;
    let body = world.fill(body);
    let what = format!("{path} {content_type} {}", body.chars().take(200).collect::<String>());
    let answer = world.ada.raw(path, content_type, body).await;
    assert_refused(&what, &answer, status);
    assert_eq!(world.size().await, before, "{what} left something behind");
}

/// Asks a query: it is refused with this status.
async fn check_query(browser: &mut Browser, question: &str, status: u16) {
    let answer = browser.get(question).await;
    assert_refused(question, &answer, status);
}

fn scene(content: &str, base: i64) -> String {
    serde_json::json!({
        "scene": "{scene}",
        "save": {"title": "", "content": content, "goal": "", "conflict": "", "outcome": "", "base": base},
    })
    .to_string()
}

fn kept(content: &str, base: i64, kept: i64) -> String {
    let texts = serde_json::json!({"title": "", "content": content, "goal": "", "conflict": "", "outcome": ""});
    serde_json::json!({"scene": "{scene}", "keep": {"texts": texts, "base": base, "kept": kept}}).to_string()
}

fn aside(content: &str) -> String {
    serde_json::json!({
        "scene": "{scene}",
        "texts": {"title": "", "content": content, "goal": "", "conflict": "", "outcome": ""},
    })
    .to_string()
}

fn story(title: &str) -> String {
    serde_json::json!({
        "story": "{story}",
        "draft": {"title": title, "blurb": "", "format": "novel", "genre": "mystery", "base": 1},
    })
    .to_string()
}

#[tokio::test]
async fn texts_that_no_reader_should_meet() {
    let mut world = World::make().await;
    let world = &mut world;
    check(world, "/api/save_story", JSON, &story(&"x".repeat(201)), 422).await;
    check(world, "/api/save_story", JSON, &story(" \t "), 422).await;
    check(world, "/api/save_story", JSON, &story("two\nlines"), 422).await;
    check(world, "/api/save_story", JSON, &story("nul\0"), 422).await;
    check(world, "/api/save_story", JSON, &story("bell\u{7}"), 422).await;
    check(world, "/api/save_story", JSON, &story("\u{2800}"), 422).await;
    check(world, "/api/save_story", JSON, &story("Ro\u{202e}of"), 422).await;
    check(world, "/api/save_part", JSON, r#"{"part":"{part}","draft":{"title":"\u200b","synopsis":"","base":1}}"#, 422)
        .await;
    check(world, "/api/save_scene", JSON, &scene("\u{1b}[31mred", 1), 422).await;
    check(world, "/api/save_scene", JSON, &scene(&"x".repeat(1_000_001), 1), 422).await;
    check(world, "/api/save_scene", JSON, &scene(&"x".repeat(13_000_000), 1), 413).await;
    check(world, "/api/create_story", FORM, "title=%00&format=novel&genre=mystery", 422).await;
    check(world, "/api/create_story", FORM, "title=&format=novel&genre=mystery", 422).await;
    check(world, "/api/create_story", FORM, &format!("title={}&format=novel&genre=mystery", "x".repeat(201)), 422)
        .await;
    check(world, "/api/create_post", FORM, &format!("text={}", "x".repeat(5_001)), 422).await;
    check(world, "/api/create_post", FORM, "text=%20", 422).await;
    for unseen in ["%E2%80%8B", "%E2%A0%80", "%E3%85%A4", "%C2%AD", "%E2%80%AE", "%EF%BB%BF%0D%0A"] {
        check(world, "/api/create_post", FORM, &format!("text={unseen}"), 422).await;
        let sign_up = format!("name={unseen}&email=eve%40quire.example&password=long+enough+by+far&role=reader");
        check(world, "/api/register", FORM, &sign_up, 422).await;
    }
    for kind in ["character", "setting"] {
        let nameless = format!(r#"{{"story":"{{story}}","kind":"{kind}","name":"","description":""}}"#);
        check(world, "/api/add_cast_member", JSON, &nameless, 422).await;
    }
    // The kind chooses a table, and names none.
    for kind in ["", "posts", "characters", "characters; drop table posts", "Character"] {
        let of_no_kind = format!(r#"{{"story":"{{story}}","kind":"{kind}","name":"Owl","description":""}}"#);
        check(world, "/api/add_cast_member", JSON, &of_no_kind, 422).await;
    }
    check(world, "/api/register", FORM, "name=Eve&email=eve&password=long+enough+by+far&role=reader", 422).await;
    check(world, "/api/register", FORM, "name=Eve&email=eve%40quire.example&password=short&role=reader", 422).await;
    check(
        world,
        "/api/register",
        FORM,
        "name=Eve&email=eve%40quire.example&password=long+enough+by+far&role=king",
        422,
    )
    .await;
    check(
        world,
        "/api/register",
        FORM,
        "name=Eve&email=eve%40quire.example&password=long+enough+by+far&role=manager",
        403,
    )
    .await;
    check(
        world,
        "/api/register",
        FORM,
        "name=Eve&email=ADA%40quire.example&password=long+enough+by+far&role=reader",
        409,
    )
    .await;
}

#[tokio::test]
async fn what_is_not_there_or_is_somebody_elses() {
    let mut world = World::make().await;
    let world = &mut world;
    let move_part = r#"{"part":"{part}","place":0}"#;
    check(world, "/api/save_scene", JSON, &scene("late", 0), 409).await;
    check(world, "/api/save_scene", JSON, &scene("early", 99), 409).await;
    check(world, "/api/save_scene", JSON, &scene("x", 1).replace("{scene}", "{bens-scene}"), 404).await;
    check(world, "/api/save_scene", JSON, &scene("x", 1).replace("{scene}", "0000000000007"), 404).await;
    check(world, "/api/save_scene", JSON, &scene("x", 1).replace("{scene}", "{story}"), 404).await;
    check(world, "/api/save_scene", JSON, &scene("x", 1).replace("{scene}", "nonsense"), 422).await;
    check(world, "/api/save_scene", JSON, &scene("x", 1).replace("{scene}", "' or 1=1 --"), 422).await;
    check(world, "/api/move_part", JSON, &move_part.replace("place\":0", "place\":-1"), 422).await;
    check(world, "/api/move_part", JSON, &move_part.replace("place\":0", "place\":1e99"), 422).await;
    check(world, "/api/move_scene", JSON, r#"{"scene":"{scene}","to":"{bens-chapter}","place":0}"#, 404).await;
    check(world, "/api/publish_story", FORM, "story={bens-story}", 404).await;
    check(world, "/api/publish_story", FORM, "story=", 422).await;
    check(world, "/api/publish_story", FORM, "story=%ff%fe", 422).await;
    check(world, "/api/publish_story", FORM, "story={story}", 422).await;
    check(world, "/api/publish_story", FORM, "story={story}&chapters[0]={chapter}", 422).await;
    check(world, "/api/publish_story", FORM, "story={story}&chapters[0]={bens-chapter}", 404).await;
    check(world, "/api/publish_story", FORM, "story={story}&chapters[0]=nonsense", 422).await;
    check(world, "/api/publish_chapter", FORM, "chapter={chapter}", 422).await;
    check(world, "/api/publish_chapter", FORM, "chapter={bens-chapter}", 404).await;
    check(world, "/api/unpublish_chapter", FORM, "chapter={bens-chapter}", 404).await;
    // Nobody could find the chapter: the story is a draft.
    let form = "chapter={chapter}&local=2999-12-01T09:30&zone=UTC";
    check(world, "/api/schedule_chapter", FORM, form, 422).await;
    let form = "chapter={bens-chapter}&local=2999-12-01T09:30&zone=UTC";
    check(world, "/api/schedule_chapter", FORM, form, 404).await;
    check(world, "/api/unschedule_chapter", FORM, "chapter={bens-chapter}", 404).await;
    for (fields, status) in [
        ("story={bens-story}&day=1", 404),
        ("story=0000000000000&day=1", 404),
        ("story={story}&day=10000001", 422),
        ("story={story}&whole=-1", 422),
        ("story={story}&whole=1.5", 422),
        ("story={story}&day=%00", 422),
        ("day=1", 422),
    ] {
        check(world, "/api/save_goals", FORM, fields, status).await;
    }
    check(world, "/api/keep_version", JSON, &aside("x").replace("{scene}", "{bens-scene}"), 404).await;
    check(world, "/api/keep_working_copy", JSON, &kept("x", 1, 0).replace("{scene}", "{bens-scene}"), 404).await;
    check(world, "/api/keep_working_copy", JSON, &kept(&"x".repeat(1_000_001), 1, 0), 422).await;
    for (base, known) in [(99, 0), (-1, 0), (i64::MAX, 0), (1, 99), (1, -1), (1, i64::MAX)] {
        check(world, "/api/keep_working_copy", JSON, &kept("x", base, known), 409).await;
    }
    for (fields, status) in [
        ("scene={bens-scene}&kept=1", 404),
        ("scene={scene}&kept=1", 404),
        ("scene={scene}&kept=9223372036854775808", 422),
        ("scene={scene}&kept=x", 422),
        ("scene={scene}", 422),
    ] {
        check(world, "/api/leave_working_copy", FORM, fields, status).await;
    }
    check(world, "/api/keep_version", JSON, &aside(&"x".repeat(1_000_001)), 422).await;
    replacing(world).await;
    for (fields, status) in [
        ("scene={bens-scene}&number=1&base=1", 404),
        ("scene={scene}&number=1&base=1", 404),
        ("scene={scene}&number=4294967295&base=1", 404),
        ("scene={scene}&number=4294967296&base=1", 422),
        ("scene={scene}&number=-1&base=1", 422),
        ("scene={scene}&number=one&base=1", 422),
        ("scene={scene}", 422),
    ] {
        check(world, "/api/restore_version", FORM, fields, status).await;
    }
    for path in ["/api/restore_trashed", "/api/delete_trashed"] {
        for (what, status) in [
            ("scene:{scene}", 404),
            ("scene:{bens-scene}", 404),
            ("character:0000000000007", 404),
            ("post:0000000000007", 422),
            ("scene", 422),
            ("scene:", 422),
            ("scene:' or 1=1 --", 422),
            ("trash_rows:0000000000007", 422),
            ("", 422),
        ] {
            check(world, path, FORM, &format!("what={what}"), status).await;
        }
    }
    check(world, "/api/like_story", FORM, "story={bens-story}&liked=true", 404).await;
    check(world, "/api/like_story", FORM, "story={bens-story}&liked=perhaps", 422).await;
    check(world, "/api/create_post", FORM, "text=So&about={bens-story}", 404).await;
    check(world, "/api/create_post", FORM, "text=So&about={story}/0000000000007", 404).await;
    check(world, "/api/create_post", FORM, "text=So&about={story}/", 422).await;
    check(world, "/api/follow_story", FORM, "story={bens-story}&followed=true", 404).await;
    check(world, "/api/follow_author", FORM, "author={story}&followed=true", 404).await;
    for (fields, status) in [
        ("person={story}&how=mute", 404),
        ("person={story}&how=shout", 422),
        ("person={story}", 422),
        ("person=x&how=mute", 422),
    ] {
        check(world, "/api/silence_person", FORM, fields, status).await;
    }
    check(world, "/api/add_comment", FORM, "post={story}&text=So", 404).await;
    check(world, "/api/delete_comment", FORM, "comment=0000000000007", 404).await;
}

/// Words that can't be looked for or put anywhere, and scenes that are not there, or not as it is said.
async fn replacing(world: &mut World) {
    let body = |needle: &str, with: &str, scenes: &str| {
        format!(r#"{{"story":"{{story}}","needle":"{needle}","with":"{with}","scenes":[{scenes}]}}"#)
    };
    let chosen = r#"{"scene":"{scene}","base":1,"kept":0}"#;
    for (needle, with, scenes, status) in [
        ("words=", "x", chosen, 422),
        ("", "x", chosen, 422),
        ("words=a%00", "x", chosen, 422),
        (&format!("words={}", "x".repeat(10_000)), "x", chosen, 422),
        ("words=x", "\\u0000", chosen, 422),
        ("words=x", "\\u001b", chosen, 422),
        ("words=x", &"x".repeat(5_001), chosen, 422),
        ("words=x", "y", &format!("{chosen},{chosen}"), 422),
        ("words=x", "y", &vec![chosen; 501].join(","), 422),
        ("words=x", "y", r#"{"scene":"{scene}","base":1}"#, 422),
        ("words=x", "y", r#"{"scene":"{scene}","base":1,"kept":0,"left_out":[-1]}"#, 422),
        ("words=x", "y", r#"{"scene":"{scene}","base":99,"kept":0}"#, 409),
        ("words=x", "y", r#"{"scene":"{scene}","base":1,"kept":7}"#, 409),
        ("words=x", "y", r#"{"scene":"{bens-scene}","base":1,"kept":0}"#, 404),
        ("words=x", "y", r#"{"scene":"0000000000007","base":1,"kept":0}"#, 404),
    ] {
        check(world, "/api/replace_in_story", JSON, &body(needle, with, scenes), status).await;
    }
    let bens = body("words=x", "y", chosen).replace("{story}", "{bens-story}");
    check(world, "/api/replace_in_story", JSON, &bens, 404).await;
    for (undo, status) in [
        (r#"{"story":"{bens-story}","scenes":[]}"#, 404),
        (r#"{"story":"{story}","scenes":[{"scene":"{scene}","rev":1,"kept":0,"saved":7,"typed":null}]}"#, 404),
        (r#"{"story":"{story}","scenes":[{"scene":"{scene}","rev":1,"kept":0,"saved":null,"typed":7}]}"#, 404),
        (r#"{"story":"{story}","scenes":[{"scene":"{scene}"}]}"#, 422),
        (r#"{"story":"{story}"}"#, 422),
    ] {
        check(world, "/api/undo_replace", JSON, undo, status).await;
    }
}

/// Text that was begun before its scene was deleted: nobody can join it with anything, and the sentence says so.
#[tokio::test]
async fn a_save_of_a_deleted_scene() {
    let mut world = World::make().await;
    let world = &mut world;
    for base in [1, 2] {
        let body = world.fill(&scene(&format!("It rained {base}."), base));
        assert_eq!(world.ada.raw("/api/save_scene", JSON, body).await.status, 200);
    }
    let body = world.fill(&kept("It rained 2. It", 3, 0));
    assert_eq!(world.ada.raw("/api/keep_working_copy", JSON, body).await.status, 200);
    let deleted = world.fill(r#"{"scene":"{scene}"}"#);
    assert_eq!(world.ada.raw("/api/delete_scene", JSON, deleted).await.status, 200);
    for base in [2, 3] {
        check(world, "/api/save_scene", JSON, &scene("It rained again.", base), 404).await;
    }
    // The same as was kept, what goes on from it, and what knows nothing of it.
    for (text, of) in [("It rained 2. It", 1), ("It rained 2. It rained", 1), ("It rained again.", 0)] {
        check(world, "/api/keep_working_copy", JSON, &kept(text, 3, of), 404).await;
    }
    check(world, "/api/leave_working_copy", FORM, "scene={scene}&kept=1", 404).await;
    check(world, "/api/keep_version", JSON, &aside("It rained again."), 404).await;
    check(world, "/api/restore_version", FORM, "scene={scene}&number=1&base=3", 404).await;
    let what = world.fill("what=scene:{scene}");
    assert_eq!(world.ada.raw("/api/restore_trashed", FORM, what).await.status, 200);
    let body = world.fill(&kept("It rained 2. It rained", 3, 1));
    assert_eq!(world.ada.raw("/api/keep_working_copy", JSON, body).await.status, 200, "what was typed is there, too");
    let body = world.fill(&scene("It rained 2.\n\nThen it snowed.", 3));
    assert_eq!(world.ada.raw("/api/save_scene", JSON, body).await.status, 200, "nothing was lost meanwhile");
}

#[tokio::test]
async fn bodies_that_make_no_sense() {
    let mut world = World::make().await;
    let world = &mut world;
    let whole = scene("x", 1);
    check(world, "/api/save_scene", JSON, "", 422).await;
    check(world, "/api/save_scene", JSON, "null", 422).await;
    check(world, "/api/save_scene", JSON, "{}", 422).await;
    check(world, "/api/save_scene", JSON, "[1,2,3]", 422).await;
    check(world, "/api/save_scene", JSON, &whole[..whole.len() / 2], 422).await;
    check(world, "/api/save_scene", JSON, &whole.replace("\"base\":1", "\"base\":\"one\""), 422).await;
    check(world, "/api/save_scene", JSON, &whole.replace("\"content\":\"x\",", ""), 422).await;
    check(world, "/api/save_scene", JSON, &"[".repeat(100_000), 422).await;
    check(world, "/api/save_scene", FORM, "scene={scene}&save=x", 422).await;
    check(world, "/api/save_scene", "text/plain", "Dear server", 422).await;
    check(world, "/api/fetch_changes", JSON, r#"{"log":"x","since":0,"tags":[]}"#, 422).await;
    check(world, "/api/fetch_changes", JSON, r#"{"log":"0000000000007","since":-1,"tags":[]}"#, 422).await;
    check(world, "/api/fetch_changes", JSON, r#"{"log":"0000000000007","since":0,"tags":[{"secret":"x"}]}"#, 422).await;
    let tags = vec![r#""feed""#; 10_001].join(",");
    check(world, "/api/fetch_changes", JSON, &format!(r#"{{"log":"0000000000007","since":0,"tags":[{tags}]}}"#), 413)
        .await;
    check(world, "/api/create_story", FORM, "", 422).await;
    check(world, "/api/create_story", FORM, "title=x", 422).await;
    check(world, "/api/create_story", FORM, "title=x&format=novel&genre=nonsense", 422).await;
    check(world, "/api/create_story", FORM, "title=%ff%fe&format=novel&genre=%ff", 422).await;
    check(world, "/api/create_story", JSON, r#"{"title":"x","format":"novel","genre":"mystery"}"#, 422).await;
    check(world, "/api/sign_in", FORM, "email=ada%40quire.example", 422).await;
    check(world, "/api/sign_in", FORM, "email=ada%40quire.example&password=not+hers", 401).await;
}

/// Where a reader is said to be.
fn place(story: &str, chapter: &str, spot: &str) -> (String, String) {
    let mark = format!(r#"{{"chapter":"{chapter}","number":1,"ended":true}}"#);
    (
        format!(r#"{{"reports":[{{"story":"{story}","mark":{mark},"spot":{spot},"base":0,"read":["{chapter}"]}}]}}"#),
        format!(r#"{{"story":"{story}","chapter":"{chapter}","spot":{spot},"base":0}}"#),
    )
}

/// One's own draft is nowhere to be read either.
#[tokio::test]
async fn places_where_nobody_reads() {
    let mut world = World::make().await;
    let world = &mut world;
    let spot = r#"{"paragraph":1,"print":2,"thousandth":3}"#;
    for (story, chapter, spot, status) in [
        ("{bens-story}", "{bens-chapter}", spot, 404),
        ("{story}", "{chapter}", spot, 404),
        ("{story}", "{bens-chapter}", spot, 404),
        ("0000000000007", "0000000000007", spot, 404),
        ("nonsense", "{chapter}", spot, 422),
        ("{story}", "", spot, 422),
        ("{story}", "{chapter}", "{}", 422),
        ("{story}", "{chapter}", r#"{"paragraph":-1,"print":2,"thousandth":3}"#, 422),
        ("{story}", "{chapter}", r#"{"paragraph":1e99,"print":2,"thousandth":3}"#, 422),
        ("{story}", "{chapter}", r#"{"paragraph":1,"print":2,"thousandth":99999}"#, 422),
    ] {
        let (reports, one) = place(story, chapter, spot);
        check(world, "/api/keep_bookmarks", JSON, &reports, status).await;
        check(world, "/api/keep_spot", JSON, &one, status).await;
    }
    let (reports, _) = place("{bens-story}", "{bens-chapter}", spot);
    let (head, report) = reports.split_at(r#"{"reports":["#.len());
    let report = report.trim_end_matches("]}");
    check(world, "/api/keep_bookmarks", JSON, &format!("{head}]}}"), 404).await;
    check(world, "/api/keep_bookmarks", JSON, &format!("{head}{}]}}", vec![report; 101].join(",")), 422).await;
    let question = world.fill("/api/fetch_spot?story={bens-story}");
    check_query(&mut world.ada, &question, 404).await;
}

/// What a browser says that it showed.
fn shown(key: &str, tier: &str, ago: i64) -> String {
    let tags = [serde_json::json!({"story": "{story}"})];
    serde_json::json!({
        "log": "{log}",
        "shown": {"key": key, "tier": tier, "tags": tags, "as_of": 1, "watermark": 1, "seen": 1, "marked": false},
        "sample": {"ago": ago, "after": null, "hash": null},
    })
    .to_string()
}

#[tokio::test]
async fn what_no_browser_showed() {
    let mut world = World::make().await;
    let world = &mut world;
    let path = "/api/check_answer";
    let key = "story-page.5?story={story}";
    for hostile in [
        "",
        "x",
        "?",
        "nothing.1?",
        "story-page.5?",
        "story-page.5?story=1",
        "story-page.3?story={story}",
        "story-page.5?story={story}&more=1",
        "story-page?story={story}",
        "' or 1=1 --",
        &"x".repeat(100_000),
    ] {
        check(world, path, JSON, &shown(hostile, "signals", 0), 422).await;
    }
    // Another person's, and what a browser has no say in.
    check(world, path, JSON, &shown("my-likes.1?viewer=000000000000a", "signals", 0), 401).await;
    check(world, path, JSON, &shown(key, "memory", 0), 422).await;
    check(world, path, JSON, &shown(key, "signals", -1), 422).await;
    check(world, path, JSON, &shown(key, "signals", i64::MAX), 422).await;
    let untagged = shown(key, "signals", 0).replace(r#"{"story":"{story}"}"#, "");
    check(world, path, JSON, &untagged, 422).await;
    let many = (0..1_001).map(|number| format!(r#"{{"scene":"{number:013}"}}"#)).collect::<Vec<_>>().join(",");
    let crowded = shown(key, "signals", 0).replace(r#"{"story":"{story}"}"#, &many);
    check(world, path, JSON, &crowded, 413).await;
    let ill = shown(key, "signals", 0).replace(r#""hash":null"#, r#""hash":"+1""#);
    check(world, path, JSON, &ill, 422).await;
    // Of another log nothing can be said, nor of what lies beyond this one; and nothing of it is an alarm.
    let body = world.fill(&shown(key, "signals", 0).replace("{log}", "0000000000007"));
    assert_eq!(world.ada.raw(path, JSON, body).await.body, "null");
    let beyond = shown(key, "signals", 0).replace(r#""as_of":1"#, r#""as_of":18446744073709551615"#);
    let body = world.fill(&beyond);
    assert_eq!(world.ada.raw(path, JSON, body).await.body, "null");
    let forged = shown(key, "localStorage", 0).replace(r#""hash":null"#, r#""hash":"0000000000000001""#);
    let body = world.fill(&forged);
    assert_eq!(world.ada.raw(path, JSON, body).await.status, 200);
    assert_eq!(world.site.store.samples().violations(), 0);
}

#[tokio::test]
async fn questions_that_make_no_sense() {
    let mut world = World::make().await;
    let long = format!("/api/fetch_story?story={}", "x".repeat(10_000));
    let browser = &mut world.ada;
    check_query(browser, "/api/fetch_story", 422).await;
    check_query(browser, "/api/fetch_story?", 422).await;
    check_query(browser, "/api/fetch_story?story=", 422).await;
    check_query(browser, "/api/fetch_story?story=nonsense", 422).await;
    check_query(browser, "/api/fetch_story?story=%00%ff", 422).await;
    check_query(browser, "/api/fetch_story?story=0000000000007", 404).await;
    check_query(browser, "/api/fetch_story?story=0000000000007&story=0000000000008", 422).await;
    check_query(browser, "/api/fetch_story?story[0]=0000000000007", 422).await;
    check_query(browser, &long, 422).await;
    check_query(browser, "/api/fetch_feed?page=-1", 422).await;
    for arguments in ["before=-1", "before=4294967296", "before=x"] {
        let question = format!("/api/fetch_history?viewer=0000000000007&scene=0000000000007&{arguments}");
        check_query(browser, &question, 422).await;
    }
    check_query(browser, "/api/fetch_version?viewer=0000000000007&scene=0000000000007&number=-1", 422).await;
    let needle = format!("words%3D{}", "x".repeat(1_001));
    for needle in ["", "words%3D", "words%3Da%2500", "case%3Don", needle.as_str()] {
        let question = format!("/api/fetch_story_matches?viewer=0000000000007&story=0000000000007&needle={needle}");
        check_query(browser, &question, 422).await;
    }
    check_query(browser, "/api/fetch_trash?viewer=0000000000007", 401).await;
    check_query(browser, "/api/fetch_feed?page=99999999999", 422).await;
    check_query(browser, "/api/fetch_shelf?format=scroll", 422).await;
    check_query(browser, "/api/fetch_shelf?format=novel&genre=nonsense", 422).await;
    check_query(browser, "/api/fetch_reading_page?story=0000000000007", 422).await;
    check_query(browser, "/api/fetch_bookshelf?viewer=0000000000007", 401).await;
    assert_eq!(browser.get("/api/fetch_feed?page=4294967295").await.status, 200);
}
