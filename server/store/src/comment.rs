//! Comments: what is said below a post.

use domain::{Barred, Bound, Change, Changed, Comment, CommentId, NewComment, PostId, Remark, Rev, UserId};

use crate::{
    Error, Result, Store, Writing, access, clock,
    mention::{self, Said},
    room,
    row::{self, Columns},
    silence::{self, Deed},
};

impl Store {
    /// Says something below a post, or in reply to a comment there.
    pub async fn add_comment(&self, author: UserId, new: NewComment) -> Result<Changed<CommentId>> {
        let mut tx = self.begin().await?;
        access::role(&mut tx, author).await?;
        silence::take_turn(&mut tx, author).await?;
        hold(&mut tx, new.post).await?;
        not_locked(&mut tx, new.post).await?;
        room::for_one(&mut tx, Bound::ThreadComments, new.post).await?;
        let (parent, depth) = match new.parent {
            Some(parent) => below(&mut tx, new.post, parent).await?,
            None => (None, 0),
        };
        silence::refuse_if_blocked(&mut tx, author, Deed::AnswerPost(new.post)).await?;
        // The one that is answered, and the one beside which that puts the answer.
        for answered in new.parent.map(|parent| parent.to_string()).into_iter().chain(parent.clone()) {
            silence::refuse_if_blocked(&mut tx, author, Deed::AnswerComment(answered)).await?;
        }
        let comment = CommentId::from_bits(clock::new_bits());
        sqlx::query(
            "insert into comments (id, post_id, parent_id, author_id, text, created_at, deleted, depth)
             values ($1, $2, $3, $4, $5, $6, 0, $7)",
        )
        .bind(comment.to_string())
        .bind(new.post.to_string())
        .bind(parent)
        .bind(author.to_string())
        .bind(new.text.as_str())
        .bind(clock::tick().0)
        .bind(i64::from(depth))
        .execute(&mut *tx)
        .await?;
        mention::keep(&mut tx, author, Said::Comment(new.post, comment), &new.text).await?;
        let to = concerned(&mut tx, comment).await?;
        tx.commit(Change::CommentAdded(new.post, to), comment).await
    }

    /// Changes what a comment says. Refused if it was saved since `base`.
    pub async fn save_comment(
        &self,
        author: UserId,
        comment: CommentId,
        text: Remark,
        base: Rev,
    ) -> Result<Changed<Rev>> {
        let mut tx = self.begin().await?;
        silence::take_turn(&mut tx, author).await?;
        let post = post_of_own(&mut tx, author, comment).await?;
        silence::refuse_if_blocked(&mut tx, author, Deed::AnswerPost(post)).await?;
        silence::refuse_if_blocked(&mut tx, author, Deed::ChangeAnswer(comment.to_string())).await?;
        let rev: Option<i64> = sqlx::query_scalar(
            "update comments set text = $1, edited_at = $2, rev = rev + 1
             where id = $3 and deleted = 0 and hidden = 0 and rev = $4 returning rev",
        )
        .bind(text.as_str())
        .bind(clock::now().0)
        .bind(comment.to_string())
        .bind(base.0)
        .fetch_optional(&mut *tx)
        .await?;
        let current = sqlx::query("select rev, text from comments where id = $1 and deleted = 0 and hidden = 0")
            .bind(comment.to_string());
        let rev = row::saved_over(&mut tx, rev, current, &["text"]).await?;
        let to = mention::keep(&mut tx, author, Said::Comment(post, comment), &text).await?;
        tx.commit(Change::CommentSaved(post, to), rev).await
    }

    /// Deletes a comment. One with replies leaves its place behind, until the last reply goes too.
    pub async fn delete_comment(&self, author: UserId, comment: CommentId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let post = post_of_own(&mut tx, author, comment).await?;
        hold(&mut tx, post).await?;
        let to = concerned(&mut tx, comment).await?;
        mention::forget(&mut tx, comment).await?;
        sqlx::query("update comments set deleted = 1, text = '' where id = $1")
            .bind(comment.to_string())
            .execute(&mut *tx)
            .await?;
        let mut emptied = Some(comment.to_string());
        while let Some(place) = emptied {
            emptied = remove_if_empty(&mut tx, &place).await?;
        }
        tx.commit(Change::CommentDeleted(post, to), ()).await
    }
}

