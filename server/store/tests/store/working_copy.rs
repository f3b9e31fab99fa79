//! Working copies: what is typed and not saved is kept for its author alone, and no word of it is lost.

use domain::{
    Keep, NOTED_EVERY, Rev, Scene, SceneDraft, SceneHistory, SceneId, SceneSave, SceneTexts, StoryPage, Trashed,
    VersionKind, merge,
};
use store::{Error, Result};

use crate::library::{
    Library, On,
    fixture::{save, typed},
    on_both, tables,
};

on_both! {
    what_is_typed_is_there_and_nothing_else_changes
    what_does_not_know_the_newer_is_refused
    what_is_kept_already_is_not_written
    a_save_takes_it_along
    a_save_that_does_not_know_it_is_joined_with_it
    what_can_not_be_joined_with_a_save_is_a_version
    going_back_keeps_a_version
    the_history_has_it_every_ten_minutes
    it_goes_to_the_trash_with_its_scene
    it_leaves_with_its_author
    no_typed_word_is_lost_between_two_devices
}

async fn scene(library: &Library) -> Scene {
    let query = SceneDraft { viewer: library.fixture.ada, scene: library.fixture.out.scenes[0] };
    library.store.load(&query).await.expect("her scene").value.clone()
}

async fn working(library: &Library) -> Option<String> {
    scene(library).await.working.map(|working| working.texts.content.to_string())
}

async fn keep(library: &Library, text: &str, base: i64, kept: i64) -> Result<i64> {
    let (ada, scene) = (library.fixture.ada, library.fixture.out.scenes[0]);
    Ok(library.store.keep_working_copy(ada, scene, typed(text, base, kept)).await?.value().0)
}

async fn save_knowing(library: &Library, text: &str, base: i64, kept: i64) -> Result<Rev> {
    let save = SceneSave { kept: Rev(kept), ..save(text, Rev(base)) };
    Ok(*library.store.save_scene(library.fixture.ada, library.fixture.out.scenes[0], save).await?.value())
}

async fn versions(library: &Library, scene: SceneId) -> Vec<VersionKind> {
    let query = SceneHistory { viewer: library.fixture.ada, scene, before: None };
    library.store.load(&query).await.expect("a history").value.versions.iter().map(|version| version.kind).collect()
}

async fn what_is_typed_is_there_and_nothing_else_changes(on: On) {
    let library = Library::open(on).await;
    let story = library.fixture.out.story;
    let stories = format!("select cast(updated_at as text) from stories where id = '{story}'");
    let (before, at) = (scene(&library).await, tables::column(&library.address, &stories).await);
    let page = library.store.load(&StoryPage::first(story)).await.expect("a page").value.clone();
    assert_eq!(keep(&library, "It was a dark", 2, 0).await.expect("kept"), 1);
    assert_eq!(keep(&library, "It was a dark night.", 2, 1).await.expect("kept"), 2);
    assert_eq!(working(&library).await.as_deref(), Some("It was a dark night."));
    let after = scene(&library).await;
    assert_eq!((after.content, after.rev, after.updated_at), (before.content, before.rev, before.updated_at));
    assert_eq!(tables::column(&library.address, &stories).await, at, "the story was not changed");
    assert_eq!(library.store.load(&StoryPage::first(story)).await.expect("a page").value, page);
}

async fn what_does_not_know_the_newer_is_refused(on: On) {
    let library = Library::open(on).await;
    keep(&library, "From the laptop.", 2, 0).await.expect("kept");
    let before = tables::dump(&library.address).await;
    for (base, kept) in [(2, 0), (2, 2), (1, 1), (3, 1)] {
        let late = keep(&library, "From the phone.", base, kept).await;
        assert!(matches!(late, Err(Error::Conflict { now: Rev(2) })), "{base} {kept}: {late:?}");
    }
    assert_eq!(tables::dump(&library.address).await, before);
}

async fn what_is_kept_already_is_not_written(on: On) {
    let library = Library::open(on).await;
    let rows = "select rev || title || content || kept_at from working_copies";
    let rev = keep(&library, "The same.", 2, 0).await.expect("kept");
    let before = tables::column(&library.address, rows).await;
    for kept in [rev, 0] {
        assert_eq!(keep(&library, "The same.", 2, kept).await.expect("there already"), rev);
    }
    assert_eq!(tables::column(&library.address, rows).await, before);
    // Nor what is as it was saved, and that ends it.
    let saved = scene(&library).await.content.to_string();
    let rev = keep(&library, &saved, 2, rev).await.expect("nothing to keep");
    assert_eq!(working(&library).await, None);
    assert_eq!(keep(&library, &saved, 2, rev).await.expect("nothing to keep"), rev);
}

