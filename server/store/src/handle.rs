//! Handles: who may have which, and those of accounts that have none.

use domain::{Bound, Change, Handle, Name, UserId};

use crate::{
    Error, Result, Store, Writing, clock, room,
    row::{self, Columns},
    search,
};

/// The account behind a handle, as a part of a statement in which it is `$1`: the one that has or had it, else the one
/// with this id, which stands in the place of a handle until there is one.
macro_rules! behind {
    () => {
        "coalesce((select h.user_id from handles h where h.handle = $1), $1)"
    };
}
pub(crate) use behind;

/// What an account gets in whose name there is nothing that a handle could have.
const NAMELESS: &str = "reader";
/// How many accounts of one name have its small numbers. Those after them get chance ones: to count on would take ever
/// longer.
const SMALL: u32 = 9;
/// How many numbers are tried.
const TRIES: u32 = 100;
/// How many accounts are looked up at once.
const BATCH: i64 = 100;

impl Store {
    /// Gives a handle to each account that has none: from before there were handles, or from a node of an older version.
    /// Says to how many.
    pub async fn give_handles(&self) -> Result<u64> {
        let mut given = 0;
        loop {
            let rows = sqlx::query("select id, name from users where handle is null order by id limit $1")
                .bind(BATCH)
                .fetch_all(&mut *self.database.begin_reading().await?)
                .await?;
            if rows.is_empty() {
                return Ok(given);
            }
            for row in &rows {
                let user: UserId = row.parsed("id")?;
                let mut tx = self.begin_each_time().await?;
                // Another node may be at it, too.
                let held = sqlx::query("update users set name = name where id = $1 and handle is null")
                    .bind(user.to_string())
                    .execute(&mut *tx)
                    .await?;
                if held.rows_affected() > 0 {
                    give(&mut tx, user, &row.read("name")?).await?;
                    tx.commit(Change::ProfileSaved(user), ()).await?;
                    given += 1;
                }
            }
        }
    }
}

/// Gives an account the first handle that suits its name, and that no account has or had.
pub(crate) async fn give(db: &mut Writing, user: UserId, name: &Name) -> Result<()> {
    let handle = suited(name)?;
    let numbers = (2..=SMALL).chain((SMALL..TRIES).map(|_| rand::random_range(100..1_000_000)));
    for handle in [handle].into_iter().chain(numbers.map(|number| handle.numbered(number))) {
        if insert(db, user, handle).await? {
            return set(db, user, handle).await;
        }
    }
    Err(Error::HandleTaken)
}

/// Gives an account this handle. Refused if it is or was another's.
pub(crate) async fn take(db: &mut Writing, user: UserId, handle: Handle) -> Result<()> {
    if insert(db, user, handle).await? {
        room::after_one(db, Bound::Handles, user).await?;
    } else {
        let own = sqlx::query("select handle from handles where handle = $1 and user_id = $2");
        let own = own.bind(handle.as_str()).bind(user.to_string()).fetch_optional(&mut *db).await?;
        own.ok_or(Error::HandleTaken)?;
    }
    set(db, user, handle).await
}

/// Whether it was free: no account had it. The id of an account is not for others, either.
async fn insert(db: &mut Writing, user: UserId, handle: Handle) -> Result<bool> {
    let inserted = sqlx::query(
        "insert into handles (handle, user_id, since)
         select $1, $2, $3 where not exists (select 1 from users where id = $1 and id <> $2)
         on conflict do nothing",
    )
    .bind(handle.as_str())
    .bind(user.to_string())
    .bind(clock::now().0)
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() > 0)
}

async fn set(db: &mut Writing, user: UserId, handle: Handle) -> Result<()> {
    let found = sqlx::query("update users set handle = $1 where id = $2")
        .bind(handle.as_str())
        .bind(user.to_string())
        .execute(&mut *db)
        .await?;
    row::one(&found)?;
    search::index_person(db, user).await
}

/// In Latin letters, whatever the name is written in.
fn suited(name: &Name) -> Result<Handle> {
    let ascii = deunicode::deunicode_with_tofu(name.as_str(), " ");
    Handle::suited(&ascii.replace('\'', "")).map_or_else(|| NAMELESS.parse().map_err(Error::corrupt), Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_in_latin_letters() {
        for (name, expected) in [
            ("María López", "maria-lopez"),
            ("Zoë O’Neil", "zoe-oneil"),
            ("Лев Толстой", "lev-tolstoi"),
            ("曹雪芹", "cao-xue-qin"),
            ("Admin", "reader"),
            ("…", "reader"),
        ] {
            let name = Name::parse(name).expect("a name");
            assert_eq!(suited(&name).expect("a handle").as_str(), expected, "{name}");
        }
    }
}
