//! Nothing can write around a transaction: what reads is read-only in the database itself.

use domain::{Area, Query, Quire, Tag, Tags, UserId};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Executor};
use store::{Load, Reader, Result};

use crate::library::{Library, On, on_both, tables};

on_both! {
    a_reader_cannot_write
}

/// A query that is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Vandal {
    statement: String,
}

impl Query for Vandal {
    type Nouns = Quire;
    type Output = ();
    const NAME: &'static str = "vandal";
    const VERSION: u32 = 1;
    const AREA: Area = Area::Reading;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, (): &()) -> Tags {
        Tags::of(Tag::Catalogues, [])
    }
}

impl Load for Vandal {
    async fn load(&self, reader: &mut Reader) -> Result<()> {
        reader.execute(sqlx::raw_sql(AssertSqlSafe(self.statement.clone()))).await?;
        Ok(())
    }
}

async fn a_reader_cannot_write(on: On) {
    let library = Library::open(on).await;
    let before = tables::dump(&library.address).await;
    let (refusal, way_around) = match on {
        On::Sqlite => ("readonly", "pragma query_only = off; update stories set title = 'Mine'"),
        On::Postgres => ("read-write mode", "set transaction read write; update stories set title = 'Mine'"),
    };
    for statement in [
        "update stories set title = 'Mine'",
        "delete from log",
        "insert into log_head (one, log, seq) values (1, 'x', 0) on conflict (one) do update set seq = 0",
        "drop table scenes",
        way_around,
    ] {
        let refused = library.store.load(&Vandal { statement: statement.to_owned() }).await.map(drop);
        let refused = refused.expect_err(statement).to_string();
        assert!(refused.contains(refusal) || refused.contains("read-only"), "{statement}: {refused}");
    }
    assert_eq!(tables::dump(&library.address).await, before);
}
