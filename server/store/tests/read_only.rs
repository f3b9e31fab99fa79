//! Nothing can write around a transaction: what reads is read-only in the database itself.

mod library;

use domain::{Area, Policy, Query, Tag, Tags, UserId};
use library::{Library, tables};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Executor};
use store::{Load, Reader, Result};

/// A query that is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Vandal {
    statement: String,
}

impl Query for Vandal {
    type Output = ();
    const NAME: &'static str = "vandal";
    const VERSION: u32 = 1;
    const AREA: Area = Area::Reading;
    const POLICY: Policy = Policy::DRAFT;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, (): &()) -> Tags {
        Tags::of(Tag::Shelves, [])
    }
}

impl Load for Vandal {
    async fn load(&self, reader: &mut Reader) -> Result<()> {
        reader.execute(sqlx::raw_sql(AssertSqlSafe(self.statement.clone()))).await?;
        Ok(())
    }
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let library = Library::open().await;
    let before = tables::dump(&library.address).await;
    for statement in [
        "update stories set title = 'Mine'",
        "delete from log",
        "insert into log_head (one, log, seq) values (1, 'x', 0) on conflict (one) do update set seq = 0",
        "drop table scenes",
        "pragma query_only = off; update stories set title = 'Mine'",
    ] {
        let refused = library.store.load(&Vandal { statement: statement.to_owned() }).await;
        assert!(refused.is_err_and(|error| error.to_string().contains("readonly")), "{statement}");
    }
    assert_eq!(tables::dump(&library.address).await, before);
}
