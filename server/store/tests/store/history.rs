//! The history of a scene: each text that it had, and those that were not chosen, can be had back.

use domain::{
    Device, KEEP_ALL, Millis, Rev, Run, SceneDraft, SceneHistory, SceneId, SceneVersion, VersionKind, VersionLine,
};
use store::{Error, Store};

use crate::library::{Library, On, fixture::save, on_both, tables};

on_both! {
    each_save_is_a_version
    a_text_from_before_there_were_versions_is_the_first
    two_saves_that_can_both_be_kept_are_joined
    what_was_typed_while_two_saves_were_joined_is_joined_too
    what_was_not_chosen_is_a_version
    a_version_is_restored_by_a_save
    old_versions_are_thinned
    ten_thousand_versions_are_shown_a_page_at_a_time
    no_typed_word_is_lost
}

async fn versions(library: &Library, scene: SceneId) -> Vec<VersionLine> {
    let query = SceneHistory { viewer: library.fixture.ada, scene, before: None };
    library.store.load(&query).await.expect("a history").value.versions.clone()
}

async fn content(library: &Library, scene: SceneId) -> (String, Rev) {
    let scene = library.store.load(&SceneDraft { viewer: library.fixture.ada, scene }).await.expect("a scene");
    (scene.value.content.to_string(), scene.value.rev)
}

/// The version's own text, as its difference tells it.
async fn text(library: &Library, scene: SceneId, number: u32) -> String {
    let query = SceneVersion { viewer: library.fixture.ada, scene, number };
    let version = &library.store.load(&query).await.expect("a version").value;
    let (_, runs) = version.difference.iter().find(|(kind, _)| *kind == domain::TextKind::Content).expect("the text");
    let own = runs.iter().filter_map(|run| match run {
        Run::Same(text) | Run::Gone(text) => Some(text.as_str()),
        Run::New(_) => None,
    });
    own.collect()
}

async fn put(library: &Library, scene: SceneId, text: &str, base: Rev) -> Result<Rev, Error> {
    Ok(*library.store.save_scene(library.fixture.ada, scene, save(text, base)).await?.value())
}

async fn each_save_is_a_version(on: On) {
    let library = Library::open(on).await;
    let scene = library.fixture.out.scenes[0];
    let phone = library.store.clone().on_device(Device::of("Firefox/145.0 (Android)"));
    phone.save_scene(library.fixture.ada, scene, save("It rained all day.", Rev(2))).await.expect("saved");
    put(&library, scene, "It snowed.", Rev(3)).await.expect("saved");
    let versions = versions(&library, scene).await;
    let told: Vec<_> =
        versions.iter().map(|one| (one.number, one.kind, one.words, one.more_words, one.device.as_str())).collect();
    let unknown = "An unknown device";
    assert_eq!(
        told,
        [
            (3, VersionKind::Saved, 2, Some(-2), unknown),
            (2, VersionKind::Saved, 4, Some(-1), "Firefox on Android"),
            (1, VersionKind::Saved, 5, None, unknown),
        ]
    );
    let query = SceneVersion { viewer: library.fixture.ada, scene, number: 2 };
    let version = &library.store.load(&query).await.expect("a version").value;
    let runs = vec![Run::Gone("It rained all day.".to_owned()), Run::New("It snowed.".to_owned())];
    assert_eq!((version.now, version.today), (Rev(4), Some(3)));
    assert_eq!(version.difference, [(domain::TextKind::Content, runs)]);
    let missing = SceneVersion { number: 4, ..query };
    assert!(matches!(library.store.load(&missing).await, Err(Error::NotFound | Error::NotThere { .. })));
}

async fn a_text_from_before_there_were_versions_is_the_first(on: On) {
    let library = Library::open(on).await;
    let scene = library.fixture.out.scenes[0];
    tables::run(&library.address, "delete from scene_versions").await;
    let (before, base) = content(&library, scene).await;
    put(&library, scene, "Another text.", base).await.expect("saved");
    assert_eq!(versions(&library, scene).await.len(), 2);
    assert_eq!(text(&library, scene, 1).await, before);
}

