//! What a person who leaves has liked and said.

use domain::{Departure, PostId, UserId};

use crate::{
    Result, Writing, comment,
    row::{self, Columns},
};

/// Likes nothing any more.
pub(super) async fn take_back_likes(db: &mut Writing, user: UserId, departure: &mut Departure) -> Result<()> {
    let stories = "delete from story_likes where user_id = $1 returning story_id as id";
    let posts = "delete from post_likes where user_id = $1 returning post_id as id";
    departure.liked_stories = row::ids(db, stories, user.to_string()).await?;
    departure.liked_posts = row::ids(db, posts, user.to_string()).await?;
    Ok(())
}

/// Texts mention them no longer: their handle is a word like others.
pub(super) async fn forget_mentions(db: &mut Writing, user: UserId, departure: &mut Departure) -> Result<()> {
    let posts = "delete from mentions where user_id = $1 returning post_id as id";
    departure.mentioned = row::ids(db, posts, user.to_string()).await?;
    departure.mentioned.sort_unstable();
    departure.mentioned.dedup();
    Ok(())
}

/// Deletes all that they said. Of a comment with replies its place stays, as of each that is deleted.
pub(super) async fn remove(db: &mut Writing, user: UserId, departure: &mut Departure) -> Result<()> {
    sqlx::query("delete from hidden where author_id = $1").bind(user.to_string()).execute(&mut *db).await?;
    // Held until the commit: nothing is said below them any more.
    let posts =
        sqlx::query("update posts set text = text where author_id = $1 returning id, about_story, about_chapter")
            .bind(user.to_string())
            .fetch_all(&mut *db)
            .await?;
    for row in &posts {
        let post: PostId = row.parsed("id")?;
        comment::delete_all(db, post).await?;
        sqlx::query("delete from posts where id = $1").bind(post.to_string()).execute(&mut *db).await?;
        departure.posts.push((post, row.subject()?));
    }
    departure.threads = row::ids(
        db,
        "update posts set text = text
         where id in (select post_id from comments where author_id = $1 and deleted = 0) returning id",
        user.to_string(),
    )
    .await?;
    sqlx::query("delete from mentions where comment_id in (select id from comments where author_id = $1)")
        .bind(user.to_string())
        .execute(&mut *db)
        .await?;
    sqlx::query("update comments set deleted = 1, text = '' where author_id = $1 and deleted = 0")
        .bind(user.to_string())
        .execute(&mut *db)
        .await?;
    for &post in &departure.threads {
        comment::remove_empty(db, post).await?;
    }
    Ok(())
}