/// The people whom a comment concerns: whom it answers, the author of the comment that it stands below or of the post,
/// and whom it mentions.
pub(crate) async fn concerned(db: &mut Writing, comment: CommentId) -> Result<Vec<UserId>> {
    row::ids(
        db,
        "select coalesce(up.author_id, p.author_id) as id
         from comments c join posts p on p.id = c.post_id left join comments up on up.id = c.parent_id where c.id = $1
         union select user_id from mentions where comment_id = $1 order by id",
        comment.to_string(),
    )
    .await
}

/// The post that one's own comment stands below.
async fn post_of_own(tx: &mut Writing, author: UserId, comment: CommentId) -> Result<PostId> {
    sqlx::query("select post_id from comments where id = $1 and author_id = $2 and deleted = 0")
        .bind(comment.to_string())
        .bind(author.to_string())
        .fetch_one(tx)
        .await?
        .parsed("post_id")
}

/// Holds a post's row until the commit, so that no reply appears below what is being deleted.
async fn hold(db: &mut Writing, post: PostId) -> Result<()> {
    sqlx::query("update posts set text = text where id = $1 returning id").bind(post.to_string()).fetch_one(db).await?;
    Ok(())
}

/// Refuses to say anything below a post that is hidden, or whose thread is closed.
async fn not_locked(db: &mut Writing, post: PostId) -> Result<()> {
    let locked: i64 = sqlx::query_scalar("select locked from posts where id = $1 and hidden = 0")
        .bind(post.to_string())
        .fetch_one(db)
        .await?;
    if locked == 1 { Err(Error::Barred(Barred::Thread)) } else { Ok(()) }
}

/// Where a reply stands: below which comment, and how deep. One to a comment that stands as deep as comments
/// may stands beside it.
async fn below(db: &mut Writing, post: PostId, parent: CommentId) -> Result<(Option<String>, u32)> {
    let row = sqlx::query(
        "select id, parent_id, depth from comments where id = $1 and post_id = $2 and deleted = 0 and hidden = 0",
    )
    .bind(parent.to_string())
    .bind(post.to_string())
    .fetch_one(db)
    .await?;
    match row.count("depth")? {
        depth if depth < Comment::MAX_DEPTH => Ok((Some(row.text("id")?), depth + 1)),
        depth => Ok((row.maybe_text("parent_id")?, depth)),
    }
}

/// Deletes all that is said below a post. Replies are let go first: a database that deletes each with what it
/// replied to does so by recursion, which SQLite ends at a thousand.
pub(crate) async fn delete_all(db: &mut Writing, post: PostId) -> Result<()> {
    for statement in
        ["update comments set parent_id = null where post_id = $1", "delete from comments where post_id = $1"]
    {
        sqlx::query(statement).bind(post.to_string()).execute(&mut *db).await?;
    }
    Ok(())
}

/// Removes every place below a post that has no reply any more, from the innermost.
pub(crate) async fn remove_empty(db: &mut Writing, post: PostId) -> Result<()> {
    loop {
        let removed = sqlx::query(
            "delete from comments where post_id = $1 and deleted = 1
                    and not exists (select 1 from comments r where r.parent_id = comments.id)",
        )
        .bind(post.to_string())
        .execute(&mut *db)
        .await?;
        if removed.rows_affected() == 0 {
            return Ok(());
        }
    }
}

/// Removes a deleted comment's place if nobody replies to it any more; says whose reply it was.
async fn remove_if_empty(db: &mut Writing, place: &str) -> Result<Option<String>> {
    let removed = sqlx::query(
        "delete from comments
         where id = $1 and deleted = 1 and not exists (select 1 from comments r where r.parent_id = $1)
         returning parent_id",
    )
    .bind(place)
    .fetch_optional(db)
    .await?;
    removed.map_or(Ok(None), |row| row.maybe_text("parent_id"))
}
