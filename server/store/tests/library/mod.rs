//! A small library for tests: two writers, two readers, a story that is out, one that was, and talk.
//!
//! Each test gets a copy of its own. When it ends, whatever the memory tier holds must be what the
//! database would say.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(unreachable_pub, reason = "shared by several test files")]

pub mod fixture;
pub mod question;
pub mod tables;

use std::{sync::OnceLock, thread};

use domain::Seq;
use store::{Address, Store};
use tempfile::TempDir;
use tokio::runtime;

pub use self::{
    fixture::Fixture,
    question::{Question, every_query},
};

/// A library of one's own.
pub struct Library {
    pub store: Store,
    pub fixture: Fixture,
    pub address: Address,
    folder: TempDir,
}

impl Library {
    /// A fresh copy of the small library.
    pub async fn open() -> Self {
        let (bytes, fixture) = template();
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        std::fs::write(&path, bytes).expect("a copy");
        let address = Address::Sqlite(path);
        let store = Store::open(&address).await.expect("an open library");
        Self { store, fixture: fixture.clone(), address, folder }
    }

    /// An empty one, and the folder it is in.
    pub async fn empty() -> (Store, TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&Address::Sqlite(folder.path().join("library.db"))).await;
        (store.expect("an open library"), folder)
    }

    /// Another node on the same database.
    pub async fn another_node(&self) -> Store {
        Store::open(&self.address).await.expect("a second node")
    }

    /// Every question there is about what is in the library.
    pub fn questions(&self) -> Vec<Box<dyn Question>> {
        every_query(&self.fixture)
    }

    /// Has every question answered once, so that every tier holds something to be wrong about.
    pub async fn warm(&self) {
        for question in self.questions() {
            question.through(&self.store, Seq::ZERO).await;
        }
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        if thread::panicking() {
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

/// The bytes of a database with the small library in it, and what is where. Made once.
fn template() -> &'static (Vec<u8>, Fixture) {
    static TEMPLATE: OnceLock<(Vec<u8>, Fixture)> = OnceLock::new();
    let make = || {
        let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let folder = tempfile::tempdir().expect("a folder");
            let address = Address::Sqlite(folder.path().join("library.db"));
            let store = Store::open(&address).await.expect("an open library");
            let fixture = Fixture::write(&store).await.expect("the small library");
            let copy = folder.path().join("template.db");
            tables::run(&address, &format!("vacuum into '{}'", copy.display())).await;
            (std::fs::read(copy).expect("the copy"), fixture)
        })
    };
    // In a thread, because the test's own runtime does not suffer another inside it.
    TEMPLATE.get_or_init(|| thread::spawn(make).join().expect("the small library"))
}
