//! The shared tier's payloads don't describe themselves: an output of another shape needs another
//! `VERSION`, or a node reads what another wrote as something that it is not.

use std::collections::BTreeMap;

use serde_reflection::{Samples, Tracer, TracerConfig};
use sha2::{Digest, Sha256};
use store::Store;

use crate::library::{Library, On, Question, app::turn_on};

const WHAT_TO_DO: &str = "The output of a query has another shape. Raise this query's VERSION in src/query, and accept \
    the new table (`INSTA_UPDATE=always cargo test -p store --test store shapes`). If VERSION is what changed, or the \
    library of the tests says more than it did, accepting is all.";

#[tokio::test(flavor = "multi_thread")]
async fn another_shape_has_another_version() {
    let library = Library::open(On::Sqlite).await;
    // Nobody in the small library has one.
    turn_on(&library.store, library.fixture.rea, "rea", &library.fixture.token).await;
    let questions = library.questions();
    let mut of_query: BTreeMap<String, Vec<&dyn Question>> = BTreeMap::new();
    for question in &questions {
        let key = question.key();
        let (query, _) = key.as_str().split_once('?').expect("a key");
        of_query.entry(query.to_owned()).or_default().push(&**question);
    }
    let mut table = vec![];
    for (query, questions) in of_query {
        let shape = shape(&library.store, questions).await;
        table.push(
            shape.map_or_else(|| panic!("{query}: nobody has an answer"), |shape| format!("{query} {shape:016x}")),
        );
    }
    insta::with_settings!({ description => WHAT_TO_DO, omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("shapes", table.join("\n"));
    });
}

/// A fingerprint of what serde makes of a query's answers.
async fn shape(store: &Store, questions: Vec<&dyn Question>) -> Option<u64> {
    let mut tracer = Tracer::new(TracerConfig::default().is_human_readable(false));
    let mut samples = Samples::new();
    let mut shape = None;
    for question in questions {
        shape = question.shape(store, &mut tracer, &mut samples).await.or(shape);
    }
    let shape = shape?;
    let parts = tracer.registry_unchecked();
    let print = Sha256::digest(format!("{shape:?} {parts:?}"));
    Some(print.iter().take(8).fold(0_u64, |print, byte| print << 8 | u64::from(*byte)))
}
