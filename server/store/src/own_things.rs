//! All that a person has here besides the text of their stories, for themselves.

use std::{fmt::Display, str::FromStr};

use domain::{
    CommentId, LikedStory, Millis, OwnRemark, OwnThings, PostId, Profile, SilencedAccount, UnsavedText, UserId,
};
use sqlx::{AnyConnection, any::AnyRow};

use crate::{Result, Store, progress, row::Columns, version};

impl Store {
    /// All that this person has here, read in one snapshot.
    pub async fn export_own_things(&self, user: UserId) -> Result<OwnThings> {
        let mut reading = self.database.begin_reading().await?;
        Ok(OwnThings {
            profile: profile(&mut reading, user).await?,
            stories: ids(
                &mut reading,
                "select id from stories where author_id = $1 order by created_at, id",
                user.to_string(),
            )
            .await?,
            unsaved: unsaved(&mut reading, user).await?,
            posts: remarks::<PostId>(
                &mut reading,
                "select id, cast(null as text) as post_id, text, created_at, edited_at from posts where author_id = $1
                 order by created_at, id",
                user,
            )
            .await?,
            comments: remarks::<CommentId>(
                &mut reading,
                "select id, post_id, text, created_at, edited_at from comments where author_id = $1 and deleted = 0
                 order by created_at, id",
                user,
            )
            .await?,
            liked_stories: liked_stories(&mut reading, user).await?,
            liked_posts: ids(
                &mut reading,
                "select post_id as id from post_likes where user_id = $1 order by post_id",
                user.to_string(),
            )
            .await?,
            silences: silences(&mut reading, user).await?,
            written: progress::written(&mut reading, user, 0).await?,
        })
    }
}

async fn profile(db: &mut AnyConnection, user: UserId) -> Result<Profile> {
    let row = sqlx::query(
        "select name, coalesce(handle, id) as handle, bio, email, role, created_at from users where id = $1",
    )
    .bind(user.to_string())
    .fetch_one(&mut *db)
    .await?;
    Ok(Profile {
        user,
        name: row.read("name")?,
        handle: row.parsed("handle")?,
        bio: row.read("bio")?,
        email: row.read("email")?,
        role: row.parsed("role")?,
        since: row.millis("created_at")?,
    })
}

async fn unsaved(db: &mut AnyConnection, user: UserId) -> Result<Vec<UnsavedText>> {
    let text = |row: &AnyRow| {
        Ok(UnsavedText {
            story: row.parsed("story_id")?,
            scene: row.parsed("scene_id")?,
            texts: version::texts(row)?,
            kept_at: row.millis("kept_at")?,
        })
    };
    sqlx::query(
        "select w.story_id, w.scene_id, w.title, w.content, w.goal, w.conflict, w.outcome, w.kept_at
         from working_copies w join stories s on s.id = w.story_id
         where s.author_id = $1 and w.is_open = 1 order by w.kept_at, w.scene_id",
    )
    .bind(user.to_string())
    .fetch_all(&mut *db)
    .await?
    .iter()
    .map(text)
    .collect()
}

async fn ids<Id: FromStr<Err: Display>>(
    db: &mut AnyConnection,
    statement: &'static str,
    of: String,
) -> Result<Vec<Id>> {
    let rows = sqlx::query(statement).bind(of).fetch_all(&mut *db).await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

async fn remarks<Id: FromStr<Err: Display>>(
    db: &mut AnyConnection,
    statement: &'static str,
    user: UserId,
) -> Result<Vec<OwnRemark<Id>>> {
    let remark = |row: &AnyRow| {
        Ok(OwnRemark {
            id: row.parsed("id")?,
            post: row.maybe_parsed("post_id")?,
            text: row.read("text")?,
            created_at: row.millis("created_at")?,
            edited_at: row.maybe_number("edited_at")?.map(Millis),
        })
    };
    sqlx::query(statement).bind(user.to_string()).fetch_all(&mut *db).await?.iter().map(remark).collect()
}

/// A story that is not out is not named.
async fn liked_stories(db: &mut AnyConnection, user: UserId) -> Result<Vec<LikedStory>> {
    let liked = |row: &AnyRow| Ok(LikedStory { story: row.parsed("id")?, title: row.read("title")? });
    sqlx::query(
        "select s.id, s.title from story_likes l join stories s on s.id = l.story_id
         where l.user_id = $1 and s.published_at is not null order by s.id",
    )
    .bind(user.to_string())
    .fetch_all(&mut *db)
    .await?
    .iter()
    .map(liked)
    .collect()
}

async fn silences(db: &mut AnyConnection, user: UserId) -> Result<Vec<SilencedAccount>> {
    let silenced = |row: &AnyRow| {
        Ok(SilencedAccount {
            user: row.parsed("id")?,
            name: row.read("name")?,
            how: row.parsed("how")?,
            since: row.millis("since")?,
        })
    };
    sqlx::query(
        "select u.id, u.name, q.how, q.since from silences q join users u on u.id = q.user_id
         where q.by_id = $1 and u.left_at is null order by q.since, u.id",
    )
    .bind(user.to_string())
    .fetch_all(&mut *db)
    .await?
    .iter()
    .map(silenced)
    .collect()
}
