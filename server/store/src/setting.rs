//! Settings: somewhere in a story, and what it is like.

use domain::{Bound, Change, Changed, Name, Note, Rev, SettingId, StoryId, UserId};

use crate::{Result, Store, access, clock, room, row};

impl Store {
    /// Notes somewhere new in a story.
    pub async fn add_setting(
        &self,
        author: UserId,
        story: StoryId,
        name: Name,
        description: Note,
    ) -> Result<Changed<SettingId>> {
        let mut tx = self.begin().await?;
        let at = access::notebook(&mut *tx, author, story).await?;
        room::for_one(&mut tx, Bound::Settings, story).await?;
        let setting = SettingId::from_bits(clock::new_bits());
        sqlx::query("insert into settings (id, story_id, name, description) values ($1, $2, $3, $4)")
            .bind(setting.to_string())
            .bind(story.to_string())
            .bind(name.as_str())
            .bind(description.as_str())
            .execute(&mut *tx)
            .await?;
        tx.commit(Change::SettingAdded(at, setting), setting).await
    }

    /// Saves a setting's name and description. Refused when somebody saved since `base`.
    pub async fn save_setting(
        &self,
        author: UserId,
        setting: SettingId,
        name: Name,
        description: Note,
        base: Rev,
    ) -> Result<Changed<Rev>> {
        let mut tx = self.begin().await?;
        let at = access::setting(&mut tx, author, setting).await?;
        let rev: Option<i64> = sqlx::query_scalar(
            "update settings set name = $1, description = $2, rev = rev + 1 where id = $3 and rev = $4 returning rev",
        )
        .bind(name.as_str())
        .bind(description.as_str())
        .bind(setting.to_string())
        .bind(base.0)
        .fetch_optional(&mut *tx)
        .await?;
        let current =
            sqlx::query("select rev, name, description from settings where id = $1").bind(setting.to_string());
        let rev = row::saved_over(&mut tx, rev, current, &["name", "description"]).await?;
        tx.commit(Change::SettingSaved(at, setting), rev).await
    }

    /// Deletes a setting.
    pub async fn delete_setting(&self, author: UserId, setting: SettingId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let at = access::setting(&mut tx, author, setting).await?;
        sqlx::query("delete from settings where id = $1").bind(setting.to_string()).execute(&mut *tx).await?;
        tx.commit(Change::SettingDeleted(at, setting), ()).await
    }
}
