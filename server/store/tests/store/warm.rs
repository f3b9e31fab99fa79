//! Warming: what is loaded before anybody asks, when, and when not.

use std::time::Duration;

use domain::{
    Area, Bookshelf, Home, Key, Manuscript, Outcome, Query, Quire, ReadingPage, Rev, Seq, StoryId, StoryPage, Tag,
    Tags, Thread, Tier, UserId,
};
use serde::{Deserialize, Serialize};
use store::{Heard, Load, Reader, Result, Settings, Store};
use tokio::{sync::broadcast::error::RecvError, time::timeout};

use crate::library::{
    Library, On,
    fixture::{email, password, remark, save},
    gate::gate,
    nodes::soon,
    on_both,
};

on_both! {
    what_was_read_is_here_again_after_a_change
    what_nobody_reads_is_left_alone
    what_is_withdrawn_stays_away
    a_node_that_begins_loads_what_most_people_like
    who_signs_in_finds_their_stories
    nobody_waits_for_it
    it_ends_with_its_store
    a_store_that_is_not_told_to_warms_nothing
}

fn warming() -> Settings {
    Settings { warm: true, ..Settings::default() }
}

/// A library whose node has already loaded what it loads on start.
async fn open(on: On) -> Library {
    let library = Library::open_with(on, warming()).await;
    let first = ReadingPage { story: library.fixture.out.story, chapter: library.fixture.out.chapters[0] };
    soon("the start", || ahead(&library.store, &first) == 1).await;
    library.store.clear_metrics();
    library
}

/// How often the answer to a question was loaded before anybody asked.
fn ahead(store: &Store, query: &impl Query) -> usize {
    let key: Key = query.key();
    store.recorder().events().filter(|event| event.outcome == Outcome::Ahead && event.key == key).count()
}

async fn read<Q: Load>(store: &Store, query: &Q) -> Q::Output {
    store.fetch(query, Seq::ZERO).await.expect("an answer").entry.value.clone()
}

fn misses(store: &Store) -> u64 {
    store.recorder().tally(Tier::Memory).misses
}

/// The second chapter of the story that is out, which nothing loads on start, and its scene.
fn second_chapter(library: &Library) -> ReadingPage {
    ReadingPage { story: library.fixture.out.story, chapter: library.fixture.out.chapters[1] }
}

async fn change_second_chapter(library: &Library, text: &str, base: i64) {
    let (ada, scene) = (library.fixture.ada, library.fixture.out.scenes[2]);
    library.store.save_scene(ada, scene, save(text, Rev(base))).await.expect("a saved scene");
}

async fn what_was_read_is_here_again_after_a_change(on: On) {
    let library = open(on).await;
    let page = second_chapter(&library);
    read(&library.store, &page).await;
    assert_eq!(misses(&library.store), 1);
    change_second_chapter(&library, "Warm words.", 2).await;
    soon("the chapter", || ahead(&library.store, &page) == 1).await;
    let text = read(&library.store, &page).await;
    assert!(text.scenes[0].html().contains("Warm words."));
    assert_eq!(misses(&library.store), 1, "the load was nobody's miss, and the first read after it a hit");
}

async fn what_nobody_reads_is_left_alone(on: On) {
    let library = open(on).await;
    let (page, thread) = (second_chapter(&library), Thread::first(library.fixture.post));
    read(&library.store, &page).await;
    change_second_chapter(&library, "Once.", 2).await;
    soon("the chapter", || ahead(&library.store, &page) == 1).await;
    change_second_chapter(&library, "Twice.", 3).await;
    // Whatever comes after it has been looked at after it.
    for round in 1..=2 {
        read(&library.store, &thread).await;
        let said = domain::NewComment { post: library.fixture.post, parent: None, text: remark("Fence.") };
        library.store.add_comment(library.fixture.rea, said).await.expect("a comment");
        soon("the thread", || ahead(&library.store, &thread) == round).await;
    }
    assert_eq!(ahead(&library.store, &page), 1, "nobody had read it since");
    let other = ReadingPage { chapter: library.fixture.out.chapters[2], ..page };
    assert_eq!(ahead(&library.store, &other), 0, "nobody has ever read it");
}

