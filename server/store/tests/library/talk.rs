//! Comments as tests make many of them, and look at them.

use domain::{Comment, PostId, Thread};
use store::Store;

use super::{
    Library,
    fixture::Fixture,
    tables::{self, id, rows},
};

/// How many replies `nested` makes.
pub const DEEP: usize = 1_002;

/// How deep each comment of a thread stands, and what it says.
pub async fn depths(store: &Store, post: PostId) -> Vec<(u32, String)> {
    let thread = store.load(&Thread::first(post)).await.expect("a thread");
    let said = |one: &Comment| one.said.as_ref().map_or_else(String::new, |(_, text)| text.to_string());
    thread.value.comments.iter().map(|one| (one.depth, said(one))).collect()
}

/// Replies below Rea's post, each to the last, as an older version let people nest them. All but the last are
/// deleted, if any is.
pub fn nested(f: &Fixture, deleted: bool) -> String {
    let deleted = if deleted { format!("case when n < {DEEP} then 1 else 0 end") } else { "0".to_owned() };
    let above = id("00cm").replace("+ n ", "+ n - 1 ");
    let values = format!(
        "{}, '{}', case when n > 1 then {above} end, '{}', 'Ha!', n, {deleted}, 0",
        id("00cm"),
        f.reas_post,
        f.rea
    );
    let columns = "comments (id, post_id, parent_id, author_id, text, created_at, deleted, depth)";
    rows(u32::try_from(DEEP).expect("a few"), columns, &values)
}

/// The ids of the comments below Rea's post.
pub async fn comments(library: &Library) -> Vec<String> {
    let all = format!("select id from comments where post_id = '{}' order by id", library.fixture.reas_post);
    tables::column(&library.address, &all).await
}
