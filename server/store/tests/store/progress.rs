//! What an author wrote of late: every word that came to be at their desk, once, whether it is saved or only typed.

use domain::{
    Format, Genre, ManuscriptFile, Millis, MyProgress, NewStory, Note, Progress, Rev, SceneSave, StoryId, Trashed,
    WordGoal, Written,
};
use store::Error;

use crate::library::{
    Library, On,
    fixture::{save, title, typed},
    on_both, tables,
};

on_both! {
    typed_words_count_once
    what_goes_back_to_what_it_was_counts_nothing
    all_stories_count_and_imports_do_not
    what_is_joined_counts_as_it_is
    what_is_long_ago_is_not_told
    goals_are_kept_and_are_the_authors_own
}

async fn progress(library: &Library) -> Progress {
    library.store.load(&MyProgress { viewer: library.fixture.ada }).await.expect("hers").value.clone()
}

/// All words of today, in any zone: the test may run over the end of a quarter.
async fn words(library: &Library) -> i64 {
    progress(library).await.written.iter().map(|written| written.words).sum()
}

async fn set(library: &Library, scene: usize, text: &str, (base, kept): (i64, i64)) {
    let (ada, scene) = (library.fixture.ada, library.fixture.out.scenes[scene]);
    let save = SceneSave { kept: Rev(kept), ..save(text, Rev(base)) };
    library.store.save_scene(ada, scene, save).await.expect("saved");
}

async fn keep(library: &Library, text: &str, (base, kept): (i64, i64)) {
    let (ada, scene) = (library.fixture.ada, library.fixture.out.scenes[0]);
    library.store.keep_working_copy(ada, scene, typed(text, base, kept)).await.expect("kept");
}

async fn typed_words_count_once(on: On) {
    let library = Library::open(on).await;
    set(&library, 0, "One two three.", (2, 0)).await;
    let saved = words(&library).await;
    keep(&library, "One two three four.", (3, 0)).await;
    keep(&library, "One two three four five six.", (3, 1)).await;
    assert_eq!(words(&library).await, saved + 3, "as it is typed");
    set(&library, 0, "One two three four five six.", (3, 2)).await;
    assert_eq!(words(&library).await, saved + 3, "and not again as it is saved");
    set(&library, 0, "One.", (4, 0)).await;
    assert_eq!(words(&library).await, saved - 2, "what is taken out counts against it");
    set(&library, 0, "Two.", (5, 0)).await;
    assert_eq!(words(&library).await, saved - 2);
}

async fn what_goes_back_to_what_it_was_counts_nothing(on: On) {
    let library = Library::open(on).await;
    let (ada, scene) = (library.fixture.ada, library.fixture.out.scenes[0]);
    set(&library, 0, "One two three.", (2, 0)).await;
    let saved = words(&library).await;
    keep(&library, "One two three four.", (3, 0)).await;
    keep(&library, "One two three.", (3, 1)).await;
    assert_eq!(words(&library).await, saved, "typed back");
    keep(&library, "One two three four five.", (3, 2)).await;
    assert_eq!(words(&library).await, saved + 2);
    library.store.leave_working_copy(ada, scene, Rev(3)).await.expect("left");
    assert_eq!(words(&library).await, saved, "given up");
    library.store.delete_scene(ada, scene).await.expect("in the trash");
    assert_eq!(words(&library).await, saved, "the trash is no undoing of what was written");
    library.store.restore_trashed(ada, Trashed::Scene(scene)).await.expect("back");
    assert_eq!(words(&library).await, saved);
}

async fn all_stories_count_and_imports_do_not(on: On) {
    let library = Library::open(on).await;
    let (store, ada) = (&library.store, library.fixture.ada);
    let before = words(&library).await;
    let file = ManuscriptFile::parse("salt.md", "# Salt\n\nA book of seven words in all.").expect("a book");
    store.import_story(ada, file, Genre::Mystery, Format::Novel, false).await.expect("imported");
    assert_eq!(words(&library).await, before);
    set(&library, 0, "One two three.", (2, 0)).await;
    let first = words(&library).await;
    let (scene, save) = (library.fixture.draft.scenes[0], save("Four five six seven, and more of it.", Rev(2)));
    store.save_scene(ada, scene, save).await.expect("saved");
    assert_ne!(words(&library).await, first);
    let bens = store.load(&MyProgress { viewer: library.fixture.sid }).await.expect("his").value.clone();
    assert_eq!(bens, Progress { day_goal: WordGoal::default(), written: vec![] });
}

async fn what_is_joined_counts_as_it_is(on: On) {
    let library = Library::open(on).await;
    set(&library, 0, "First.\n\nSecond.", (2, 0)).await;
    let saved = words(&library).await;
    keep(&library, "First, typed.\n\nSecond.", (3, 0)).await;
    assert_eq!(words(&library).await, saved + 1);
    // Saved on another device that does not know it: both stay, the typed one not saved.
    set(&library, 0, "First.\n\nSecond, and saved.", (3, 0)).await;
    assert_eq!(words(&library).await, saved + 3);
}

async fn what_is_long_ago_is_not_told(on: On) {
    let library = Library::open(on).await;
    let ada = library.fixture.ada;
    let day = 24 * 60 * 60 * 1_000;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time").as_millis();
    let now = i64::try_from(now).expect("a time");
    for (ago, words) in [(0, 1), (13, 10), (16, 100)] {
        let quarter = Written::quarter_of(Millis(now - ago * day));
        let row = format!(
            "insert into words_written (user_id, quarter, words) values ('{ada}', {quarter}, {words})
            on conflict (user_id, quarter) do update set words = {words}"
        );
        tables::run(&library.address, &row).await;
    }
    let told = library.another_node().await.load(&MyProgress { viewer: ada }).await.expect("hers").value.clone();
    let told: Vec<_> = told.written.iter().map(|written| written.words).collect();
    assert!(told.contains(&1) && told.contains(&10) && !told.contains(&100), "{told:?}");
}

async fn goals_are_kept_and_are_the_authors_own(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let goal = |words| WordGoal::of(words).expect("a goal");
    let of_story = async |story: StoryId| {
        let tree = domain::Manuscript { viewer: f.ada, story };
        store.load(&tree).await.expect("hers").value.word_goal
    };
    store.save_goals(f.ada, f.out.story, goal(500), goal(50_000)).await.expect("saved");
    assert_eq!((progress(&library).await.day_goal, of_story(f.out.story).await), (goal(500), goal(50_000)));
    assert_eq!(of_story(f.draft.story).await, goal(0), "another story has none of it");
    store.delete_story(f.ada, f.out.story).await.expect("in the trash");
    let gone = store.save_goals(f.ada, f.out.story, goal(1), goal(1)).await;
    assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
    store.restore_trashed(f.ada, Trashed::Story(f.out.story)).await.expect("back");
    assert_eq!((progress(&library).await.day_goal, of_story(f.out.story).await), (goal(500), goal(50_000)));
    let bens = store.save_goals(f.ben, f.out.story, goal(1), goal(1)).await;
    assert!(matches!(bens, Err(Error::NotFound)), "{bens:?}");
    assert_eq!(store.load(&MyProgress { viewer: f.ben }).await.expect("his").value.day_goal, goal(0), "nor by half");
    let new = NewStory { title: title("New"), blurb: Note::default(), format: Format::Novel, genre: Genre::Mystery };
    let new = store.create_story(f.ada, new).await.expect("a story").value().story;
    assert_eq!(of_story(new).await, goal(0));
}