async fn a_save_takes_it_along(on: On) {
    let library = Library::open(on).await;
    let kept = keep(&library, "Typed", 2, 0).await.expect("kept");
    save_knowing(&library, "Typed and saved.", 2, kept).await.expect("saved");
    let after = scene(&library).await;
    assert_eq!((after.content.as_str(), after.working), ("Typed and saved.", None));
    assert!(after.kept > Rev(kept), "nobody takes what comes for what was there");
    assert_eq!(versions(&library, library.fixture.out.scenes[0]).await, [VersionKind::Saved; 2]);
    // The same text by another way is taken along, too.
    let kept = keep(&library, "The same.", 3, after.kept.0).await.expect("kept");
    save_knowing(&library, "The same.", 3, 0).await.expect("saved");
    assert_eq!(working(&library).await, None);
    let late = keep(&library, "Typed on, not knowing.", 3, kept).await;
    assert!(matches!(late, Err(Error::Conflict { now: Rev(4) })), "{late:?}");
}

async fn a_save_that_does_not_know_it_is_joined_with_it(on: On) {
    let library = Library::open(on).await;
    save_knowing(&library, "One.\n\nTwo.", 2, 0).await.expect("saved");
    keep(&library, "One, and more.\n\nTwo.", 3, 0).await.expect("kept");
    save_knowing(&library, "One.\n\nTwo, and others.", 3, 0).await.expect("saved");
    let after = scene(&library).await;
    assert_eq!(after.content.as_str(), "One.\n\nTwo, and others.", "what was saved is what was sent");
    assert_eq!(working(&library).await.as_deref(), Some("One, and more.\n\nTwo, and others."));
    keep(&library, "One, and much more.\n\nTwo, and others.", 4, after.kept.0).await.expect("it goes on");
}

async fn what_can_not_be_joined_with_a_save_is_a_version(on: On) {
    let library = Library::open(on).await;
    keep(&library, "One end.", 2, 0).await.expect("kept");
    save_knowing(&library, "Another end.", 2, 0).await.expect("saved");
    assert_eq!(working(&library).await, None);
    assert_eq!(
        versions(&library, library.fixture.out.scenes[0]).await[..2],
        [VersionKind::Saved, VersionKind::SetAside]
    );
    // So does an older version that is restored.
    let kept = scene(&library).await.kept.0;
    keep(&library, "A third end.", 3, kept).await.expect("kept");
    let restored = library.store.restore_version(library.fixture.ada, library.fixture.out.scenes[0], 1, Rev(3)).await;
    restored.expect("restored");
    assert_eq!(working(&library).await, None);
    assert_eq!(
        versions(&library, library.fixture.out.scenes[0]).await[..2],
        [VersionKind::Saved, VersionKind::SetAside]
    );
}

async fn going_back_keeps_a_version(on: On) {
    let library = Library::open(on).await;
    let (ada, of) = (library.fixture.ada, library.fixture.out.scenes[0]);
    let kept = keep(&library, "Not sure.", 2, 0).await.expect("kept");
    let late = library.store.leave_working_copy(ada, of, Rev(kept + 1)).await;
    assert!(matches!(late, Err(Error::Conflict { .. })), "{late:?}");
    let left = *library.store.leave_working_copy(ada, of, Rev(kept)).await.expect("left").value();
    assert_eq!(working(&library).await, None);
    assert_eq!(versions(&library, of).await[0], VersionKind::SetAside);
    keep(&library, "Not sure.", 2, left.0).await.expect("and had back");
    assert_eq!(working(&library).await.as_deref(), Some("Not sure."));
}

async fn the_history_has_it_every_ten_minutes(on: On) {
    let library = Library::open(on).await;
    let of = library.fixture.out.scenes[0];
    let pass = async |time: i64| {
        for column in ["working_copies set begun_at = begun_at", "scene_versions set saved_at = saved_at"] {
            tables::run(&library.address, &format!("update {column} - {time} where scene_id = '{of}'")).await;
        }
    };
    let mut kept = keep(&library, "0", 2, 0).await.expect("kept");
    let before = versions(&library, of).await.len();
    for (minute, expected) in [(9, 0), (2, 1), (9, 1), (2, 2)] {
        pass(minute * NOTED_EVERY / 10).await;
        kept = keep(&library, &format!("After {kept}"), 2, kept).await.expect("kept");
        assert_eq!(versions(&library, of).await.len() - before, expected);
    }
    assert_eq!(versions(&library, of).await[0], VersionKind::Kept);
}

async fn it_goes_to_the_trash_with_its_scene(on: On) {
    let library = Library::open(on).await;
    let (ada, tale) = (library.fixture.ada, library.fixture.out.clone());
    keep(&library, "Typed, deleted, and back.", 2, 0).await.expect("kept");
    for what in [
        Trashed::Scene(tale.scenes[0]),
        Trashed::Chapter(tale.chapters[0]),
        Trashed::Part(tale.parts[0]),
        Trashed::Story(tale.story),
    ] {
        match what {
            Trashed::Scene(id) => library.store.delete_scene(ada, id).await.map(drop),
            Trashed::Chapter(id) => library.store.delete_chapter(ada, id).await.map(drop),
            Trashed::Part(id) => library.store.delete_part(ada, id).await.map(drop),
            Trashed::Story(id) => library.store.delete_story(ada, id).await.map(drop),
            Trashed::Character(_) | Trashed::Setting(_) => unreachable!("not among these"),
        }
        .expect("deleted");
        assert_eq!(tables::column(&library.address, "select content from working_copies").await, Vec::<String>::new());
        library.store.restore_trashed(ada, what).await.expect("restored");
        assert_eq!(working(&library).await.as_deref(), Some("Typed, deleted, and back."), "{what:?}");
    }
}

