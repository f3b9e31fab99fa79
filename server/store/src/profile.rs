//! Profiles: what a person says of themselves, and where.

use domain::{Change, Changed, MyProfile, OwnProfile, ProfileDraft, Rev, UserId};

use crate::{
    Load, Reader, Result, Store, access, handle,
    row::{self, Columns},
};

impl Load for MyProfile {
    async fn load(&self, reader: &mut Reader) -> Result<OwnProfile> {
        let row =
            sqlx::query("select coalesce(handle, id) as handle, bio, profile_rev as rev from users where id = $1")
                .bind(self.viewer.to_string())
                .fetch_one(&mut **reader)
                .await?;
        Ok(OwnProfile { handle: row.parsed("handle")?, bio: row.read("bio")?, rev: row.rev("rev")? })
    }
}

impl Store {
    /// Saves what a person says of themselves, and their handle. Refused if it was saved since the draft's base, or the
    /// handle is or was another person's.
    pub async fn save_profile(&self, user: UserId, draft: ProfileDraft) -> Result<Changed<Rev>> {
        let mut tx = self.begin().await?;
        access::role(&mut tx, user).await?;
        let rev: Option<i64> = sqlx::query_scalar(
            "update users set bio = $1, profile_rev = profile_rev + 1 where id = $2 and profile_rev = $3
             returning profile_rev",
        )
        .bind(draft.bio.as_str())
        .bind(user.to_string())
        .bind(draft.base.0)
        .fetch_optional(&mut *tx)
        .await?;
        let current =
            sqlx::query("select coalesce(handle, id) as handle, bio, profile_rev as rev from users where id = $1")
                .bind(user.to_string());
        let rev = row::saved_over(&mut tx, rev, current, &["handle", "bio"]).await?;
        handle::take(&mut tx, user, draft.handle).await?;
        tx.commit(Change::ProfileSaved(user), rev).await
    }
}