async fn what_is_withdrawn_stays_away(on: On) {
    let library = open(on).await;
    let (story, thread) = (StoryPage::first(library.fixture.out.story), Thread::first(library.fixture.reas_post));
    read(&library.store, &story).await;
    read(&library.store, &thread).await;
    library.store.unpublish_story(library.fixture.ada, story.story).await.expect("a draft");
    library.store.like_post(library.fixture.rea, thread.post, true).await.expect("a like");
    soon("the thread", || ahead(&library.store, &thread) == 1).await;
    assert_eq!(ahead(&library.store, &story), 0);
}

async fn a_node_that_begins_loads_what_most_people_like(on: On) {
    let library = Library::open(on).await;
    let node = library.another_node_with(warming()).await;
    let (story, first) = (library.fixture.out.story, library.fixture.out.chapters[0]);
    soon("how it begins", || ahead(&node, &ReadingPage { story, chapter: first }) == 1).await;
    soon("the front page", || ahead(&node, &Home {}) == 1).await;
    assert_eq!(ahead(&node, &StoryPage::first(story)), 1);
    assert_eq!(ahead(&node, &second_chapter(&library)), 0);
    assert_eq!(ahead(&node, &StoryPage::first(library.fixture.draft.story)), 0, "a draft");
    read(&node, &StoryPage::first(story)).await;
    assert_eq!(misses(&node), 0);
}

async fn who_signs_in_finds_their_stories(on: On) {
    let library = open(on).await;
    let (viewer, store) = (library.fixture.ada, &library.store);
    store.sign_in(email("ada"), password("ada")).await.expect("signed in");
    for story in [library.fixture.out.story, library.fixture.draft.story] {
        soon("her stories", || ahead(store, &Manuscript { viewer, story }) == 1).await;
    }
    read(store, &Bookshelf { viewer }).await;
    assert_eq!(misses(store), 0);
    assert_eq!(ahead(store, &Manuscript { viewer, story: library.fixture.bens.story }), 0);
}

/// A load that a reader waits for and that takes its time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Slow {
    story: StoryId,
}

impl Query for Slow {
    type Nouns = Quire;
    type Output = u32;
    const NAME: &'static str = "slow";
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, _: &u32) -> Tags {
        Tags::of(Tag::Catalogues, [])
    }
}

impl Load for Slow {
    async fn load(&self, _: &mut Reader) -> Result<u32> {
        gate(format!("warm {}", self.story)).pass().await;
        Ok(1)
    }
}

async fn nobody_waits_for_it(on: On) {
    let library = open(on).await;
    // Each database's copy has the same ids: the gate is this test's alone by a story of its own.
    let slow = Slow { story: StoryId::from_bits(1 + u64::from(on == On::Sqlite)) };
    let gate = gate(format!("warm {}", slow.story));
    let page = second_chapter(&library);
    read(&library.store, &page).await;
    let waits = {
        let (store, slow) = (library.store.clone(), slow.clone());
        tokio::spawn(async move { store.fetch(&slow, Seq::ZERO).await.map(|fetched| fetched.entry.value) })
    };
    gate.wait_until_begun().await;
    change_second_chapter(&library, "Not yet.", 2).await;
    // Long enough for the job to hear of it; too short, and this proves nothing, but passes.
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(ahead(&library.store, &page), 0, "a reader waits for a load");
    gate.open(1);
    assert_eq!(waits.await.expect("a task").expect("an answer"), 1);
    soon("its turn", || ahead(&library.store, &page) == 1).await;
}

async fn it_ends_with_its_store(on: On) {
    let library = Library::open(on).await;
    let node = library.another_node_with(warming()).await;
    // Nothing could be heard any more if the job kept the node alive.
    let mut heard = node.listen();
    drop(node);
    let ended = async {
        loop {
            match heard.recv().await {
                Ok(Heard::Row(_) | Heard::Lost(_)) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
        }
    };
    timeout(crate::library::nodes::SOON, ended).await.expect("the job has ended");
}

async fn a_store_that_is_not_told_to_warms_nothing(on: On) {
    let library = Library::open(on).await;
    let page = second_chapter(&library);
    read(&library.store, &page).await;
    change_second_chapter(&library, "Cold.", 2).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(library.store.recorder().tally(Tier::Memory).ahead, 0);
}
