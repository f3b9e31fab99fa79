//! What is not published is told to its author alone, cached copies included.
//!
//! Every page and every server function, asked by everybody, in every state of the story.

mod story;
mod table;
mod trash;
mod world;

use std::collections::BTreeSet;

use domain::Role;

use self::{
    table::{Call, Rule, table},
    world::{Asker, NEVER_TOLD, State, TOLD_WHEN_OUT, TOLD_WITH_CHAPTER, World},
};
use crate::site::{Answer, Person, Site, books::a_story, pages::shape};

/// As good an id as any, of nothing.
const UNKNOWN: &str = "0000000000007";

async fn check(state: State) {
    let world = World::make(state).await;
    for asker in Asker::ALL {
        let before = (asker != Asker::Author).then_some(world.tree().await);
        for call in table() {
            let answer = call.make(&world, asker).await;
            let what = format!("{state:?}, {asker:?}: {call:?} answered {} {}", answer.status, answer.body);
            assert_status(call, state, asker, &answer, &what);
            if asker != Asker::Author {
                assert!(!answer.body.contains(NEVER_TOLD), "tells what is the author's own: {what}");
                assert!(state.has_story() || !answer.body.contains(TOLD_WHEN_OUT), "tells a draft: {what}");
                assert!(state.has_chapter() || !answer.body.contains(TOLD_WITH_CHAPTER), "tells a draft: {what}");
            }
            if answer.status == 404 && !call.is_page() && call.rule != Rule::Silent {
                assert_looks_unknown(&world, call, asker, &answer).await;
            }
        }
        if let Some(before) = before {
            assert_eq!(world.tree().await, before, "{state:?}: {asker:?} changed something");
        }
        assert!(state.has_story() || !world.is_among_likes().await, "{state:?}: told among likes");
    }
}

fn assert_status(call: &Call, state: State, asker: Asker, answer: &Answer, what: &str) {
    let expected: &[u16] = match (call.rule, asker, state) {
        (Rule::Silent, ..) => return,
        (Rule::WhileOutSignedIn | Rule::WithChapterSignedIn, Asker::Nobody, _) => &[401],
        (Rule::WhileOut | Rule::WhileOutSignedIn, ..) if state.has_story() => &[200],
        (Rule::WithChapter | Rule::WithChapterSignedIn, ..) if state.has_chapter() => &[200],
        (Rule::WhileOut | Rule::WhileOutSignedIn | Rule::WithChapter | Rule::WithChapterSignedIn, ..) => &[404],
        // The page is there, and says to sign in.
        (Rule::Author, Asker::Nobody, _) if call.is_page() => &[200, 401],
        (Rule::Author | Rule::Own | Rule::OwnWhileOut, Asker::Nobody, _) => &[401],
        // Nobody here is one; and a key that names another person is that person's.
        (Rule::Managers, Asker::Nobody, _) => &[401],
        (Rule::Managers, ..) if what.contains("viewer={ada}") && asker != Asker::Author && call.is_read() => &[401],
        (Rule::Managers, ..) => &[404],
        (Rule::Own | Rule::OwnWhileOut, Asker::Reader | Asker::AnotherWriter, _) => &[401],
        (Rule::OwnWhileOut, Asker::Author, _) => {
            if state.has_story() {
                &[200]
            } else {
                &[404]
            }
        }
        (Rule::Author, Asker::Reader | Asker::AnotherWriter, _) => &[404],
        (Rule::Author | Rule::Own, Asker::Author, _) => &[200],
    };
    assert!(expected.contains(&answer.status), "not {expected:?}: {what}");
}

/// What a person may not see looks like what isn't there.
async fn assert_looks_unknown(world: &World, call: &Call, asker: Asker, told: &Answer) {
    let unknown = |text: &str| {
        ["story", "part", "chapter", "scene", "character", "setting"]
            .iter()
            .fold(text.to_owned(), |text, name| text.replace(world.name(name), UNKNOWN))
    };
    let other = call.make_with(world, asker, unknown).await;
    assert_eq!((told.status, &told.body), (other.status, &other.body), "{call:?} tells {asker:?} that it is there");
}

#[tokio::test]
async fn a_draft_is_its_authors() {
    check(State::Draft).await;
}

#[tokio::test]
async fn what_is_out_is_everybodys_but_for_the_notes() {
    check(State::Out).await;
}

#[tokio::test]
async fn what_was_withdrawn_is_its_authors_again() {
    check(State::Withdrawn).await;
}

#[tokio::test]
async fn a_draft_chapter_of_a_story_that_is_out_is_its_authors() {
    check(State::ChapterDraft).await;
}

#[tokio::test]
async fn a_scheduled_chapter_is_its_authors_until_its_moment() {
    check(State::ChapterScheduled).await;
}

#[tokio::test]
async fn a_chapter_that_was_withdrawn_is_its_authors_again() {
    check(State::ChapterWithdrawn).await;
}

#[tokio::test]
async fn a_released_chapter_is_everybodys() {
    check(State::ChapterReleased).await;
}

