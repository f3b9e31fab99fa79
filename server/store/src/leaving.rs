//! Leaving: a person's account is deleted. What is theirs alone goes; what they wrote goes or stays, as they choose.
//!
//! Their row stays, without anything of them: what is kept of their works refers to it, and so does the record of
//! moderation.

mod stories;
mod talk;

use domain::{Change, Changed, Departure, FORMER_MEMBER, Legacy, Password, Role, UserId};

use crate::{Error, Result, Store, Writing, clock, row::Columns, session};

/// What is a person's alone, and goes first.
const OWN: [&str; 22] = [
    "update handles set user_id = null where user_id = $1",
    "delete from outbox where recipient in (select email from email_changes where user_id = $1)",
    "delete from email_changes where user_id = $1",
    "delete from password_resets where user_id = $1",
    "delete from second_factors where user_id = $1",
    "delete from recovery_codes where user_id = $1",
    "delete from pending_sign_ins where user_id = $1",
    "delete from person_terms where user_id = $1",
    "delete from bookmarks where user_id = $1",
    "delete from spots where user_id = $1",
    "delete from chapters_read where user_id = $1",
    "delete from followed_stories where user_id = $1",
    "delete from followed_authors where user_id = $1 or author_id = $1",
    "delete from silence_turns where user_id = $1",
    "delete from silences where by_id = $1 or user_id = $1",
    "delete from inboxes where user_id = $1",
    "delete from mail_choices where user_id = $1",
    "delete from mailed_notices where user_id = $1",
    "delete from words_written where user_id = $1",
    "delete from invitations where by_id = $1",
    "delete from idempotency_keys where account = $1",
    // Likes and bookmarks of theirs that wait in other people's trash, to come back with a story.
    "delete from trash_rows where content like '%\"user_id\":\"' || $1 || '\"%'",
];

impl Store {
    /// Deletes the account of a person who gives its password. Every session of theirs ends. Who asks twice has left by
    /// then, and no password is theirs.
    ///
    /// # Errors
    /// [`Error::LastManager`] if no manager would be left.
    pub async fn delete_account(&self, user: UserId, password: Password, legacy: Legacy) -> Result<Changed<()>> {
        let owner = self.owner(user).await.map_err(|error| match error {
            Error::NotFound => Error::NotThePassword,
            error => error,
        })?;
        if !owner.has(&password).await? {
            return Err(Error::NotThePassword);
        }
        let mut tx = self.begin_each_time().await?;
        refuse_the_last_manager(&mut tx, user).await?;
        become_former_member(&mut tx, user, &owner.hash).await?;
        let ended = session::end_all(&mut tx, user, None).await?;
        sqlx::query("delete from outbox where recipient = $1").bind(owner.email.as_str()).execute(&mut *tx).await?;
        for statement in OWN {
            sqlx::query(statement).bind(user.to_string()).execute(&mut *tx).await?;
        }
        let mut departure = Departure::default();
        talk::forget_mentions(&mut tx, user, &mut departure).await?;
        talk::take_back_likes(&mut tx, user, &mut departure).await?;
        stories::empty_trash(&mut tx, user).await?;
        stories::part_with(&mut tx, user, legacy, &mut departure).await?;
        match legacy {
            Legacy::Keep => {}
            Legacy::Remove => talk::remove(&mut tx, user, &mut departure).await?,
        }
        tx.commit(Change::AccountDeleted(user, ended, departure), ()).await
    }
}

/// Of the last two managers, who leave at once, one stays: each holds the rows of both.
async fn refuse_the_last_manager(db: &mut Writing, user: UserId) -> Result<()> {
    let role: Role = sqlx::query("select role from users where id = $1")
        .bind(user.to_string())
        .fetch_one(&mut *db)
        .await?
        .parsed("role")?;
    match role {
        Role::Reader | Role::Writer => return Ok(()),
        Role::Manager => {}
    }
    let managers = sqlx::query("update users set role = role where role = $1 returning id")
        .bind(Role::Manager.slug())
        .fetch_all(db)
        .await?;
    if managers.len() > 1 { Ok(()) } else { Err(Error::LastManager) }
}

/// Takes everything of a person out of their row, and holds it: nothing of theirs is written beside this. No address
/// has the form of what stands in its place, so it lets no one sign in.
async fn become_former_member(db: &mut Writing, user: UserId, hash: &str) -> Result<()> {
    let left = sqlx::query(
        "update users set email = 'left ' || id, name = $1, handle = id, bio = '', password = '', role = $2,
                profile_rev = profile_rev + 1, indexed = 1, suspended_until = null, banned_at = null, created_at = 0,
                day_goal = 0, left_at = $3
         where id = $4 and password = $5",
    )
    .bind(FORMER_MEMBER)
    .bind(Role::Reader.slug())
    .bind(clock::now().0)
    .bind(user.to_string())
    .bind(hash)
    .execute(db)
    .await?;
    // They left a moment ago, or have another password.
    if left.rows_affected() == 0 { Err(Error::NotThePassword) } else { Ok(()) }
}
