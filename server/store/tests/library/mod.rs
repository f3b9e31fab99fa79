//! A small library for tests: two writers, two readers, a story that is out, one that was, and talk.
//!
//! Each test gets a copy of its own. When it ends, whatever the memory tier holds must be what the
//! database would say.
#![allow(dead_code, unused_imports, unused_macros, reason = "each test file uses a part of it")]
#![allow(unreachable_pub, reason = "shared by several test files")]

pub mod app;
pub mod argument;
pub mod far;
pub mod fixture;
pub mod gate;
pub mod nodes;
pub mod on;
pub mod place;
pub mod question;
pub mod tables;
pub mod talk;

use std::{collections::HashSet, sync::OnceLock, thread};

use domain::{Key, LogId, Seq};
use store::{Address, Settings, Store};
use tokio::runtime;

pub(crate) use self::on::on_both;
pub use self::{
    argument::Argument,
    fixture::Fixture,
    on::On,
    place::Place,
    question::{Question, every_query},
};

/// A library of one's own.
pub struct Library {
    pub store: Store,
    pub fixture: Fixture,
    pub address: Address,
    place: Place,
    unanswered: &'static HashSet<Key>,
    /// Whether the test itself has compared every answer, so that it need not be done again.
    pub is_compared: bool,
}

impl Library {
    /// A fresh copy of the small library.
    pub async fn open(on: On) -> Self {
        Self::open_with(on, Settings::default()).await
    }

    /// The same, with other settings than usual.
    pub async fn open_with(on: On, settings: Settings) -> Self {
        let Template { place, fixture, unanswered } = template(on);
        let place = place.copy();
        let address = place.address();
        if settings.redis.is_some() {
            // As after restoring a backup: what Redis holds of another copy's log is not this one's.
            tables::run(&address, &format!("update log_head set log = '{}'", LogId::from_bits(rand::random()))).await;
        }
        let store = Store::open_with(&address, settings).await.expect("an open library");
        Self { store, fixture: fixture.clone(), address, place, unanswered, is_compared: false }
    }

    /// An empty one, and where it is.
    pub async fn empty(on: On) -> (Store, Place) {
        let place = Place::empty(on);
        (Store::open(&place.address()).await.expect("an open library"), place)
    }

    /// Another node on the same database.
    pub async fn another_node(&self) -> Store {
        self.another_node_with(Settings::default()).await
    }

    /// The same, with other settings than usual.
    pub async fn another_node_with(&self, settings: Settings) -> Store {
        Store::open_with(&self.address, settings).await.expect("a second node")
    }

    /// Every question there is about what is in the library.
    pub fn questions(&self) -> Vec<Box<dyn Question>> {
        every_query(&self.fixture)
    }

    /// The same without those that have no answer in the small library. Of all combinations that is more than half, and
    /// no tier keeps "not there": such a question is asked of the database each time, whatever it changed.
    pub fn answered_questions(&self) -> Vec<Box<dyn Question>> {
        let mut questions = self.questions();
        questions.retain(|question| !self.unanswered.contains(&question.key()));
        questions
    }

    /// Has every question answered once, so that every tier holds something to be wrong about.
    pub async fn warm(&self) {
        for question in self.answered_questions() {
            question.through(&self.store, Seq::ZERO).await;
        }
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        if thread::panicking() || self.is_compared {
            return;
        }
        let questions = self.questions();
        let store = self.store.clone();
        let checked = thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                for key in store.memory_keys() {
                    // Questions that a test made up itself are its own to check.
                    let Some(question) = questions.iter().find(|question| question.key() == key) else { continue };
                    assert_eq!(
                        question.through(&store, Seq::ZERO).await.value,
                        question.past(&store).await,
                        "memory disagrees with the database about {key}"
                    );
                }
            });
        });
        if let Err(panic) = checked.join() {
            std::panic::resume_unwind(panic);
        }
    }
}

/// The small library, and what is where in it. Made once for each database.
struct Template {
    place: Place,
    fixture: Fixture,
    /// The questions that it does not answer.
    unanswered: HashSet<Key>,
}

fn template(on: On) -> &'static Template {
    static SQLITE: OnceLock<Template> = OnceLock::new();
    static POSTGRES: OnceLock<Template> = OnceLock::new();
    let make = move || {
        let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let (store, place) = Library::empty(on).await;
            let fixture = Fixture::write(&store).await.expect("the small library");
            let mut unanswered = HashSet::new();
            for question in every_query(&fixture) {
                if question.past(&store).await.is_err() {
                    unanswered.insert(question.key());
                }
            }
            drop(store);
            Template { place: place.settled().await, fixture, unanswered }
        })
    };
    let template = match on {
        On::Sqlite => &SQLITE,
        On::Postgres => &POSTGRES,
    };
    // In a thread, because the test's own runtime does not suffer another inside it.
    template.get_or_init(|| thread::spawn(make).join().expect("the small library"))
}
