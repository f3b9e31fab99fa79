//! Closed threads: nothing more is said below their posts.

use domain::{ActKind, Change, Changed, Note, PostId, Reportable, UserId};

use super::{act::NewAct, thing};
use crate::{Result, Store, access, row::Columns};

impl Store {
    /// Closes a thread, or opens it again. What was said stays.
    pub async fn lock_thread(&self, manager: UserId, post: PostId, locked: bool, note: Note) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::manager(&mut *tx, manager).await?;
        let seen = thing::reported(&mut tx, Reportable::Post(post)).await?;
        let author = sqlx::query("update posts set locked = $1 where id = $2 returning author_id")
            .bind(i64::from(locked))
            .bind(post.to_string())
            .fetch_one(&mut *tx)
            .await?
            .parsed("author_id")?;
        let kind = if locked { ActKind::Lock } else { ActKind::Unlock };
        let act = NewAct::new(kind, manager).about(author).on(Reportable::Post(post), &seen).noting(&note);
        act.record(&mut tx).await?;
        tx.commit(Change::ThreadLocked(post), ()).await
    }
}
