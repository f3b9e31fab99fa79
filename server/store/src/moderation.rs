//! Moderation: what people report, and what managers do about it. Each act is a row of the record, written in the
//! transaction that does it. Only managers find any of it.

mod thing;
mod report;
pub(crate) mod hiding;
pub(crate) mod standing;
mod thread_lock;
mod act;
mod queue;
mod decision;

use domain::{Change, Changed, Note, Reportable, UserId};

pub(crate) use self::act::NewAct;
use crate::{Result, Store, access};

impl Store {
    /// Closes all open reports of a thing, which stays as it is.
    pub async fn dismiss_reports(&self, manager: UserId, what: Reportable, note: Note) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::manager(&mut *tx, manager).await?;
        let seen = thing::reported(&mut tx, what).await?;
        report::close(&mut tx, what).await?;
        let act = NewAct::new(domain::ActKind::Dismiss, manager).on(what, &seen).noting(&note);
        act.record(&mut tx).await?;
        tx.commit(Change::Recorded(None), ()).await
    }
}
