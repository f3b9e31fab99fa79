//! The database itself, looked at and tampered with from outside.

use std::time::Duration;

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use store::Address;

async fn connect(address: &Address) -> AnyConnection {
    sqlx::any::install_default_drivers();
    let url = match address {
        Address::Sqlite(path) => format!("sqlite:{}", path.display()),
        Address::Postgres(url) => url.clone(),
    };
    AnyConnection::connect(&url).await.expect("a connection")
}

/// Runs statements.
pub async fn run(address: &Address, statements: &str) {
    let mut connection = connect(address).await;
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(&mut connection).await.expect("statements run");
    connection.close().await.expect("closed");
}

/// Whether the database refuses a statement.
pub async fn refuses(address: &Address, statement: &str) -> bool {
    let mut connection = connect(address).await;
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await.is_err()
}

/// Holds every commit back for a while, so that writes come to stand side by side as far as the database lets them.
pub async fn hold_commits(address: &Address, time: Duration) {
    let mut connection = connect(address).await;
    let begin = match address {
        Address::Sqlite(_) => "begin immediate",
        Address::Postgres(_) => "begin; update log_head set seq = seq",
    };
    sqlx::raw_sql(begin).execute(&mut connection).await.expect("the head is held");
    tokio::time::sleep(time).await;
    sqlx::raw_sql("rollback").execute(&mut connection).await.expect("it is free");
    connection.close().await.expect("closed");
}

/// The first column of every row, as text.
pub async fn column(address: &Address, statement: &str) -> Vec<String> {
    let mut connection = connect(address).await;
    let rows = sqlx::query(AssertSqlSafe(statement.to_owned())).fetch_all(&mut connection).await.expect("rows");
    rows.iter().map(|row| row.get(0)).collect()
}

/// The steps of SQLite's plan for a statement; nothing if it is not one of SQLite's.
pub async fn plan(address: &Address, statement: &str) -> Vec<String> {
    let mut connection = connect(address).await;
    let plan = sqlx::query(AssertSqlSafe(format!("explain query plan {statement}"))).fetch_all(&mut connection).await;
    plan.unwrap_or_default().iter().map(|step| step.get("detail")).collect()
}

/// To what an older version's tables were: without a word on which chapters readers have.
pub const BEFORE_CHAPTER_STATES: &str =
    "drop index chapters_released; drop index chapters_story_released; drop index chapters_due; alter table chapters drop column release_at;
    alter table chapters drop column release_local; alter table chapters drop column release_zone;
    drop index chapters_story; alter table chapters drop column published;
    alter table chapters drop column first_published_at; alter table stories drop column first_published_at;
    create index chapters_story on chapters (story_id);";

/// The same: without what readers keep.
pub const BEFORE_READERS: &str = "drop table spots; drop table bookmarks; drop table chapters_read;
    drop table followed_stories; drop table followed_authors; drop table inboxes;
    drop index comments_author; drop index posts_author;";

/// The same: without handles.
pub const BEFORE_HANDLES: &str = "drop table handles; drop index users_handle; alter table users drop column handle;
    alter table users drop column bio; alter table users drop column profile_rev;";

/// The same: without what readers choose a story by.
pub const BEFORE_FACTS: &str = "alter table stories drop column status; alter table stories drop column language;
    alter table stories drop column rating; alter table stories drop column warnings;
    alter table stories drop column tags;";

/// The same: without what is typed and not saved.
pub const BEFORE_WORKING_COPIES: &str = "drop table working_copies;";

/// The same: without goals.
pub const BEFORE_GOALS: &str = "drop table words_written; alter table users drop column day_goal;
    alter table stories drop column word_goal;";

/// The same: without people who are muted or blocked.
pub const BEFORE_SILENCES: &str = "drop table silences; drop table silence_turns;";