async fn two_saves_that_can_both_be_kept_are_joined(on: On) {
    let library = Library::open(on).await;
    let scene = library.fixture.out.scenes[0];
    put(&library, scene, "It rained.\n\nShe went home.", Rev(2)).await.expect("saved");
    put(&library, scene, "It snowed.\n\nShe went home.", Rev(3)).await.expect("saved");
    let sent = put(&library, scene, "It rained.\n\nShe ran home.", Rev(3)).await.expect("joined");
    assert_eq!(sent, Rev(5), "the revision of what was sent");
    assert_eq!(content(&library, scene).await, ("It snowed.\n\nShe ran home.".to_owned(), Rev(6)));
    let kinds: Vec<_> = versions(&library, scene).await.iter().map(|one| one.kind).collect();
    assert_eq!(kinds[..2], [VersionKind::Joined, VersionKind::Typed]);
    assert_eq!(text(&library, scene, 4).await, "It rained.\n\nShe ran home.");
    let before = tables::dump(&library.address).await;
    let refused = put(&library, scene, "It hailed.\n\nShe went home.", Rev(3)).await;
    assert!(matches!(refused, Err(Error::Conflict { now: Rev(6) })), "{refused:?}");
    assert_eq!(tables::dump(&library.address).await, before, "what can't be joined changes nothing");
}

async fn what_was_typed_while_two_saves_were_joined_is_joined_too(on: On) {
    let library = Library::open(on).await;
    let scene = library.fixture.out.scenes[0];
    put(&library, scene, "One.", Rev(2)).await.expect("saved");
    put(&library, scene, "One.\n\nTheirs.", Rev(3)).await.expect("saved");
    let sent = put(&library, scene, "One.\n\nMine", Rev(3)).await.expect("joined");
    // It was typed on from what was sent, before the joined text came back.
    put(&library, scene, "One.\n\nMine, and more.", sent).await.expect("joined again");
    assert_eq!(content(&library, scene).await.0, "One.\n\nTheirs.\n\nMine, and more.");
}

async fn what_was_not_chosen_is_a_version(on: On) {
    let library = Library::open(on).await;
    let (scene, ada) = (library.fixture.out.scenes[0], library.fixture.ada);
    let before = content(&library, scene).await;
    library.store.keep_version(ada, scene, save("Not this.", Rev(1)).into()).await.expect("kept");
    assert_eq!(content(&library, scene).await, before, "the scene is what it was");
    assert_eq!(versions(&library, scene).await[0].kind, VersionKind::SetAside);
    assert_eq!(text(&library, scene, 2).await, "Not this.");
    let ben = library.store.keep_version(library.fixture.ben, scene, save("Mine.", Rev(1)).into()).await;
    assert!(matches!(ben, Err(Error::NotFound)), "{ben:?}");
}

async fn a_version_is_restored_by_a_save(on: On) {
    let library = Library::open(on).await;
    let (scene, store, ada) = (library.fixture.out.scenes[0], &library.store, library.fixture.ada);
    let (first, _) = content(&library, scene).await;
    put(&library, scene, "Worse.", Rev(2)).await.expect("saved");
    let late = store.restore_version(ada, scene, 1, Rev(2)).await;
    assert!(matches!(late, Err(Error::Conflict { now: Rev(3) })), "{late:?}");
    for (who, number) in [(library.fixture.ben, 1), (ada, 9), (ada, 0)] {
        let refused = store.restore_version(who, scene, number, Rev(3)).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    }
    let rev = *store.restore_version(ada, scene, 1, Rev(3)).await.expect("restored").value();
    assert_eq!(content(&library, scene).await, (first, rev));
    assert_eq!(text(&library, scene, 2).await, "Worse.", "what was there before stays");
    assert_eq!(versions(&library, scene).await.len(), 3);
}

