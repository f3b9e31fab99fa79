//! A thread: a page of what is said below a post, or below one of its comments.

use std::collections::HashMap;

use domain::{Comment, CommentId, Thread, ThreadView};
use sqlx::any::AnyRow;

use crate::{
    Error, Load, Reader, Result,
    mention::{self, mentioned},
    post,
    row::{Columns, author},
};

/// How much text of replies comes along with a page, in bytes: each alone may be long.
const TEXT: usize = 512 * 1024;

/// The comments of a page with the first replies below each, in the order of time. Of each: the one it stands
/// below on this page, which among those below it it is, and how many there are. A hidden comment without replies is not
/// among them; others leave their place behind.
///
/// `cross join` has SQLite begin with the few, where it would read all comments of the library and look each up.
const PAGE: &str = concat!(
    "with recursive page (id) as (
        select c.id from comments c where c.post_id = $1 and coalesce(c.parent_id, '') = $2
               and (c.hidden = 0 or exists (select 1 from comments r where r.parent_id = c.id))
        order by c.created_at, c.id limit $3 offset $4
    ), tree (id, top) as (
        select id, id from page
        union all
        select c.id, t.top from comments c join tree t on c.parent_id = t.id
        where c.hidden = 0 or exists (select 1 from comments r where r.parent_id = c.id)
    ), ranked (id, top, place, replies) as (
        select t.id, t.top,
               row_number() over (
                   partition by t.top order by case when t.id = t.top then 0 else 1 end, c.created_at, c.id
               ) - 1,
               count(*) over (partition by t.top) - 1
        from tree t cross join comments c where c.id = t.id
    )
    select c.id, c.parent_id, ",
    author!("u"),
    ", ",
    mentioned!("c"),
    ", c.text, c.rev, c.created_at, c.edited_at, c.deleted + c.hidden as gone, r.place, r.replies
    from ranked r cross join comments c join users u on u.id = c.author_id
    where c.id = r.id and r.place <= $5 order by r.place, c.created_at, c.id"
);

impl Load for Thread {
    async fn load(&self, reader: &mut Reader) -> Result<ThreadView> {
        let post = post::one(&mut **reader, self.post).await?;
        let above = match self.under {
            Some(comment) => Some(one(reader, self, comment).await?),
            None => None,
        };
        let under = self.under.map_or_else(String::new, |comment| comment.to_string());
        let whole = sqlx::query(
            "select p.locked, (
                 select count(*) from comments c where c.post_id = p.id and coalesce(c.parent_id, '') = $2
                        and (c.hidden = 0 or exists (select 1 from comments r where r.parent_id = c.id))
             ) as comments from posts p where p.id = $1",
        )
        .bind(self.post.to_string())
        .bind(&under)
        .fetch_one(&mut **reader)
        .await?;
        let rows = sqlx::query(PAGE)
            .bind(self.post.to_string())
            .bind(under)
            .bind(i64::from(Self::PAGE))
            .bind(i64::from(self.page) * i64::from(Self::PAGE))
            .bind(i64::from(Self::REPLIES))
            .fetch_all(&mut **reader)
            .await?;
        let mut comments = in_order(&rows, self.under)?;
        if let Some(above) = above {
            for comment in &mut comments {
                comment.depth += 1;
            }
            comments.insert(0, above);
        }
        let pages = whole.count("comments")?.div_ceil(Self::PAGE).max(1);
        Ok(ThreadView { post, comments, pages, locked: whole.number("locked")? == 1 })
    }
}

/// The comment whose replies are asked for.
async fn one(reader: &mut Reader, thread: &Thread, comment: CommentId) -> Result<Comment> {
    let row = sqlx::query(concat!(
        "select c.id, ",
        author!("u"),
        ", ",
        mentioned!("c"),
        ", c.text, c.rev, c.created_at, c.edited_at, c.deleted + c.hidden as gone
         from comments c join users u on u.id = c.author_id where c.id = $1 and c.post_id = $2",
    ))
    .bind(comment.to_string())
    .bind(thread.post.to_string())
    .fetch_optional(&mut **reader)
    .await?;
    read(&row.ok_or(Error::NotFound)?)
}

/// Each comment followed by the replies to it. The rows are the oldest first, and so are replies.
fn in_order(rows: &[AnyRow], under: Option<CommentId>) -> Result<Vec<Comment>> {
    let mut replies: HashMap<Option<CommentId>, Vec<CommentId>> = HashMap::new();
    let mut comments: HashMap<CommentId, Comment> = HashMap::with_capacity(rows.len());
    let mut room = TEXT;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let comment = read(row)?;
        if row.number("place")? > 0 {
            let length = comment.said.as_ref().map_or(0, |(_, text)| text.as_str().len());
            room = room.saturating_sub(length);
            if room == 0 {
                continue;
            }
        }
        shown.push((comment.comment, row.maybe_parsed("parent_id")?));
        comments.insert(comment.comment, Comment { more: row.count("replies")?, ..comment });
    }
    // From the youngest, so that what is taken from the end of each list is the oldest.
    for (comment, parent) in shown.into_iter().rev() {
        replies.entry(parent).or_default().push(comment);
    }
    let mut open = vec![replies.remove(&under).unwrap_or_default()];
    let mut thread: Vec<Comment> = Vec::with_capacity(comments.len());
    let mut top = 0;
    while let Some(level) = open.last_mut() {
        match level.pop().and_then(|next| comments.remove(&next)) {
            Some(mut comment) => {
                comment.depth = u32::try_from(open.len() - 1).unwrap_or(u32::MAX);
                open.push(replies.remove(&Some(comment.comment)).unwrap_or_default());
                if comment.depth == 0 {
                    top = thread.len();
                } else {
                    comment.more = 0;
                    thread[top].more -= 1;
                }
                thread.push(comment);
            }
            None => drop(open.pop()),
        }
    }
    Ok(thread)
}

fn read(row: &AnyRow) -> Result<Comment> {
    let is_gone = row.number("gone")? > 0;
    Ok(Comment {
        comment: row.parsed("id")?,
        depth: 0,
        said: if is_gone { None } else { Some((row.author()?, row.read("text")?)) },
        mentioned: if is_gone { vec![] } else { mention::read(row)? },
        created_at: row.millis("created_at")?,
        rev: row.rev("rev")?,
        edited: row.maybe_number("edited_at")?.is_some(),
        more: 0,
    })
}