/// What a suspended person may send: to read, to look after their own account, and to answer. The rest is not the
/// library's: signing in, themes, and what developers and managers do to the caches.
const WHILE_SUSPENDED: [&str; 34] = [
    "/api/acknowledge_alert",
    "/api/answer_decision",
    "/api/begin_second_factor",
    "/api/change_email",
    "/api/change_password",
    "/api/check_answer",
    "/api/choose_mail",
    "/api/clear_node_memory",
    "/api/clear_node_metrics",
    "/api/confirm_email",
    "/api/confirm_sign_in",
    "/api/delete_account",
    "/api/end_session",
    "/api/end_silence",
    "/api/fetch_changes",
    "/api/fetch_log",
    "/api/fetch_session",
    "/api/forgot_password",
    "/api/invalidate_answers",
    "/api/keep_bookmarks",
    "/api/keep_spot",
    "/api/make_recovery_codes",
    "/api/read_inbox",
    "/api/register",
    "/api/register_manager",
    "/api/reset_password",
    "/api/set_appearance",
    "/api/set_areas",
    "/api/sign_in",
    "/api/sign_out",
    "/api/sign_out_everywhere",
    "/api/silence_person",
    "/api/turn_off_second_factor",
    "/api/turn_on_second_factor",
];

/// Each function that is sent, asked by a suspended person: all but the few say so, and change nothing.
#[tokio::test]
async fn a_suspended_person_reads_only() {
    let world = World::make(State::Out).await;
    world.suspend(Asker::Reader).await;
    let mut answered = BTreeSet::new();
    // The session that asks must outlive the asking.
    let ends_it = ["/api/sign_out", "/api/sign_out_everywhere", "/api/sign_in", "/api/register"];
    for call in table().iter().filter(|call| !call.is_read() && !ends_it.contains(&call.path)) {
        let answer = call.make(&world, Asker::Reader).await;
        let is_refused = answer.status == 403 && answer.body.contains("suspended");
        if !is_refused {
            answered.insert(call.path);
        }
    }
    let expected: BTreeSet<_> = WHILE_SUSPENDED.into_iter().collect();
    let too_much: Vec<_> = answered.difference(&expected).collect();
    assert!(too_much.is_empty(), "a suspended person may {too_much:?}");
    // Pages and reads are as before.
    for call in table().iter().filter(|call| call.is_read()) {
        let answer = call.make(&world, Asker::Reader).await;
        assert!(!answer.body.contains(r#"{"barred""#), "{call:?} answered {}", answer.body);
    }
}

/// Whoever is banned is nobody, whatever their browser still holds.
#[tokio::test]
async fn a_banned_person_is_nobody() {
    let world = World::make(State::Out).await;
    world.ban(Asker::Reader).await;
    for call in table().iter().filter(|call| call.path != "/api/sign_out") {
        let (banned, nobody) = (call.make(&world, Asker::Reader).await, call.make(&world, Asker::Nobody).await);
        // An account that the first of two opened is there for the second.
        if !call.path.starts_with("/api/register") {
            assert_eq!(banned.status, nobody.status, "{call:?} answered {}", banned.body);
        }
    }
}

#[tokio::test]
async fn nobody_hears_of_changes_to_a_draft() {
    let catch_up = table().iter().find(|call| call.path == "/api/fetch_changes").expect("it is in the table");
    for (state, told) in [
        (State::Draft, false),
        (State::Out, true),
        (State::Withdrawn, false),
        (State::ChapterDraft, false),
        (State::ChapterScheduled, false),
        (State::ChapterReleased, true),
        (State::ChapterWithdrawn, false),
    ] {
        let world = World::make(state).await;
        for asker in Asker::ALL {
            let answer = catch_up.make(&world, asker).await.json();
            let log = answer["Changes"]["log"].as_array().expect("changes").clone();
            assert_eq!(!log.is_empty(), told || asker == Asker::Author, "{state:?}, {asker:?}: {log:?}");
            let secret = serde_json::json!({"refresh": {"character": world.name("character")}});
            assert!(!log.contains(&secret), "{state:?}, {asker:?}: {log:?}");
        }
    }
}

#[test]
fn every_function_is_in_the_table() {
    let functions = server_fn::axum::server_fn_paths().map(|(path, method)| (path.to_owned(), method.to_string()));
    let downloads = ["/api/export_story", "/api/export_account"].map(|path| (path.to_owned(), "GET".to_owned()));
    let registered: BTreeSet<_> = functions.chain(downloads).collect();
    let functions = table().iter().filter(|call| !call.is_page());
    let listed: BTreeSet<_> = functions.map(|call| (call.path.to_owned(), call.method().to_owned())).collect();
    let forgotten: Vec<_> = registered.symmetric_difference(&listed).collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
}

#[test]
fn every_page_is_in_the_table() {
    let routes = server::router::pages();
    let registered: BTreeSet<Vec<&str>> = routes.iter().map(|route| shape(route.path())).collect();
    let pages = table();
    let listed: BTreeSet<Vec<&str>> =
        pages.iter().filter(|call| call.is_page() && !call.path.is_empty()).map(|call| shape(call.path)).collect();
    assert_eq!(registered, listed);
}

/// The words that an author looks for are in a key, and keys are on `/debug/cache`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_author_looks_for_is_theirs() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let story = a_story(&site.store, ada.user, "The Pier", false).await.story;
    let search = format!("/api/fetch_story_matches?viewer={}&story={story}&needle=words%3DZqneedle", ada.user);
    assert_eq!(site.browser_of(&ada).get(&search).await.status, 200);
    for path in ["/api/fetch_node_keys", "/api/fetch_node_report"] {
        let told = site.nobody().get(path).await;
        assert_eq!(told.status, 200, "{path}");
        assert!(!told.body.contains("Zqneedle"), "{path}: {}", told.body);
    }
    // Keys that have nothing of their text are there.
    assert_eq!(site.browser_of(&ada).get("/api/fetch_home").await.status, 200);
    assert!(site.nobody().get("/api/fetch_node_keys").await.body.contains("home."));
}
