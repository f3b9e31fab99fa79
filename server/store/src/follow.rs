//! Following: which stories and which authors a reader wants to hear of.

use domain::{Bound, Change, Changed, StoryId, UserId};

use crate::{
    Result, Store, Writing, access, clock, room,
    silence::{self, Deed},
};

/// Statements about a thing and a person.
struct Follows {
    add: &'static str,
    remove: &'static str,
    /// How many of them one person may follow.
    bound: Bound,
}

const STORIES: Follows = Follows {
    add: "insert into followed_stories (story_id, user_id, since) values ($1, $2, $3) on conflict do nothing",
    remove: "delete from followed_stories where story_id = $1 and user_id = $2",
    bound: Bound::FollowedStories,
};

const AUTHORS: Follows = Follows {
    add: "insert into followed_authors (author_id, user_id, since) values ($1, $2, $3) on conflict do nothing",
    remove: "delete from followed_authors where author_id = $1 and user_id = $2",
    bound: Bound::FollowedAuthors,
};

impl Store {
    /// Follows a published story, or no longer. Twice is once. One that was withdrawn may be let go.
    pub async fn follow_story(&self, user: UserId, story: StoryId, followed: bool) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::role(&mut tx, user).await?;
        if followed {
            silence::take_turn(&mut tx, user).await?;
            access::published(&mut *tx, story).await?;
            silence::refuse_if_blocked(&mut tx, user, Deed::FollowStory(story)).await?;
        }
        STORIES.set(&mut tx, story.to_string(), user, followed).await?;
        tx.commit(Change::StoryFollowed(story, user), ()).await
    }

    /// Follows an author with a published story, or no longer. Twice is once.
    pub async fn follow_author(&self, user: UserId, author: UserId, followed: bool) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::role(&mut tx, user).await?;
        if followed {
            silence::take_turn(&mut tx, user).await?;
            is_author(&mut tx, author).await?;
            silence::refuse_if_blocked(&mut tx, user, Deed::FollowAuthor(author)).await?;
        }
        AUTHORS.set(&mut tx, author.to_string(), user, followed).await?;
        tx.commit(Change::AuthorFollowed(author, user), ()).await
    }
}

async fn is_author(db: &mut Writing, author: UserId) -> Result<()> {
    sqlx::query(
        "select s.id from stories s join users u on u.id = s.author_id
         where s.author_id = $1 and s.published_at is not null and u.left_at is null limit 1",
    )
    .bind(author.to_string())
    .fetch_one(db)
    .await?;
    Ok(())
}

impl Follows {
    async fn set(&self, db: &mut Writing, what: String, user: UserId, followed: bool) -> Result<()> {
        if !followed {
            sqlx::query(self.remove).bind(what).bind(user.to_string()).execute(db).await?;
            return Ok(());
        }
        let added =
            sqlx::query(self.add).bind(what).bind(user.to_string()).bind(clock::now().0).execute(&mut *db).await?;
        // What is followed already may be followed again.
        if added.rows_affected() > 0 { room::after_one(db, self.bound, user).await } else { Ok(()) }
    }
}
