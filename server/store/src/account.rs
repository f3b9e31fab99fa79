//! Accounts: who may come in, and in which role.

use domain::{Change, Changed, Email, Name, Role, SignUp, UserId};

use crate::{
    Error, Result, Store, Tx, clock, handle, hashing, invitation, password, row, search::index_person, token::LinkToken,
};

impl Store {
    /// Opens an account, as a reader or a writer, with a password that is not easily guessed. Managers are made by
    /// those who run the place.
    ///
    /// # Errors
    /// [`Error::NoRegistration`] if managers closed the place, or an invitation is needed.
    pub async fn register(&self, sign_up: SignUp, invitation: Option<&LinkToken>) -> Result<Changed<UserId>> {
        match sign_up.role {
            Role::Reader | Role::Writer => {}
            Role::Manager => return Err(Error::NotAllowed),
        }
        password::judge(&sign_up.name, &sign_up.email, sign_up.password.clone()).await?;
        let hash = hashing::hash(sign_up.password.clone()).await?;
        let mut tx = self.begin().await?;
        invitation::admit(&mut tx, invitation).await?;
        let user = insert(&mut tx, sign_up, hash).await?;
        tx.commit(Change::Registered(user), user).await
    }

    /// Opens an account in any role: for those who run the place, never for a form.
    pub async fn add_account(&self, sign_up: SignUp) -> Result<Changed<UserId>> {
        let hash = hashing::hash(sign_up.password.clone()).await?;
        let mut tx = self.begin().await?;
        let user = insert(&mut tx, sign_up, hash).await?;
        tx.commit(Change::Registered(user), user).await
    }

    /// Who has the account with this address.
    pub async fn find_user(&self, email: &Email) -> Result<Option<UserId>> {
        let mut reading = self.database.begin_reading().await?;
        let id: Option<String> = sqlx::query_scalar("select id from users where email = $1")
            .bind(email.as_str())
            .fetch_optional(&mut *reading)
            .await?;
        id.map(|id| id.parse().map_err(Error::corrupt)).transpose()
    }

    /// Calls a person otherwise, from now on and beside all that they wrote.
    pub async fn change_name(&self, user: UserId, name: Name) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        // The demo accounts are everybody's: one visitor would rename the others.
        let found = sqlx::query("update users set name = $1 where id = $2 and demo = 0")
            .bind(name.as_str())
            .bind(user.to_string())
            .execute(&mut *tx)
            .await?;
        if found.rows_affected() == 0 {
            return Err(Error::NotAllowed);
        }
        index_person(&mut tx, user).await?;
        tx.commit(Change::Renamed(user), ()).await
    }

    /// Lets a reader write stories too. Who may already, still may.
    pub async fn become_writer(&self, user: UserId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let found = sqlx::query("update users set role = case role when $1 then $2 else role end where id = $3")
            .bind(Role::Reader.slug())
            .bind(Role::Writer.slug())
            .bind(user.to_string())
            .execute(&mut *tx)
            .await?;
        row::one(&found)?;
        tx.commit(Change::RoleChanged(user), ()).await
    }

    /// Gives an account any role: for those who run the place, never for a form.
    pub async fn set_role(&self, user: UserId, role: Role) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let found = sqlx::query("update users set role = $1 where id = $2")
            .bind(role.slug())
            .bind(user.to_string())
            .execute(&mut *tx)
            .await?;
        row::one(&found)?;
        tx.commit(Change::RoleChanged(user), ()).await
    }
}

/// A new account.
pub(crate) async fn insert(tx: &mut Tx, sign_up: SignUp, hash: String) -> Result<UserId> {
    let user = UserId::from_bits(clock::new_bits());
    let SignUp { name, email, role, .. } = sign_up;
    sqlx::query("insert into users (id, email, name, password, role, created_at) values ($1, $2, $3, $4, $5, $6)")
        .bind(user.to_string())
        .bind(email.as_str())
        .bind(name.as_str())
        .bind(hash)
        .bind(role.slug())
        .bind(clock::now().0)
        .execute(&mut **tx)
        .await
        .map_err(|error| match error.as_database_error() {
            Some(refused) if refused.is_unique_violation() => Error::AddressTaken,
            _ => error.into(),
        })?;
    handle::give(tx, user, &name).await?;
    Ok(user)
}