async fn it_leaves_with_its_author(on: On) {
    let library = Library::open(on).await;
    keep(&library, "Not saved, and mine.", 2, 0).await.expect("kept");
    let unsaved = async |who| library.store.export_own_things(who).await.expect("things").unsaved;
    let hers = unsaved(library.fixture.ada).await;
    assert_eq!(hers.iter().map(|text| text.texts.content.as_str()).collect::<Vec<_>>(), ["Not saved, and mine."]);
    assert_eq!(unsaved(library.fixture.ben).await, []);
    let kept = scene(&library).await.kept.0;
    save_knowing(&library, "Saved.", 2, kept).await.expect("saved");
    assert_eq!(unsaved(library.fixture.ada).await, []);
}

/// Where a device stands: what it knows, and what was typed on it since.
struct Device {
    base: Scene,
    text: String,
}

impl Device {
    fn head(scene: &Scene) -> &str {
        scene.working.as_ref().map_or(scene.content.as_str(), |working| working.texts.content.as_str())
    }

    /// What a page does that was told of a newer text: it follows, joins, or sets its own aside.
    async fn meet(&mut self, library: &Library) {
        let now = scene(library).await;
        let (known, newer) = (Self::head(&self.base).to_owned(), Self::head(&now).to_owned());
        if let Some(joined) = merge(&known, &newer, &self.text) {
            self.text = joined;
        } else {
            let aside: SceneTexts = save(&self.text, now.rev).into();
            library.store.keep_version(library.fixture.ada, now.at.scene, aside).await.expect("a version");
            self.text = newer;
        }
        self.base = now;
    }
}

/// Two devices type, keep, save and go back in any order, often without having heard of each other. Each typed word
/// stays in what is saved, in what is kept, or in the history.
async fn no_typed_word_is_lost_between_two_devices(on: On) {
    let library = Library::open(on).await;
    let (ada, of) = (library.fixture.ada, library.fixture.out.scenes[0]);
    save_knowing(&library, "a\n\nb\n\nc\n\nd", 2, 0).await.expect("saved");
    let first = scene(&library).await;
    let begin = || Device { base: first.clone(), text: Device::head(&first).to_owned() };
    let mut devices = [begin(), begin()];
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    let mut words = vec![];
    for round in 0..150 {
        let device = &mut devices[usize::try_from(next(2)).expect("0 or 1")];
        let word = format!("word{round}");
        let mut paragraphs: Vec<String> = device.text.split("\n\n").map(str::to_owned).collect();
        let place = usize::try_from(next(paragraphs.len() as u64)).expect("few");
        paragraphs[place] = format!("{} {word}", paragraphs[place]);
        device.text = paragraphs.join("\n\n");
        words.push(word);
        let (base, kept) = (device.base.rev, device.base.kept);
        let texts: SceneTexts = save(&device.text, base).into();
        let done = match next(8) {
            // Nothing reaches the server.
            0..=2 => continue,
            3 => library.store.save_scene(ada, of, texts.save_kept(base, kept)).await.map(drop),
            _ => library.store.keep_working_copy(ada, of, Keep { texts, base, kept }).await.map(drop),
        };
        match done {
            Ok(()) => {
                let now = scene(&library).await;
                // Of what the other device did in between the answer says nothing: it is met like any newer text.
                let sent = std::mem::take(&mut device.text);
                let newer = Device::head(&now).to_owned();
                assert!(sent.split_whitespace().all(|word| newer.contains(word)), "{sent} is in {newer}");
                device.text = newer;
                device.base = now;
            }
            Err(Error::Conflict { .. }) => device.meet(&library).await,
            Err(error) => panic!("{error}"),
        }
    }
    for device in &mut devices {
        device.meet(&library).await;
        let texts: SceneTexts = save(&device.text, device.base.rev).into();
        let keep = Keep { texts, base: device.base.rev, kept: device.base.kept };
        library.store.keep_working_copy(ada, of, keep).await.expect("it knows all");
    }
    let everywhere = "select content from scene_versions union all select content from working_copies
                      union all select content from scenes";
    let texts = tables::column(&library.address, everywhere).await.join("\n");
    let there: std::collections::BTreeSet<&str> = texts.split_whitespace().collect();
    for word in &words {
        assert!(there.contains(word.as_str()), "{word} is lost");
    }
}
