//! Rows in the trash: each as JSON, with all its columns, whatever these are. A column that a later version adds is not
//! forgotten. A migration that renames one, or takes it away, does the same to `trash_rows.content`.

use domain::Trashed;
use serde_json::{Map, Value};
use sqlx::{AssertSqlSafe, Column, Row, any::AnyRow};

use crate::{Error, Result, Writing, row::Columns};

/// A row and its table.
#[derive(Debug, Clone)]
pub(super) struct StoredRow {
    /// One of [`TABLES`].
    pub(super) table: &'static str,
    /// Its columns, without those that are null.
    pub(super) content: Map<String, Value>,
}

/// Posts stay when the story that they are about is deleted; of each only its id is here.
pub(super) const POSTS: &str = "posts";

/// The tables that rows may come from.
pub(super) const TABLES: [&str; 13] = [
    "stories",
    "parts",
    "chapters",
    "scenes",
    "working_copies",
    "characters",
    "settings",
    "story_likes",
    "bookmarks",
    "spots",
    "chapters_read",
    "followed_stories",
    POSTS,
];

/// How many rows one statement inserts.
const AT_ONCE: usize = 50;

/// The statements that find a thing with all that is in it, each after what its rows refer to.
const fn statements(what: Trashed) -> &'static [(&'static str, &'static str)] {
    match what {
        Trashed::Story(_) => &[
            ("stories", "select * from stories where id = $1"),
            ("parts", "select * from parts where story_id = $1 order by position, id"),
            ("chapters", "select * from chapters where story_id = $1 order by position, id"),
            ("scenes", "select * from scenes where story_id = $1 order by position, id"),
            ("working_copies", "select * from working_copies where story_id = $1"),
            ("characters", "select * from characters where story_id = $1"),
            ("settings", "select * from settings where story_id = $1"),
            ("story_likes", "select * from story_likes where story_id = $1"),
            ("bookmarks", "select * from bookmarks where story_id = $1"),
            ("spots", "select * from spots where story_id = $1"),
            ("chapters_read", "select * from chapters_read where story_id = $1"),
            ("followed_stories", "select * from followed_stories where story_id = $1"),
            (POSTS, "select id from posts where about_story = $1"),
        ],
        Trashed::Part(_) => &[
            ("parts", "select * from parts where id = $1"),
            ("chapters", "select * from chapters where part_id = $1 order by position, id"),
            (
                "scenes",
                "select x.* from scenes x join chapters c on c.id = x.chapter_id where c.part_id = $1
                 order by x.position, x.id",
            ),
            (
                "working_copies",
                "select w.* from working_copies w join scenes x on x.id = w.scene_id
                 join chapters c on c.id = x.chapter_id where c.part_id = $1",
            ),
        ],
        Trashed::Chapter(_) => &[
            ("chapters", "select * from chapters where id = $1"),
            ("scenes", "select * from scenes where chapter_id = $1 order by position, id"),
            (
                "working_copies",
                "select w.* from working_copies w join scenes x on x.id = w.scene_id where x.chapter_id = $1",
            ),
        ],
        Trashed::Scene(_) => &[
            ("scenes", "select * from scenes where id = $1"),
            ("working_copies", "select * from working_copies where scene_id = $1"),
        ],
        Trashed::Character(_) => &[("characters", "select * from characters where id = $1")],
        Trashed::Setting(_) => &[("settings", "select * from settings where id = $1")],
    }
}

/// Reads the rows from their tables: the thing's own row first.
pub(super) async fn read(db: &mut Writing, what: Trashed) -> Result<Vec<StoredRow>> {
    let mut rows = vec![];
    for &(table, statement) in statements(what) {
        for row in sqlx::query(statement).bind(what.id()).fetch_all(&mut *db).await? {
            rows.push(StoredRow { table, content: content(&row)? });
        }
    }
    Ok(rows)
}