/// The same: without chapters that posts are about.
pub const BEFORE_CHAPTER_TALK: &str = "drop index posts_about_chapter; alter table posts drop column about_chapter;";
/// The same: without second factors.
pub const BEFORE_SECOND_FACTORS: &str =
    "drop table second_factors; drop table recovery_codes; drop table pending_sign_ins;";
/// The same: without mentions.
pub const BEFORE_MENTIONS: &str = "drop table mentions;";
/// The same: without what people leave behind, and without another address.
pub const BEFORE_LEAVING: &str = "drop table email_changes; alter table users drop column left_at;";

/// The same: without moderation, mail and the names of sessions.
pub const BEFORE_MODERATION: &str = "drop table reports; drop table hidden; drop table acts; drop table outbox;
    alter table posts drop column hidden; alter table posts drop column locked;
    alter table comments drop column hidden; drop index users_suspended; drop index users_banned;
    alter table users drop column suspended_until; alter table users drop column banned_at;
    alter table sessions drop column device;";

/// The same: without an index.
pub const BEFORE_SEARCH: &str = "drop table story_terms; drop table person_terms; drop index stories_unindexed;
    drop index users_unindexed; alter table stories drop column indexed; alter table users drop column indexed;";

/// Every row of every table.
pub async fn dump(address: &Address) -> Vec<String> {
    let tables = match address {
        Address::Sqlite(_) => "select name from sqlite_master where type = 'table' order by name",
        Address::Postgres(_) => {
            "select cast(table_name as text) from information_schema.tables where table_schema = 'public' order by 1"
        }
    };
    let mut everything = vec![];
    for table in column(address, tables).await {
        let rows = match address {
            Address::Sqlite(_) => {
                let names = format!("select name from pragma_table_info('{table}') order by cid");
                let names = column(address, &names).await;
                let quoted = names.iter().map(|name| format!("quote({name})")).collect::<Vec<_>>().join(" || ', ' || ");
                format!("select {quoted} as line from {table} order by line")
            }
            Address::Postgres(_) => format!("select cast(line as text) from {table} line order by 1"),
        };
        everything.extend(column(address, &rows).await.into_iter().map(|row| format!("{table}: {row}")));
    }
    everything
}

/// From now on no row is inserted into this table while the condition holds.
pub async fn refuse(address: &Address, table: &str, condition: &str) {
    let trigger = match address {
        Address::Sqlite(_) => format!(
            "create trigger refused before insert on {table} when {condition} begin select raise(abort, 'no'); end"
        ),
        Address::Postgres(_) => format!(
            "create function refuse() returns trigger language plpgsql as $$
             begin if {condition} then raise exception 'no'; end if; return new; end $$;
             create trigger refused before insert on {table} for each row execute function refuse()"
        ),
    };
    run(address, &trigger).await;
}

/// Rows are inserted again.
pub async fn allow(address: &Address, table: &str) {
    let drop = match address {
        Address::Sqlite(_) => "drop trigger refused".to_owned(),
        Address::Postgres(_) => format!("drop trigger refused on {table}"),
    };
    run(address, &drop).await;
}

/// Every Change in the log, as it was written down.
pub async fn log(address: &Address) -> Vec<domain::Change> {
    let changes = column(address, "select change from log order by seq").await;
    changes.iter().map(|change| serde_json::from_str(change).expect("a Change")).collect()
}

/// Every position in the log.
pub async fn positions(address: &Address) -> Vec<u64> {
    let positions = column(address, "select cast(seq as text) from log order by seq").await;
    let mut positions: Vec<u64> = positions.iter().map(|seq| seq.parse().expect("a position")).collect();
    positions.sort_unstable();
    positions
}

/// Statements that make so many rows (the row's number is `n`) from what follows `insert into`.
pub fn rows(count: u32, insert: &str, values: &str) -> String {
    format!(
        "insert into {insert} with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < {count})
         select {values} from numbers"
    )
}

/// An id of thirteen letters and digits with the row's number in it.
pub fn id(kind: &str) -> String {
    format!("'{kind}' || substr(cast(1000000000 + n as text), 2)")
}
