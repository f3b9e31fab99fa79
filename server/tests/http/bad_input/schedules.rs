//! Moments at which no chapter can go out.

use app::AppError;
use domain::NotPublished;

use super::{World, assert_refused};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// Has words in the first chapter of Ada's story, publishes both, and takes the chapter back.
async fn make_publishable(world: &mut World) {
    let save = r#"{"scene":"{scene}","save":{"title":"","content":"It rained.","goal":"","conflict":"","outcome":"","base":1}}"#;
    for (path, content_type, body) in [
        ("/api/save_scene", JSON, save),
        ("/api/publish_story", FORM, "story={story}&chapters[0]={chapter}"),
        ("/api/unpublish_chapter", FORM, "chapter={chapter}"),
    ] {
        let body = world.fill(body);
        let answer = world.ada.raw(path, content_type, body).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    }
}

/// The chapter could go out, so it is the moment alone that is wrong, and each sentence says how.
#[tokio::test]
async fn moments_that_are_none() {
    let mut world = World::make().await;
    let world = &mut world;
    make_publishable(world).await;
    let path = "/api/schedule_chapter";
    let form = |local: &str, zone: &str| format!("chapter={{chapter}}&local={local}&zone={zone}");
    let not = |why: NotPublished| why.to_string();
    let no_time = "Please give a day and a time, as in 2026-12-01T09:30.";
    let no_zone = "Please give a time zone, as in Europe/Berlin.";
    for (local, zone, why) in [
        ("1999-12-01T09:30", "UTC", not(NotPublished::InThePast)),
        ("2999-02-30T09:30", "UTC", not(NotPublished::NoSuchDay)),
        ("2999-12-01", "UTC", no_time.to_owned()),
        ("never", "UTC", no_time.to_owned()),
        ("", "UTC", no_time.to_owned()),
        ("2999-12-01T09:30", "", no_zone.to_owned()),
        ("2999-12-01T09:30", "Europe/Atlantis", not(NotPublished::UnknownZone)),
        ("2999-12-01T09:30", "../../etc/passwd", no_zone.to_owned()),
        ("2999-12-01T09:30", "%00", no_zone.to_owned()),
        ("2126-03-31T02:30", "Europe/Berlin", not(NotPublished::Skipped)),
        ("2126-10-27T02:30", "Europe/Berlin", not(NotPublished::Twice)),
        ("2126-10-27T02:30", "Europe/Berlin&which=third", "What was sent could not be understood.".to_owned()),
    ] {
        let (before, what) = (world.size().await, format!("{local} {zone}"));
        let body = world.fill(&form(local, zone));
        let answer = world.ada.raw(path, FORM, body).await;
        assert_refused(&what, &answer, 422);
        let error: AppError = serde_json::from_str(&answer.body).expect("an error");
        assert_eq!(error.to_string(), why, "{what}");
        assert_eq!(world.size().await, before, "{what} left something behind");
    }
    let body = world.fill(&form("2999-12-01T09:30", "UTC"));
    assert_eq!(world.ada.raw(path, FORM, body).await.status, 200, "a moment that is one");
}
