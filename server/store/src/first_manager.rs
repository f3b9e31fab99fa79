//! The first manager: a link that is good once, for the owner of a library without a manager.

use domain::{Change, Changed, Email, Name, Password, Role, SignUp, UserId};

use crate::{Error, Result, Store, account, clock, hashing, password, token::LinkToken};

/// How long a link is good, in milliseconds.
const LASTS: i64 = 60 * 60 * 1_000;

impl Store {
    /// A token that lets its holder open the first manager's account, within an hour; none if there is a manager. Each
    /// node that starts makes one, and the first that is used ends all of them. No answer says that there are any, so
    /// none becomes old.
    pub async fn begin_first_manager(&self) -> Result<Option<LinkToken>> {
        let (made, now) = (LinkToken::make(), clock::now().0);
        let mut writing = self.database.begin_writing().await?;
        if has_manager(&mut writing).await? {
            return Ok(None);
        }
        sqlx::query("delete from manager_links where expires_at <= $1").bind(now).execute(&mut writing).await?;
        sqlx::query("insert into manager_links (token_hash, expires_at) values ($1, $2)")
            .bind(made.hash())
            .bind(now + LASTS)
            .execute(&mut writing)
            .await?;
        writing.commit().await?;
        Ok(Some(made))
    }

    /// Opens the first manager's account. A refused name, address or password leaves the link as it was.
    ///
    /// # Errors
    /// [`Error::LinkIsOver`] if the link was used, ran out, or was made up, or if there is a manager by now.
    pub async fn register_manager(
        &self,
        link: &LinkToken,
        name: Name,
        email: Email,
        password: Password,
    ) -> Result<Changed<UserId>> {
        password::judge(&name, &email, password.clone()).await?;
        let hash = hashing::hash(password.clone()).await?;
        let mut tx = self.begin().await?;
        // Of two at once the second waits here, whichever links they have: all of them go.
        let gone: Vec<String> =
            sqlx::query_scalar("delete from manager_links where expires_at > $1 returning token_hash")
                .bind(clock::now().0)
                .fetch_all(&mut *tx)
                .await?;
        if !gone.contains(&link.hash()) || has_manager(&mut *tx).await? {
            return Err(Error::LinkIsOver);
        }
        let user = account::insert(&mut tx, SignUp { name, email, password, role: Role::Manager }, hash).await?;
        tx.commit(Change::Registered(user), user).await
    }
}

async fn has_manager(db: impl sqlx::Executor<'_, Database = sqlx::Any>) -> Result<bool> {
    let managers: i64 = sqlx::query_scalar("select count(*) from users where role = $1")
        .bind(Role::Manager.slug())
        .fetch_one(db)
        .await?;
    Ok(managers > 0)
}
