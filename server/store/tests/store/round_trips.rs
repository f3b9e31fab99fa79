//! How often the database is waited for: each question and each write pays its distance that often.
//!
//! Every query, and the writes that people make most. One more than before shows in the table; so does one less.

use std::{collections::BTreeMap, time::Duration};

use domain::Rev;
use services::Wire;
use tokio::time::sleep;

use crate::library::{
    Library, Question,
    fixture::{comment, post, report, save, typed},
};

/// Questions of each query: of more, the first ones.
const ASKED: usize = 10;

/// How often each is done. A connection learns each statement once, and the node reads the log now and then: the fewest
/// round trips count.
const TRIES: i64 = 6;

const WHAT_TO_DO: &str = "Round trips to the database: the most of each query, and of a write. A read begins with one \
    for the snapshot and the log's head; a write has one to begin, one for the log and one to commit. If it got fewer, \
    accept it; if it got more, each reader who is far from the database waits longer.";

/// In one thread, so that what goes on in the background waits while it is counted.
#[tokio::test]
async fn of_each_query_and_of_common_writes() {
    let (library, far, wire) = Library::with_far_node().await;
    let questions = library.questions();
    let mut of_query: BTreeMap<String, Vec<&dyn Question>> = BTreeMap::new();
    for question in &questions {
        let key = question.key();
        let (query, _) = key.as_str().split_once('.').expect("a key");
        of_query.entry(query.to_owned()).or_default().push(&**question);
    }
    let mut table = vec![];
    for (query, questions) in of_query {
        let mut most = 0;
        // Spread over all, because those of one reader or one thing stand beside each other.
        for question in questions.iter().step_by(questions.len().div_ceil(ASKED)) {
            most = most.max(fewest(&wire, async |_| drop(question.past(&far).await)).await);
        }
        table.push(format!("read  {most:2} {query}"));
    }

    let (f, text) = (&library.fixture, |round: i64| format!("Text {round}."));
    let (ada, sid, scene, story) = (f.ada, f.sid, f.out.scenes[0], f.out.story);
    let mut write = |name: &str, count: u64| table.push(format!("write {count:2} {name}"));
    let done = async |n| drop(far.save_scene(ada, scene, save(&text(n), Rev(2 + n))).await.expect("a save"));
    write("save_scene", fewest(&wire, done).await);
    let done = async |n| drop(far.keep_working_copy(ada, scene, typed(&text(n), 2 + TRIES, n)).await.expect("a copy"));
    write("keep_working_copy", fewest(&wire, done).await);
    let done = async |n| _ = post(&far, sid, &text(n), None).await.expect("a post");
    write("create_post", fewest(&wire, done).await);
    let done = async |n| _ = comment(&far, sid, f.post, None, &text(n)).await.expect("a comment");
    write("add_comment", fewest(&wire, done).await);
    let done = async |n| drop(far.like_story(sid, story, n % 2 == 0).await.expect("a like"));
    write("like_story", fewest(&wire, done).await);
    let done = async |n| drop(far.follow_story(sid, story, n % 2 == 0).await.expect("it is done"));
    write("follow_story", fewest(&wire, done).await);
    let done = async |n| drop(far.keep_bookmarks(sid, report(&f.out, 1, false, n)).await.expect("a bookmark"));
    write("keep_bookmarks", fewest(&wire, done).await);
    insta::with_settings!({ description => WHAT_TO_DO, omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("round_trips", table.join("\n"));
    });
}

/// The round trips until it is done, at the best of its tries.
async fn fewest(wire: &Wire, done: impl AsyncFn(i64)) -> u64 {
    let mut fewest = u64::MAX;
    for round in 0..TRIES {
        let before = quiet(wire).await;
        done(round).await;
        fewest = fewest.min(wire.round_trips() - before);
    }
    fewest
}

/// Waits until nothing is said any more, as when a connection has gone back to its pool.
async fn quiet(wire: &Wire) -> u64 {
    loop {
        let before = wire.round_trips();
        sleep(Duration::from_millis(3)).await;
        if wire.round_trips() == before {
            return before;
        }
    }
}
