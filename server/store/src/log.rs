//! The invalidation log: one row a commit, dense, in commit order (rule 1).

use domain::{Audience, CatchUp, Change, Directive, LogId, Receipt, Seq, Tag, UserId};
use sqlx::{Any, Row, Transaction};

use crate::{Error, Result, clock};

/// How many rows a catch-up reads at most. Whoever is further behind drops everything instead.
const FURTHEST: u64 = 5_000;

/// Where the log stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) log: LogId,
    pub(crate) seq: Seq,
}

/// Takes the next position and writes the Change down. Last thing before the commit: the row lock
/// on the head is what makes commit order and log order one.
pub(crate) async fn append(tx: &mut Transaction<'static, Any>, change: &Change) -> Result<Receipt> {
    let seq: i64 = sqlx::query_scalar("update log_head set seq = seq + 1 returning seq").fetch_one(&mut **tx).await?;
    let receipt =
        Receipt { seq: seq_from(seq)?, at: clock::now(), directives: distinct(change), areas: change.areas() };
    let audience = match change.audience() {
        Audience::Everyone => None,
        Audience::Only(user) => Some(user.to_string()),
    };
    sqlx::query("insert into log (seq, at, change, directives, areas, audience) values ($1, $2, $3, $4, $5, $6)")
        .bind(seq)
        .bind(receipt.at.0)
        .bind(to_json(change)?)
        .bind(to_json(&receipt.directives)?)
        .bind(to_json(&receipt.areas)?)
        .bind(audience)
        .execute(&mut **tx)
        .await?;
    Ok(receipt)
}

/// Where the log stands, as this transaction sees it.
pub(crate) async fn head(tx: &mut Transaction<'static, Any>) -> Result<Head> {
    let row = sqlx::query("select log, seq from log_head").fetch_one(&mut **tx).await?;
    let log = row.try_get::<String, _>(0)?.parse().map_err(Error::corrupt)?;
    Ok(Head { log, seq: seq_from(row.try_get(1)?)? })
}

/// Everything after `since`: for a node's own follower, which sees it all.
pub(crate) async fn everything_since(tx: &mut Transaction<'static, Any>, since: Seq) -> Result<CatchUp> {
    let head = head(tx).await?.seq;
    let rows = sqlx::query("select seq, directives from log where seq > $1 order by seq")
        .bind(seq_to(since))
        .fetch_all(&mut **tx)
        .await?;
    catch_up(since, head, first(tx).await?, &rows, |_| true)
}

/// What concerns `tags` after `since` and `viewer` may know.
pub(crate) async fn changes_since(
    tx: &mut Transaction<'static, Any>,
    since: Seq,
    tags: &[Tag],
    viewer: Option<UserId>,
) -> Result<CatchUp> {
    let head = head(tx).await?.seq;
    if head.0.saturating_sub(since.0) > FURTHEST {
        return Ok(CatchUp::Lost { head });
    }
    let rows = sqlx::query(
        "select seq, directives from log where seq > $1 and (audience is null or audience = $2) order by seq",
    )
    .bind(seq_to(since))
    .bind(viewer.map(|viewer| viewer.to_string()))
    .fetch_all(&mut **tx)
    .await?;
    catch_up(since, head, first(tx).await?, &rows, |directive| tags.contains(&directive.tag()))
}

/// The first position that is still retained.
async fn first(tx: &mut Transaction<'static, Any>) -> Result<Option<Seq>> {
    let first: Option<i64> = sqlx::query_scalar("select min(seq) from log").fetch_one(&mut **tx).await?;
    first.map(seq_from).transpose()
}

fn catch_up(
    since: Seq,
    head: Seq,
    first: Option<Seq>,
    rows: &[sqlx::any::AnyRow],
    concerns: impl Fn(&Directive) -> bool,
) -> Result<CatchUp> {
    // The rows are dense: if the first is not the next one, the log was trimmed above the asker.
    let trimmed = first.is_some_and(|first| first > since.next());
    // A position beyond the head belongs to a log that is no more.
    if trimmed || since > head {
        return Ok(CatchUp::Lost { head });
    }
    let mut log = vec![];
    for row in rows {
        let mut directives: Vec<Directive> = serde_json::from_str(row.try_get(1)?).map_err(Error::corrupt)?;
        directives.retain(&concerns);
        if !directives.is_empty() {
            log.push((seq_from(row.try_get(0)?)?, directives));
        }
    }
    Ok(CatchUp::Changes { head, log })
}

fn distinct(change: &Change) -> Vec<Directive> {
    let mut directives = change.directives();
    directives.sort_unstable();
    directives.dedup();
    directives
}

fn to_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string().into()))
}

fn seq_from(number: i64) -> Result<Seq> {
    u64::try_from(number).map(Seq).map_err(Error::corrupt)
}

fn seq_to(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}
