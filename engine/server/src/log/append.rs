//! The log grows: by the Change of each commit, in its transaction; and by a leap, if it had been set back.

use abreast_core::{Audience, Receipt, Seq};

use super::{seq_from, seq_to, to_json};
use crate::{
    App, Result, Writing, clock,
    database::Kind,
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
pub(crate) async fn append<A: App>(tx: &mut Writing, kind: Kind, change: &A::Change, told: Seq) -> Result<Appended<A>> {
    let mut has_leapt = false;
    loop {
        if let Some(row) = append_after::<A>(tx, kind, change, told).await? {
            return Ok(Appended { row, has_leapt });
        }
        // The next one has been handed out before.
        has_leapt |= leap::<A>(tx, told.next()).await?;
    }
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
    write_down::<A>(tx, WRITE_DOWN, beyond, &A::set_back()).await?;
    Ok(true)
}

/// Where a log goes on that handed out `told` and no longer knows it.
pub(crate) fn beyond(told: Seq) -> Seq {
    Seq(told.0.saturating_add(LEAP).max(clock::now().0.unsigned_abs()))
}

const WRITE_DOWN: &str =
    "insert into log (seq, at, change, directives, areas, audience) values ($1, $2, $3, $4, $5, $6) returning seq";

/// Both in one round trip: other writers wait for the head as long as that and the commit take.
const TAKE_AND_WRITE_DOWN: &str = "with next as (update log_head set seq = seq + 1 where seq >= $1 returning seq)
     insert into log (seq, at, change, directives, areas, audience) select seq, $2, $3, $4, $5, $6 from next
     returning seq";

/// At the next position, if it lies beyond `told`.
async fn append_after<A: App>(
    tx: &mut Writing,
    kind: Kind,
    change: &A::Change,
    told: Seq,
) -> Result<Option<LogRow<A>>> {
    match kind {
        Kind::Sqlite => {
            let next = sqlx::query_scalar("update log_head set seq = seq + 1 where seq >= $1 returning seq");
            match next.bind(seq_to(told)).fetch_optional(&mut *tx).await? {
                None => Ok(None),
                Some(seq) => write_down::<A>(tx, WRITE_DOWN, seq_from(seq)?, change).await,
            }
        }
        Kind::Postgres => write_down::<A>(tx, TAKE_AND_WRITE_DOWN, told, change).await,
    }
}

async fn write_down<A: App>(
    tx: &mut Writing,
    statement: &'static str,
    seq: Seq,
    change: &A::Change,
) -> Result<Option<LogRow<A>>> {
    let mut receipt = Receipt { seq, at: clock::now(), directives: distinct::<A>(change), areas: A::areas(change) };
    let audience = A::audience(change);
    let written = sqlx::query_scalar(statement)
        .bind(seq_to(seq))
        .bind(receipt.at.0)
        .bind(to_json(change)?)
        .bind(to_json(&receipt.directives)?)
        .bind(to_json(&receipt.areas)?)
        .bind(match audience {
            Audience::Everyone => None,
            Audience::Only(viewer) => Some(viewer.to_string()),
        })
        .fetch_optional(tx)
        .await?;
    let Some(seq) = written else { return Ok(None) };
    receipt.seq = seq_from(seq)?;
    Ok(Some(LogRow::<A> { receipt, audience }))
}

fn distinct<A: App>(change: &A::Change) -> Vec<Directive<A>> {
    let mut directives = A::directives(change);
    directives.sort_unstable();
    directives.dedup();
    directives
}