/// Writes them into the trash.
pub(super) async fn write(db: &mut Writing, what: Trashed, rows: &[StoredRow]) -> Result<()> {
    let numbered: Vec<_> = (0_i64..).zip(rows).collect();
    for some in numbered.chunks(AT_ONCE) {
        let places = some.iter().enumerate().map(|(number, _)| {
            let first = 2 + number * 4;
            format!("($1, $2, ${}, ${}, ${}, ${})", first + 1, first + 2, first + 3, first + 4)
        });
        let statement = format!(
            "insert into trash_rows (kind, id, place, table_name, row_id, content) values {}",
            places.collect::<Vec<_>>().join(", ")
        );
        let mut query = sqlx::query(AssertSqlSafe(statement)).bind(what.noun()).bind(what.id());
        for (place, row) in some {
            let id = row.content.get("id").and_then(Value::as_str).map(str::to_owned);
            let content = serde_json::to_string(&row.content).map_err(Error::corrupt)?;
            query = query.bind(*place).bind(row.table).bind(id).bind(content);
        }
        query.execute(&mut *db).await?;
    }
    Ok(())
}

/// Reads them from the trash, in the order they go back.
pub(super) async fn find(db: &mut Writing, what: Trashed) -> Result<Vec<StoredRow>> {
    let rows = sqlx::query("select table_name, content from trash_rows where kind = $1 and id = $2 order by place")
        .bind(what.noun())
        .bind(what.id())
        .fetch_all(db)
        .await?;
    rows.iter()
        .map(|row| {
            let name = row.text("table_name")?;
            let known = TABLES.into_iter().find(|table| *table == name);
            let table = known.ok_or_else(|| Error::corrupt(format!("rows of {name} in the trash")))?;
            Ok(StoredRow { table, content: serde_json::from_str(&row.text("content")?).map_err(Error::corrupt)? })
        })
        .collect()
}

/// Puts rows back into their tables.
pub(super) async fn put_back(db: &mut Writing, row: &StoredRow) -> Result<()> {
    // The names are those of our own tables' columns; what is no name did not come from there.
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if let Some(name) = row.content.keys().find(|name| !is_name(name)) {
        return Err(Error::corrupt(format!("a column {name} in the trash")));
    }
    let names: Vec<_> = row.content.keys().map(String::as_str).collect();
    let places: Vec<_> = (1..=names.len()).map(|place| format!("${place}")).collect();
    let statement = format!("insert into {} ({}) values ({})", row.table, names.join(", "), places.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(statement));
    for value in row.content.values() {
        query = match value {
            Value::String(text) => query.bind(text.clone()),
            Value::Number(number) => {
                query.bind(number.as_i64().ok_or_else(|| Error::corrupt("a number in the trash"))?)
            }
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                return Err(Error::corrupt("a value in the trash"));
            }
        };
    }
    query.execute(db).await?;
    Ok(())
}

/// A row's columns: texts and numbers, as the migrations make no others.
fn content(row: &AnyRow) -> Result<Map<String, Value>> {
    let mut content = Map::new();
    for column in row.columns() {
        let name = column.name();
        let value = match row.try_get::<Option<i64>, _>(name) {
            Ok(number) => number.map(Value::from),
            Err(_) => row.try_get::<Option<String>, _>(name)?.map(Value::from),
        };
        if let Some(value) = value {
            content.insert(name.to_owned(), value);
        }
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{Address, Store};

    /// Tables whose rows go with a story's, and are no loss: they are made again when it comes back.
    const NO_LOSS: [&str; 1] = ["story_terms"];

    /// What a database takes away with a story, the trash must keep: a table that refers to one of these and is not
    /// among them would be forgotten.
    #[tokio::test]
    async fn no_table_is_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&Address::Sqlite(folder.path().join("library.db"))).await.expect("a library");
        let mut reading = store.database.begin_reading().await.expect("a snapshot");
        let found: Vec<String> = sqlx::query_scalar(
            "select distinct t.name from sqlite_master t, pragma_foreign_key_list(t.name) f
             where t.type = 'table' and f.\"table\" in ('stories', 'parts', 'chapters', 'scenes')",
        )
        .fetch_all(&mut *reading)
        .await
        .expect("their names");
        let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        let known: BTreeSet<&str> = TABLES.into_iter().chain(NO_LOSS).filter(|table| *table != "stories").collect();
        assert_eq!(found, known, "each table that loses rows with a story is in the trash, or no loss");
    }
}
