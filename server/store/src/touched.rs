//! In debug builds: which rows a transaction really touched, held against its Change.
//!
//! SQLite records them itself, by triggers of the writing connection alone, so no write can be
//! overlooked. The assertion fires in every test that writes, which is how a directive that was
//! forgotten, or a statement that reaches further than its Change says, is found.

use std::{collections::BTreeSet, fmt::Write};

use domain::{Change, Directive, Tag};
use sqlx::{Any, Pool, Row};

use crate::{Error, Result, writing::Writing};

/// Tables, and the columns that say what a touched row belongs to.
const TABLES: &[(&str, [&str; 3])] = &[
    ("users", ["id", "id", "id"]),
    ("sessions", ["user_id", "user_id", "user_id"]),
    ("stories", ["id", "author_id", "id"]),
    ("parts", ["id", "story_id", "story_id"]),
    ("chapters", ["id", "story_id", "part_id"]),
    ("scenes", ["id", "story_id", "chapter_id"]),
    ("characters", ["id", "story_id", "story_id"]),
    ("settings", ["id", "story_id", "story_id"]),
    ("posts", ["id", "author_id", "id"]),
    ("comments", ["id", "post_id", "post_id"]),
    ("story_likes", ["story_id", "user_id", "story_id"]),
    ("post_likes", ["post_id", "user_id", "post_id"]),
];

/// Has the writing connection record every row it touches.
pub(crate) async fn watch(writing: &Pool<Any>) -> Result<()> {
    let mut script = String::from("create temp table if not exists touched (kind text, a text, b text, c text);");
    for (table, [a, b, c]) in TABLES {
        for (event, row) in [("insert", "new"), ("delete", "old"), ("update", "old"), ("update", "new")] {
            let _ = write!(
                script,
                "create temp trigger if not exists touched_{table}_{event}_{row} after {event} on main.{table} begin \
                 insert into touched values ('{table}', {row}.{a}, {row}.{b}, {row}.{c}); end;"
            );
        }
    }
    sqlx::raw_sql(sqlx::AssertSqlSafe(script)).execute(writing).await?;
    Ok(())
}

/// Begins a new transaction's record.
pub(crate) async fn forget(tx: &mut Writing) -> Result<()> {
    sqlx::query("delete from temp.touched").execute(tx).await?;
    Ok(())
}

/// # Panics
/// If a row was touched that the Change does not cover: a directive is missing.
pub(crate) async fn assert_covered(tx: &mut Writing, change: &Change, directives: &[Directive]) -> Result<()> {
    let new_story = match change {
        Change::StoryCreated(at, _) => at.story.to_string(),
        _ => String::new(),
    };
    let said: BTreeSet<Tag> = directives.iter().map(|directive| directive.tag()).collect();
    for row in sqlx::query("select distinct kind, a, b, c from temp.touched").fetch_all(tx).await? {
        let columns = (0..4).map(|column| row.try_get(column)).collect::<std::result::Result<Vec<String>, _>>()?;
        // Nobody can hold anything of a story that did not exist.
        if matches!(columns[0].as_str(), "parts" | "chapters" | "scenes") && columns[2] == new_story {
            continue;
        }
        for any_of in must_say(&columns[0], &columns[1], &columns[2], &columns[3])? {
            assert!(
                any_of.iter().any(|tag| said.contains(tag)),
                "{change:?} touched {columns:?} without saying any of {any_of:?}"
            );
        }
    }
    Ok(())
}

/// What a Change must say that touched this row: one of each group.
fn must_say(table: &str, a: &str, b: &str, c: &str) -> Result<Vec<Vec<Tag>>> {
    let story = |id: &str| id.parse().map(Tag::Story).map_err(Error::corrupt);
    let contents = |id: &str| id.parse().map(Tag::Contents).map_err(Error::corrupt);
    let viewer = |id: &str| id.parse().map(Tag::Viewer).map_err(Error::corrupt);
    let post = |id: &str| id.parse().map(Tag::Post).map_err(Error::corrupt);
    Ok(match table {
        "users" | "sessions" => vec![vec![viewer(a)?]],
        "stories" => vec![vec![story(a)?], vec![Tag::Author(b.parse().map_err(Error::corrupt)?)]],
        "parts" => vec![vec![story(b)?], vec![contents(b)?]],
        "chapters" => vec![vec![story(b)?], vec![contents(b)?]],
        "scenes" => {
            let scene = Tag::Scene(a.parse().map_err(Error::corrupt)?);
            let chapter = Tag::Chapter(c.parse().map_err(Error::corrupt)?);
            vec![vec![story(b)?], vec![chapter], vec![scene, contents(b)?]]
        }
        // Whoever shows one of them shows the list.
        "characters" | "settings" => vec![vec![Tag::Cast(b.parse().map_err(Error::corrupt)?)]],
        "posts" | "comments" => vec![vec![post(if table == "posts" { a } else { b })?]],
        // Who likes it shows it among what they like: it is their own doing, or all who do are told.
        "story_likes" => {
            let story = a.parse().map_err(Error::corrupt)?;
            vec![vec![Tag::Likes(story)], vec![viewer(b)?, Tag::Listed(story)]]
        }
        "post_likes" => {
            vec![vec![post(a)?], vec![viewer(b)?, Tag::Posted(a.parse().map_err(Error::corrupt)?)]]
        }
        unknown => return Err(Error::corrupt(format!("no rule for rows of {unknown}"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Address, database::Database};

    /// Tables that no answer shows anything of.
    const UNWATCHED: [&str; 5] = ["_sqlx_migrations", "idempotency_keys", "log", "log_head", "password_resets"];

    async fn check(address: Address, tables: &'static str) {
        let database = Database::open(&address).await.expect("tables that are up to date");
        let mut reading = database.begin_reading().await.expect("a snapshot");
        let there: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut *reading).await.expect("their names");
        let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
        let known: BTreeSet<&str> = TABLES.iter().map(|(table, _)| *table).chain(UNWATCHED).collect();
        assert_eq!(there, known, "each table is watched, or named among those that need not be");
    }

    #[tokio::test]
    async fn no_table_is_overlooked() {
        let folder = tempfile::tempdir().expect("a folder");
        let sqlite = Address::Sqlite(folder.path().join("library.db"));
        check(sqlite, "select name from sqlite_master where type = 'table' and name not like 'sqlite%'").await;
        let place = services::postgres().empty();
        let tables = "select cast(table_name as text) from information_schema.tables where table_schema = 'public'";
        check(Address::Postgres(place.url.clone()), tables).await;
    }
}
