//! Likes: who likes which story or post.

use domain::{Bound, Change, Changed, LikedThings, MyLikes, PostId, StoryId, UserId};

use crate::{Count, Load, Reader, Result, Store, Writing, access, room, row::Columns};

/// Likes of one kind of thing.
struct Likes {
    /// Statements about a thing and a person.
    add: &'static str,
    remove: &'static str,
    /// A statement about a thing.
    count: &'static str,
    /// How many of them one person may like.
    bound: Bound,
}

const OF_STORIES: Likes = Likes {
    add: "insert into story_likes (story_id, user_id) values ($1, $2) on conflict do nothing",
    remove: "delete from story_likes where story_id = $1 and user_id = $2",
    count: "select count(*) from story_likes where story_id = $1",
    bound: Bound::LikedStories,
};

const OF_POSTS: Likes = Likes {
    add: "insert into post_likes (post_id, user_id) values ($1, $2) on conflict do nothing",
    remove: "delete from post_likes where post_id = $1 and user_id = $2",
    count: "select count(*) from post_likes where post_id = $1",
    bound: Bound::LikedPosts,
};

impl Load for MyLikes {
    async fn load(&self, reader: &mut Reader) -> Result<LikedThings> {
        let stories = sqlx::query(
            "select l.story_id from story_likes l join stories s on s.id = l.story_id
             where l.user_id = $1 and s.published_at is not null",
        )
        .bind(self.viewer.to_string())
        .fetch_all(&mut **reader)
        .await?;
        let posts = sqlx::query("select post_id from post_likes where user_id = $1")
            .bind(self.viewer.to_string())
            .fetch_all(&mut **reader)
            .await?;
        Ok(LikedThings {
            stories: stories.iter().map(|row| row.parsed("story_id")).collect::<Result<_>>()?,
            posts: posts.iter().map(|row| row.parsed("post_id")).collect::<Result<_>>()?,
        })
    }
}

impl Store {
    /// Likes a published story, or no longer. Twice is once. Answers with how many people like it now.
    pub async fn like_story(&self, user: UserId, story: StoryId, liked: bool) -> Result<Changed<u32>> {
        let mut tx = self.begin().await?;
        access::role(&mut tx, user).await?;
        access::published(&mut *tx, story).await?;
        OF_STORIES.set(&mut tx, story.to_string(), user, liked).await?;
        tx.commit_counting(Change::StoryLiked(story, user), OF_STORIES.of(story.to_string())).await
    }

    /// Likes a post, or no longer. Twice is once. Answers with how many people like it now.
    pub async fn like_post(&self, user: UserId, post: PostId, liked: bool) -> Result<Changed<u32>> {
        let mut tx = self.begin().await?;
        access::role(&mut tx, user).await?;
        sqlx::query("select id from posts where id = $1 and hidden = 0")
            .bind(post.to_string())
            .fetch_one(&mut *tx)
            .await?;
        OF_POSTS.set(&mut tx, post.to_string(), user, liked).await?;
        tx.commit_counting(Change::PostLiked(post, user), OF_POSTS.of(post.to_string())).await
    }
}

impl Likes {
    async fn set(&self, db: &mut Writing, what: String, user: UserId, liked: bool) -> Result<()> {
        let statement = if liked { self.add } else { self.remove };
        let set = sqlx::query(statement).bind(&what).bind(user.to_string()).execute(&mut *db).await?;
        // What is liked already may be liked again.
        if liked && set.rows_affected() > 0 {
            room::after_one(&mut *db, self.bound, user).await?;
        }
        Ok(())
    }

    /// How many there are of a thing, to be counted at the commit.
    const fn of(&self, what: String) -> Count {
        Count { statement: self.count, what }
    }
}
