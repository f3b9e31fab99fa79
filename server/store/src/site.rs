//! How the place is run, and what it says of itself: one row, which managers write.

use domain::{Change, Changed, Registration, Rev, Site, SiteDraft, SitePage, SiteSettings, UserId};
use sqlx::{Any, Executor};

use crate::{
    Load, Reader, Result, Store, access,
    row::{self, Columns},
};

impl Load for Site {
    async fn load(&self, reader: &mut Reader) -> Result<SiteSettings> {
        let row = sqlx::query("select registration, about, rules, rev from site").fetch_optional(&mut **reader).await?;
        let Some(row) = row else { return Ok(SiteSettings::default()) };
        Ok(SiteSettings {
            registration: row.parsed("registration")?,
            about: SitePage::of(row.read("about")?),
            rules: SitePage::of(row.read("rules")?),
            rev: row.rev("rev")?,
        })
    }
}

impl Store {
    /// Saves what a manager decided about the place. Refused if it was saved since the draft's base.
    pub async fn save_site(&self, manager: UserId, draft: SiteDraft) -> Result<Changed<Rev>> {
        let mut tx = self.begin().await?;
        access::manager(&mut *tx, manager).await?;
        let rev: Option<i64> = sqlx::query_scalar(
            "insert into site (id, registration, about, rules, rev) values (1, $1, $2, $3, 1)
             on conflict (id) do update set registration = excluded.registration, about = excluded.about,
                    rules = excluded.rules, rev = site.rev + 1 where site.rev = $4 returning rev",
        )
        .bind(draft.registration.slug())
        .bind(draft.about.as_str())
        .bind(draft.rules.as_str())
        .bind(draft.base.0)
        .fetch_optional(&mut *tx)
        .await?;
        // By the names of the form's fields.
        let current = sqlx::query("select about as about_text, rules as rules_text, rev from site");
        let rev = row::saved_over(&mut tx, rev, current, &["about_text", "rules_text"]).await?;
        tx.commit(Change::SiteSaved, rev).await
    }
}

/// Who may make an account.
pub(crate) async fn registration(db: impl Executor<'_, Database = Any>) -> Result<Registration> {
    let row = sqlx::query("select registration from site").fetch_optional(db).await?;
    row.map_or(Ok(Registration::Open), |row| row.parsed("registration"))
}