async fn old_versions_are_thinned(on: On) {
    const DAY: i64 = 24 * 60 * 60 * 1_000;
    let library = Library::open(on).await;
    let (scene, store) = (library.fixture.out.scenes[0], &library.store);
    for (base, text) in [(2, "Two."), (3, "Three."), (4, "Four.")] {
        put(&library, scene, text, Rev(base)).await.expect("saved");
    }
    let old = Millis(1_700_000_000_000 / DAY * DAY);
    tables::run(&library.address, &format!("update scene_versions set saved_at = {} + number", old.0)).await;
    assert_eq!(store.thin_versions_at(Millis(old.0 + KEEP_ALL)).await.expect("looked"), 0);
    assert_eq!(store.thin_versions_at(Millis(old.0 + KEEP_ALL + DAY)).await.expect("thinned"), 2);
    assert_eq!(store.thin_versions_at(Millis(old.0 + KEEP_ALL + DAY)).await.expect("thinned"), 0, "once");
    let kept: Vec<_> = versions(&library, scene).await.iter().map(|one| one.number).collect();
    assert_eq!(kept, [4, 1]);
}

async fn ten_thousand_versions_are_shown_a_page_at_a_time(on: On) {
    let library = Library::open(on).await;
    let (scene, ada) = (library.fixture.out.scenes[0], library.fixture.ada);
    tables::run(
        &library.address,
        &format!(
            "insert into scene_versions (scene_id, number, story_id, kind, rev, title, content, words, goal, conflict,
                    outcome, device, saved_at)
             with recursive numbers (n) as (select 2 union all select n + 1 from numbers where n < 10000)
             select scene_id, n, story_id, kind, null, title, content, n, goal, conflict, outcome, device, saved_at
             from scene_versions, numbers where scene_id = '{scene}' and number = 1"
        ),
    )
    .await;
    let (mut before, mut seen) = (None, 0);
    loop {
        let page = &library.store.load(&SceneHistory { viewer: ada, scene, before }).await.expect("a page").value;
        seen += page.versions.len();
        before = page.versions.last().map(|last| last.number);
        if !page.more {
            break;
        }
    }
    assert_eq!(seen, 10_000);
    put(&library, scene, "One more.", Rev(2)).await.expect("saved");
    assert_eq!(versions(&library, scene).await[0].number, 10_001);
}

/// Two tabs save from revisions old and new. Whatever becomes of it, each word is in a version.
async fn no_typed_word_is_lost(on: On) {
    let library = Library::open(on).await;
    let (scene, store, ada) = (library.fixture.out.scenes[0], &library.store, library.fixture.ada);
    let first = "It rained.\n\nShe went home.\n\nNobody knew.";
    let mut bases = vec![(put(&library, scene, first, Rev(2)).await.expect("saved"), first.to_owned())];
    let mut chance = 42_u64;
    let mut next = |most: usize| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(chance >> 33).expect("it fits") % most
    };
    let (mut joined, mut refused) = (0, 0);
    for number in 0..40 {
        let (base, text) = bases[next(bases.len())].clone();
        let mut words: Vec<&str> = text.split_inclusive(' ').collect();
        let typed = format!("typed{number} ");
        words.insert(next(words.len()), &typed);
        let mine = words.concat();
        match put(&library, scene, &mine, base).await {
            Ok(rev) => {
                joined += usize::from(rev.0 != base.0 + 1);
                bases.push((rev, mine));
            }
            Err(Error::Conflict { .. }) => {
                refused += 1;
                keep(store, ada, scene, &mine).await;
            }
            Err(error) => panic!("{error}"),
        }
        bases.push({
            let (text, rev) = content(&library, scene).await;
            (rev, text)
        });
    }
    assert!(joined > 5 && refused > 0, "{joined} joined, {refused} refused");
    let kept = tables::column(&library.address, "select content from scene_versions").await.join("\n");
    for number in 0..40 {
        assert!(kept.contains(&format!("typed{number} ")), "typed{number} is lost");
    }
}

async fn keep(store: &Store, ada: domain::UserId, scene: SceneId, text: &str) {
    store.keep_version(ada, scene, save(text, Rev(0)).into()).await.expect("kept");
}
