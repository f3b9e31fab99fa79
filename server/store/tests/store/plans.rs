//! How SQLite goes about each question: what it reads from end to end, and what it sorts on the way. Both grow with the
//! library, unless a limit comes before them.
//!
//! The statements are those that the questions ask a PostgreSQL here, because they are heard in the test's own thread
//! there. But for the search they are the same.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, layer::Context, prelude::*};

use crate::library::{Library, On, tables};

const WHAT_TO_DO: &str = "What SQLite reads whole or sorts, of each query: SCAN reads all rows of a table or of what \
    comes before it in its statement, TEMP B-TREE sorts. Of a table that grows with the library neither should stand \
    here, unless an index or a limit bounds it; see the statement.";

#[tokio::test]
async fn what_grows_with_the_library() {
    let (asked, answered) = (Library::open(On::Postgres).await, Library::open(On::Sqlite).await);
    let heard = Heard::default();
    let _listening = tracing_subscriber::registry().with(heard.clone()).set_default();
    let mut of_query: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for question in asked.questions() {
        let key = question.key();
        let (query, _) = key.as_str().split_once('.').expect("a key");
        heard.take();
        drop(question.past(&asked.store).await);
        of_query.entry(query.to_owned()).or_default().extend(heard.take());
    }
    let mut table = vec![];
    for (query, statements) in of_query {
        let mut grows = BTreeSet::new();
        for statement in
            statements.iter().filter(|statement| statement.starts_with("select") || statement.starts_with("with"))
        {
            grows.extend(tables::plan(&answered.address, statement).await.into_iter().filter(|step| is_whole(step)));
        }
        table.push(format!("{query}: {}", Vec::from_iter(grows).join(", ")));
    }
    insta::with_settings!({ description => WHAT_TO_DO, omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("plans", table.join("\n"));
    });
}

/// Whether a step of a plan has as many rows as there are. Equals that an index put beside each other are few.
fn is_whole(step: &str) -> bool {
    let sorts = step.contains("TEMP B-TREE") && !step.contains("LAST");
    sorts || step.starts_with("SCAN ") || step.contains("AUTOMATIC")
}

/// The statements that were sent since they were taken last.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<S: Subscriber> Layer<S> for Heard {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut statement = Statement::default();
            event.record(&mut statement);
            let Statement { summary, whole } = statement;
            let statement = if whole.trim().is_empty() { summary } else { whole };
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(statement.trim().to_owned());
        }
    }
}

/// What sqlx says of a statement: its beginning, and the whole if that is longer.
#[derive(Default)]
struct Statement {
    summary: String,
    whole: String,
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.whole),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
