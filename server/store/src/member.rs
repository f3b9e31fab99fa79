//! Members: who has an account, and what managers let them do.

use domain::{ActKind, Change, Changed, Member, MemberPage, Members, Millis, Role, Search, UserId};
use sqlx::any::AnyRow;

use crate::{
    Error, Load, Reader, Result, Store, access,
    moderation::NewAct,
    row::{self, Columns, author},
    search,
};

impl Load for Members {
    async fn load(&self, reader: &mut Reader) -> Result<MemberPage> {
        access::manager(&mut **reader, self.viewer).await?;
        let terms = search::asked(self.name.as_str());
        // Signs alone are no name.
        if terms.is_empty() && !self.name.is_empty() {
            return Ok(MemberPage { members: vec![], more: false });
        }
        let mut query = sqlx::query(concat!(
            "select ",
            author!("u"),
            ", u.role, u.created_at, u.suspended_until, u.banned_at from users u
             where u.left_at is null and $3 = (select count(*) from person_terms t where t.user_id = u.id
                                               and t.term in ($4, $5, $6, $7, $8, $9, $10, $11))
             order by u.created_at desc, u.id desc limit $1 offset $2",
        ))
        .bind(i64::from(Self::PAGE) + 1)
        .bind(i64::from(self.page) * i64::from(Self::PAGE))
        .bind(i64::try_from(terms.len()).unwrap_or(i64::MAX));
        for place in 0..Search::TERMS {
            query = query.bind(terms.get(place).cloned().unwrap_or_default());
        }
        let rows = query.fetch_all(&mut **reader).await?;
        let mut members = rows.iter().map(member).collect::<Result<Vec<_>>>()?;
        let page = usize::try_from(Self::PAGE).unwrap_or(usize::MAX);
        let more = members.len() > page;
        members.truncate(page);
        Ok(MemberPage { members, more })
    }
}

fn member(row: &AnyRow) -> Result<Member> {
    Ok(Member {
        person: row.author()?,
        role: row.parsed("role")?,
        since: row.millis("created_at")?,
        suspended_until: row.maybe_number("suspended_until")?.map(Millis),
        banned: row.maybe_number("banned_at")?.is_some(),
    })
}

impl Store {
    /// Gives a person another role, and writes it into the record. The last manager stays one.
    ///
    /// # Errors
    /// [`Error::LastManager`] if no manager would be left.
    pub async fn give_role(&self, manager: UserId, user: UserId, role: Role) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        // Of two managers who make readers of each other, the second waits for this row, and is none by then.
        sqlx::query("insert into manager_links (token_hash, expires_at) values ('', 0)").execute(&mut *tx).await?;
        sqlx::query("delete from manager_links where token_hash = ''").execute(&mut *tx).await?;
        access::manager(&mut *tx, manager).await?;
        let found = sqlx::query("update users set role = $1 where id = $2 and left_at is null")
            .bind(role.slug())
            .bind(user.to_string())
            .execute(&mut *tx)
            .await?;
        row::one(&found)?;
        let managers: i64 = sqlx::query_scalar("select count(*) from users where role = $1 and banned_at is null")
            .bind(Role::Manager.slug())
            .fetch_one(&mut *tx)
            .await?;
        if managers == 0 {
            return Err(Error::LastManager);
        }
        NewAct::new(ActKind::Role, manager).about(user).saying(role.label()).record(&mut tx).await?;
        tx.commit(Change::RoleGiven(user), ()).await
    }
}
