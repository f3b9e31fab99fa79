//! The last look: everything, from each node, and straight from the database.

use std::{sync::Arc, time::Duration};

use serde_json::json;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use tokio::time::sleep;

use super::{
    Stage,
    cast::{TALKERS, TOGGLED, WRITERS},
    client::Client,
    cluster::NODES,
    marks::marks,
    talker::Talk,
    writer::Desk,
};

/// What takes part to the end.
pub(crate) enum Role {
    Writer(Desk),
    Talker(Talk),
    Reader,
}

/// Publishes all, waits until every node must know, and reads all.
pub(crate) async fn look(stage: &Arc<Stage>, cast: &mut [(Client, Role)]) {
    for (client, role) in cast.iter_mut().take(TOGGLED) {
        let Role::Writer(desk) = role else { continue };
        while !desk.publish(true, client).await {
            sleep(Duration::from_millis(100)).await;
        }
    }
    sleep(Duration::from_millis(1_500)).await;
    for node in 0..NODES {
        let (reader, _) = cast.last_mut().expect("a reader");
        reader.only = Some(node);
        for story in 0..WRITERS {
            reader.read_chapter(story).await;
        }
        for post in 0..TALKERS {
            reader.read_thread(post).await;
        }
        for (talker, _) in cast.iter_mut().skip(WRITERS).take(TALKERS) {
            talker.only = Some(node);
            talker.read_likes().await;
        }
    }
    look_at_the_rows(stage).await;
}

/// The rows themselves, and the log.
async fn look_at_the_rows(stage: &Stage) {
    sqlx::any::install_default_drivers();
    let sent = stage.history.now();
    let mut database = AnyConnection::connect(&stage.cluster.database.url).await.expect("a connection");
    let log = column(
        &mut database,
        "select cast(seq as text) from log_head union all
        select cast(coalesce(min(seq), 0) as text) from log union all select cast(count(*) as text) from log",
    )
    .await;
    let log: Vec<u64> = log.iter().map(|number| number.parse().expect("a number")).collect();
    let texts = column(
        &mut database,
        "select title from stories union all select title from chapters
        union all select content from scenes union all select text from posts
        union all select text from comments where deleted = 0",
    )
    .await;
    let out = column(&mut database, "select id from stories where published_at is not null").await;
    let likes = column(&mut database, "select user_id || ' ' || story_id from story_likes").await;
    let library = &stage.library;
    let mut is: Vec<(String, bool)> = Vec::new();
    for (number, story) in library.stories.iter().enumerate() {
        is.push((format!("o{number}"), out.contains(&story.id.to_string())));
        for (talker, person) in library.talkers.iter().enumerate().filter(|_| number >= TOGGLED) {
            is.push((format!("l{talker}.{number}"), likes.contains(&format!("{} {}", person.user, story.id))));
        }
    }
    stage.history.note(&json!({"read": "rows", "client": "rows", "node": NODES, "sent": sent, "status": 200,
        "done": stage.history.now(), "as_of": log[0], "stale": false, "carries": false,
        "shows": marks(&texts.join(" ")), "is": is, "covers": "m"}));
    stage.history.note(&json!({"log": true, "head": log[0], "first": log[1], "rows": log[2]}));
}

async fn column(database: &mut AnyConnection, statement: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(statement.to_owned())).fetch_all(database).await.expect("rows");
    rows.iter().map(|row| row.get(0)).collect()
}
