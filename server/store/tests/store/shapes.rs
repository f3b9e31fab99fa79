//! The shared tier's payloads don't describe themselves: an output of another shape needs another
//! `VERSION`, or a node reads what another wrote as something that it is not.

use std::collections::BTreeSet;

use domain::{
    Bookshelf, Cast, CataloguePage, Feed, Format, Home, Manuscript, MyLikes, Publications, ReadingPage, SceneDraft,
    StoryPage, Thread,
};
use serde_reflection::{Samples, Tracer, TracerConfig};
use sha2::{Digest, Sha256};
use store::{Load, Store};

use crate::library::{Library, On};

const WHAT_TO_DO: &str = "The output of a query has another shape. Raise this query's VERSION in src/query, and accept \
    the new table (`INSTA_UPDATE=always cargo test -p store --test store shapes`). If VERSION is what changed, or the \
    library of the tests says more than it did, accepting is all.";

#[tokio::test(flavor = "multi_thread")]
async fn another_shape_has_another_version() {
    let library = Library::open(On::Sqlite).await;
    let (store, fixture) = (&library.store, &library.fixture);
    let (stories, people) = (&fixture.stories, fixture.people());
    let viewers = || people.iter().copied();
    let table = [
        shape(store, viewers().map(|viewer| Bookshelf { viewer })).await,
        shape(store, viewers().flat_map(|viewer| stories.iter().map(move |&story| Cast { viewer, story }))).await,
        shape(store, Format::ALL.iter().map(|&format| CataloguePage::first(format, None))).await,
        shape(store, [Feed { about: None, page: 0 }]).await,
        shape(store, [Home {}]).await,
        shape(store, viewers().flat_map(|viewer| stories.iter().map(move |&story| Manuscript { viewer, story }))).await,
        shape(store, viewers().map(|viewer| MyLikes { viewer })).await,
        shape(store, viewers().map(|viewer| Publications { viewer })).await,
        shape(
            store,
            stories
                .iter()
                .flat_map(|&story| fixture.chapters.iter().map(move |&chapter| ReadingPage { story, chapter })),
        )
        .await,
        shape(
            store,
            viewers().flat_map(|viewer| fixture.scenes.iter().map(move |&scene| SceneDraft { viewer, scene })),
        )
        .await,
        shape(store, stories.iter().map(|&story| StoryPage::first(story))).await,
        shape(store, fixture.posts.iter().map(|&post| Thread::first(post))).await,
    ];
    let named: BTreeSet<&str> = table.iter().filter_map(|line| line.split(' ').next()).collect();
    let keys: Vec<_> = library.questions().iter().map(|question| question.key()).collect();
    let asked: BTreeSet<&str> = keys.iter().filter_map(|key| key.as_str().split('?').next()).collect();
    assert_eq!(named, asked, "each query has a line here: add the new one's, and accept the table");
    insta::with_settings!({ description => WHAT_TO_DO, omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("shapes", table.join("\n"));
    });
}

/// A query's name and version, and a fingerprint of what serde makes of its answers.
async fn shape<Q: Load>(store: &Store, questions: impl IntoIterator<Item = Q>) -> String {
    let mut tracer = Tracer::new(TracerConfig::default().is_human_readable(false));
    let mut samples = Samples::new();
    let mut format = None;
    for question in questions {
        if let Ok(entry) = store.load(&question).await {
            let traced = tracer.trace_value(&mut samples, &entry.value).expect("a shape that serde can tell");
            format = Some(traced.0);
        }
    }
    let format = format.unwrap_or_else(|| panic!("{}: nobody has an answer", Q::NAME));
    let parts = tracer.registry_unchecked();
    let print = Sha256::digest(format!("{format:?} {parts:?}"));
    let print = print.iter().take(8).fold(0_u64, |print, byte| print << 8 | u64::from(*byte));
    format!("{}.{} {print:016x}", Q::NAME, Q::VERSION)
}
