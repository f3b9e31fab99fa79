//! The log grows: by the Change of each commit, in its transaction; and by a leap, if it had been set back.

use abreast_core::{Audience, Receipt, Seq};

use super::{seq_from, seq_to, to_json};
use crate::{
    App, Result, Writing, clock,
    nouns::{Directive, LogRow},
};

/// How far the log goes on beyond the positions that were lost: more than can have been handed out until it was found
/// out, and further than any follower reads, so that each drops everything (rule 8). The position is also no less than
/// the time in milliseconds, so that a second leap, of a node that was told less, does not end among the positions of
/// the first.
const LEAP: u64 = 1_000_000;

/// What became of the log.
pub(crate) struct Appended<A: App> {
    pub(crate) row: LogRow<A>,
    /// The log had been set back, and goes on beyond all that was handed out.
    pub(crate) has_leapt: bool,
}

/// Takes the next position and writes the Change down. Last thing before the commit: the row lock
/// on the head is what makes commit order and log order one. `told` is a position that the log has handed out.
pub(crate) async fn append<A: App>(tx: &mut Writing, change: &A::Change, told: Seq) -> Result<Appended<A>> {
    let mut seq = next(tx).await?;
    // It has been handed out before.
    let has_leapt = seq <= told && leap::<A>(tx, told.next()).await?;
    if has_leapt {
        seq = next(tx).await?;
    }
    Ok(Appended { row: write_down::<A>(tx, seq, change).await?, has_leapt })
}

/// Has the log go on far beyond `told`, which it handed out and no longer reaches: an older state of the database
/// took the place of one that had gone further. False if it reaches that far, or does so by now.
pub(crate) async fn leap<A: App>(tx: &mut Writing, told: Seq) -> Result<bool> {
    let beyond = beyond(told);
    let leapt = sqlx::query("update log_head set seq = $1 where seq < $2")
        .bind(seq_to(beyond))
        .bind(seq_to(told))
        .execute(&mut *tx)
        .await?;
    if leapt.rows_affected() == 0 {
        return Ok(false);
    }
    write_down::<A>(tx, beyond, &A::set_back()).await?;
    Ok(true)
}

/// Where a log goes on that handed out `told` and no longer knows it.
pub(crate) fn beyond(told: Seq) -> Seq {
    Seq(told.0.saturating_add(LEAP).max(clock::now().0.unsigned_abs()))
}

async fn next(tx: &mut Writing) -> Result<Seq> {
    let seq = sqlx::query_scalar("update log_head set seq = seq + 1 returning seq").fetch_one(tx).await?;
    seq_from(seq)
}

async fn write_down<A: App>(tx: &mut Writing, seq: Seq, change: &A::Change) -> Result<LogRow<A>> {
    let receipt = Receipt { seq, at: clock::now(), directives: distinct::<A>(change), areas: A::areas(change) };
    let audience = A::audience(change);
    sqlx::query("insert into log (seq, at, change, directives, areas, audience) values ($1, $2, $3, $4, $5, $6)")
        .bind(seq_to(seq))
        .bind(receipt.at.0)
        .bind(to_json(change)?)
        .bind(to_json(&receipt.directives)?)
        .bind(to_json(&receipt.areas)?)
        .bind(match audience {
            Audience::Everyone => None,
            Audience::Only(viewer) => Some(viewer.to_string()),
        })
        .execute(tx)
        .await?;
    Ok(LogRow::<A> { receipt, audience })
}

fn distinct<A: App>(change: &A::Change) -> Vec<Directive<A>> {
    let mut directives = A::directives(change);
    directives.sort_unstable();
    directives.dedup();
    directives
}
