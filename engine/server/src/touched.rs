//! In debug builds: which rows a transaction really touched, held against its Change.
//!
//! SQLite records them itself, by triggers of the writing connection alone, so no write can be
//! overlooked. The assertion fires in every test that writes, which is how a directive that was
//! forgotten, or a statement that reaches further than its Change says, is found.

use std::{collections::BTreeSet, fmt::Write};

use sqlx::{Any, Executor, Row};

use crate::{
    App, Error, Result, RowRules, TouchedRow, WatchedTable, Writing,
    nouns::{Directive, Tag},
};

/// Has the writing connection record every row it touches. A column without a value is empty.
pub(crate) async fn watch(writing: impl Executor<'_, Database = Any>, tables: &[WatchedTable]) -> Result<()> {
    let mut script = String::from("create temp table if not exists touched (kind text, a text, b text, c text);");
    for (table, [a, b, c]) in tables {
        for (event, row) in [("insert", "new"), ("delete", "old"), ("update", "old"), ("update", "new")] {
            let _ = write!(
                script,
                "create temp trigger if not exists touched_{table}_{event}_{row} after {event} on main.{table} begin \
                 insert into touched values \
                 ('{table}', coalesce({row}.{a}, ''), coalesce({row}.{b}, ''), coalesce({row}.{c}, '')); end;"
            );
        }
    }
    sqlx::raw_sql(sqlx::AssertSqlSafe(script)).execute(writing).await?;
    Ok(())
}

/// Begins a new transaction's record. A connection that took the place of one that was closed has none yet: a write whose
/// client left in its middle closed it, on a busy machine.
pub(crate) async fn forget(tx: &mut Writing, tables: &[WatchedTable]) -> Result<()> {
    let there = sqlx::query("select 1 from temp.sqlite_master where name = 'touched'").fetch_optional(&mut *tx).await?;
    if there.is_none() {
        return watch(tx, tables).await;
    }
    sqlx::query("delete from temp.touched").execute(tx).await?;
    Ok(())
}

/// # Panics
/// If a row was touched that the Change does not cover: a directive is missing.
pub(crate) async fn assert_covered<A: App>(
    tx: &mut Writing,
    change: &A::Change,
    directives: &[Directive<A>],
) -> Result<()> {
    let said: BTreeSet<Tag<A>> = directives.iter().map(|directive| directive.tag()).collect();
    for row in sqlx::query("select distinct kind, a, b, c from temp.touched").fetch_all(tx).await? {
        let columns = (0..4).map(|column| row.try_get(column)).collect::<std::result::Result<Vec<String>, _>>()?;
        let row = TouchedRow { table: &columns[0], a: &columns[1], b: &columns[2], c: &columns[3] };
        for any_of in A::Rows::must_say(change, row).map_err(Into::<Error>::into)? {
            assert!(
                any_of.iter().any(|tag| said.contains(tag)),
                "{change:?} touched {columns:?} without saying any of {any_of:?}"
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::{
        Settings,
        example::{self, Change},
    };

    #[tokio::test]
    async fn a_connection_that_took_the_place_of_another_records_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let (_, writer) = example::open(&folder.path().join("example.db"), Settings::default()).await;
        for number in 1..=2 {
            writer.database().close_writing().await.expect("closed");
            let tx = writer.begin().await.expect("a transaction");
            tx.commit(Change::Saved(number), ()).await.expect("a commit");
        }
    }
}
