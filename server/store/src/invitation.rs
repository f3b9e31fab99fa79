//! Invitations: links that let their holder make an account, once, within two weeks. Managers make them.

use domain::{Bound, Change, Changed, Invitation, InvitationId, Invitations, Name, Registration, UserId};
use sqlx::any::AnyRow;

use crate::{
    Error, Load, Reader, Result, Store, Tx, access, clock, room,
    row::{self, Columns, author},
    site,
    token::LinkToken,
};

/// How long a link is good, in milliseconds.
const LASTS: i64 = 14 * 24 * 60 * 60 * 1_000;

impl Load for Invitations {
    async fn load(&self, reader: &mut Reader) -> Result<Vec<Invitation>> {
        access::manager(&mut **reader, self.viewer).await?;
        // Those that ran out are deleted when the next one is made.
        let rows = sqlx::query(concat!(
            "select i.id, i.code, i.who, i.at, i.expires_at, ",
            author!("u"),
            " from invitations i join users u on u.id = i.by_id order by i.at desc, i.id desc limit $1",
        ))
        .bind(i64::from(Bound::Invitations.most()))
        .fetch_all(&mut **reader)
        .await?;
        rows.iter().map(invitation).collect()
    }
}

fn invitation(row: &AnyRow) -> Result<Invitation> {
    Ok(Invitation {
        invitation: row.parsed("id")?,
        code: row.text("code")?,
        who: row.read("who")?,
        by: row.author()?,
        at: row.millis("at")?,
        until: row.millis("expires_at")?,
    })
}

impl Store {
    /// Invites a person.
    pub async fn invite(&self, manager: UserId, who: Name) -> Result<Changed<InvitationId>> {
        let (invitation, now) = (InvitationId::from_bits(clock::new_bits()), clock::now().0);
        let mut tx = self.begin().await?;
        access::manager(&mut *tx, manager).await?;
        sqlx::query("delete from invitations where expires_at <= $1").bind(now).execute(&mut *tx).await?;
        room::for_one(&mut tx, Bound::Invitations, "").await?;
        sqlx::query("insert into invitations (id, code, who, by_id, at, expires_at) values ($1, $2, $3, $4, $5, $6)")
            .bind(invitation.to_string())
            .bind(LinkToken::make().as_str())
            .bind(who.as_str())
            .bind(manager.to_string())
            .bind(clock::tick().0)
            .bind(now + LASTS)
            .execute(&mut *tx)
            .await?;
        tx.commit(Change::InvitationsChanged, invitation).await
    }

    /// Takes an invitation back.
    pub async fn withdraw_invitation(&self, manager: UserId, invitation: InvitationId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::manager(&mut *tx, manager).await?;
        let found =
            sqlx::query("delete from invitations where id = $1").bind(invitation.to_string()).execute(&mut *tx).await?;
        row::one(&found)?;
        tx.commit(Change::InvitationsChanged, ()).await
    }
}

/// Uses an invitation up, or finds that none is needed. Of two who come with one link, the second is refused.
///
/// # Errors
/// [`Error::NoRegistration`] if one is needed, or none helps; [`Error::LinkIsOver`] if it was used, ran out, or was made
/// up.
pub(crate) async fn admit(tx: &mut Tx, link: Option<&LinkToken>) -> Result<()> {
    match (site::registration(&mut **tx).await?, link) {
        (Registration::Closed, _) => Err(Error::NoRegistration(Registration::Closed)),
        (Registration::Invited, None) => Err(Error::NoRegistration(Registration::Invited)),
        (Registration::Open, None) => Ok(()),
        (Registration::Open | Registration::Invited, Some(link)) => {
            let used = sqlx::query("delete from invitations where code = $1 and expires_at > $2")
                .bind(link.as_str())
                .bind(clock::now().0)
                .execute(&mut **tx)
                .await?;
            if used.rows_affected() == 0 { Err(Error::LinkIsOver) } else { Ok(()) }
        }
    }
}
