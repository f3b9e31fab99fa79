//! The invalidation log: one row a commit, dense, in commit order (rule 1).

mod append;

use std::collections::HashSet;

use abreast_core::{Audience, CatchUp, Directive, LogId, LogRow, Millis, Nouns, Receipt, Seq, observe::Logged};
use sqlx::{Any, AssertSqlSafe, Executor, Row, any::AnyRow};

pub(crate) use self::append::{Appended, append, beyond, leap};
use crate::{
    App, Database, Engine, Error, Reader, Result, clock,
    nouns::{self, Tag},
    secret::Secret,
};

/// How many rows a catch-up reads at most. A follower that is further behind drops everything instead.
pub(crate) const MAX_CATCH_UP_ROWS: u64 = 5_000;

/// Where the log stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) log: LogId,
    pub(crate) seq: Seq,
}

/// What a node missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Missed<N: Nouns> {
    /// These rows, in order; it is then as far as `head`.
    Rows { head: Seq, rows: Vec<LogRow<N>> },
    /// The log no longer reaches back that far, or further than it pays to read.
    Lost { head: Seq },
    /// Another row stands at the landmark: the log was set back, and has grown past it since.
    Replaced { head: Seq },
}

/// A row of the log that a node committed, or read there. Which one stands at a position is told by its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Landmark {
    pub(crate) seq: Seq,
    pub(crate) at: Millis,
}

impl<N: Nouns> Missed<N> {
    /// The position that proves that the log was set back, if it was, to a node that was told of this one.
    pub(crate) fn proof(&self, told: Seq) -> Option<Seq> {
        match self {
            Self::Rows { head, .. } | Self::Lost { head } => (*head < told).then_some(told),
            Self::Replaced { head } => Some(told.max(head.next())),
        }
    }
}

/// How many rows people are shown, and how many are looked at for those that concern a tag.
const SHOWN: i64 = 30;
const SEARCHED: i64 = 1_000;

/// How many rows are retained: twice as far as a catch-up reads.
const RETAINED: u64 = 2 * MAX_CATCH_UP_ROWS;

impl<A: App> Engine<A> {
    /// Forgets the oldest rows of the log, and says how many went. A follower that had not read them
    /// drops what it holds (rule 8).
    pub async fn trim_log(&self) -> Result<u64, A::Error> {
        let mut writing = self.database.begin_writing().await?;
        let oldest = head(&mut writing).await?.seq.0.saturating_sub(RETAINED);
        let gone =
            sqlx::query("delete from log where seq <= $1").bind(seq_to(Seq(oldest))).execute(&mut writing).await?;
        writing.commit().await?;
        Ok(gone.rows_affected())
    }

    /// The last rows of the log with the names of their Changes, newest first: all, or those that one of
    /// these tags is in. For people: no more than a screen shows, and not from further back than a
    /// thousand rows.
    pub async fn fetch_log(&self, tags: &[Tag<A>]) -> Result<Vec<Logged<nouns::Nouns<A>>>, A::Error> {
        let mut reading = self.database.begin_reading().await?;
        let back = if tags.is_empty() { SHOWN } else { SEARCHED };
        let rows =
            sqlx::query("select seq, at, change, directives, areas, audience from log order by seq desc limit $1")
                .bind(back)
                .fetch_all(&mut *reading)
                .await?;
        let mut shown = vec![];
        for row in &rows {
            // A row of another version is shown by its name.
            let known = log_row(row).ok().map(|row| row.receipt);
            let concerns = |receipt: &Receipt<nouns::Nouns<A>>| {
                receipt.directives.iter().any(|directive| tags.contains(&directive.tag()))
            };
            if tags.is_empty() || known.as_ref().is_some_and(concerns) {
                let receipt = known.map_or_else(|| unknown_row(row), Ok)?;
                shown.push(Logged {
                    change: json(row, "change").as_ref().map_or("unknown".to_owned(), name_of),
                    receipt,
                });
            }
        }
        shown.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
        Ok(shown)
    }

    /// Gives the log another name, so that positions which were handed out before an older state was
    /// restored mean nothing any more. Nodes that run go on with the old one until they are restarted.
    pub async fn rename_log(&self) -> Result<LogId, A::Error> {
        let log = LogId::from_bits(clock::new_bits());
        let mut writing = self.database.begin_writing().await?;
        sqlx::query("update log_head set log = $1, secret = $2")
            .bind(log.to_string())
            .bind(Secret::new_text())
            .execute(&mut writing)
            .await?;
        writing.commit().await?;
        Ok(log)
    }
}

/// Where the log stands: for [`head_of`].
pub(crate) const HEAD: &str = "select log, seq from log_head";

/// Where the log stands, as this transaction sees it.
pub(crate) async fn head(db: impl Executor<'_, Database = Any>) -> Result<Head> {
    head_of(&sqlx::query(HEAD).fetch_one(db).await?)
}

/// The same, from a row that has been read.
pub(crate) fn head_of(row: &AnyRow) -> Result<Head> {
    let log = row.try_get::<String, _>(0)?.parse().map_err(Error::corrupt)?;
    Ok(Head { log, seq: seq_from(row.try_get(1)?)? })
}

/// Everything after `since`: for a node's own follower, which sees it all. Its landmark, if it has one, is looked at in
/// the same statement. One round trip.
pub(crate) async fn missed_since<N: Nouns>(
    database: &Database,
    since: Seq,
    landmark: Option<Landmark>,
) -> Result<Missed<N>> {
    let (reader, rows) = database.begin_reading_with(&missed(since, landmark)).await?;
    missed_of(&rows, reader.as_of(), since, landmark)
}

/// The same in a snapshot that is there.
pub(crate) async fn missed_in<N: Nouns>(reader: &mut Reader, since: Seq) -> Result<Missed<N>> {
    let rows = reader.fetch_all(sqlx::raw_sql(AssertSqlSafe(missed(since, None)))).await?;
    missed_of(&rows, reader.as_of(), since, None)
}

/// The statement for what is missed. Numbers stand in it as they are, because nothing is bound to a first statement.
fn missed(since: Seq, landmark: Option<Landmark>) -> String {
    let (since, landmark) = (seq_to(since), landmark.map_or(-1, |landmark| seq_to(landmark.seq)));
    format!(
        "select (select min(seq) from log) as first, l.seq, l.at, l.directives, l.areas, l.audience
         from log_head h left join log l on (l.seq > {since} or l.seq = {landmark})
              and h.seq - {MAX_CATCH_UP_ROWS} <= {since} order by l.seq"
    )
}

fn missed_of<N: Nouns>(rows: &[AnyRow], head: Seq, since: Seq, landmark: Option<Landmark>) -> Result<Missed<N>> {
    let Some(rows) = reaching_back(rows, since, head)? else { return Ok(Missed::Lost { head }) };
    let mut rows = match rows.iter().map(|row| log_row(row)).collect::<Result<Vec<_>>>() {
        Ok(rows) => rows,
        // What a newer version wrote may have made anything old: to this one the log is lost.
        Err(Error::Corrupt(detail)) => {
            tracing::warn!(%since, %head, %detail, "the log has a row that this version does not know: all is dropped");
            return Ok(Missed::Lost { head });
        }
        Err(error) => return Err(error),
    };
    let another =
        |row: &LogRow<N>| landmark.is_some_and(|mark| mark.seq == row.receipt.seq && mark.at != row.receipt.at);
    if rows.iter().any(another) {
        return Ok(Missed::Replaced { head });
    }
    rows.retain(|row| row.receipt.seq > since);
    Ok(Missed::Rows { head, rows })
}

/// The Changes after `since` as they were written down, in order.
pub(crate) async fn written_since(reader: &mut Reader, since: Seq) -> Result<Vec<String>> {
    let changes = sqlx::query_scalar("select change from log where seq > $1 order by seq").bind(seq_to(since));
    Ok(changes.fetch_all(&mut **reader).await?)
}

/// How far back a node that begins may read: as far as a catch-up does, and the log reaches.
pub(crate) async fn replay_start(reader: &mut Reader) -> Result<Seq> {
    let head = reader.as_of();
    let first: Option<i64> = sqlx::query_scalar("select min(seq) from log").fetch_one(&mut **reader).await?;
    let first = first.map_or(Ok(head.next()), seq_from)?;
    Ok(Seq(first.0.saturating_sub(1).max(head.0.saturating_sub(MAX_CATCH_UP_ROWS))))
}

/// What concerns `tags` after `since` and `viewer` may know.
pub(crate) async fn changes_since<N: Nouns>(
    reader: &mut Reader,
    since: Seq,
    tags: &[N::Tag],
    viewer: Option<N::Viewer>,
) -> Result<CatchUp<N::Tag>> {
    let head = reader.as_of();
    let rows = sqlx::query(
        "select (select min(seq) from log) as first, l.seq, l.directives
         from log_head h left join log l on l.seq > $1 and h.seq - $3 <= $1 and (l.audience is null or l.audience = $2)
         order by l.seq",
    )
    .bind(seq_to(since))
    .bind(viewer.map(|viewer| viewer.to_string()))
    .bind(seq_to(Seq(MAX_CATCH_UP_ROWS)))
    .fetch_all(&mut **reader)
    .await?;
    let Some(rows) = reaching_back(&rows, since, head)? else { return Ok(CatchUp::Lost { head }) };
    // A browser may ask about thousands of tags, over thousands of rows.
    let tags: HashSet<N::Tag> = tags.iter().copied().collect();
    let mut log = vec![];
    for row in rows {
        // What another version wrote may concern any tag.
        let Ok(mut directives) = json::<Vec<Directive<N::Tag>>>(row, "directives") else {
            return Ok(CatchUp::Lost { head });
        };
        directives.retain(|directive| tags.contains(&directive.tag()));
        if !directives.is_empty() {
            log.push((seq_from(row.try_get("seq")?)?, directives));
        }
    }
    Ok(CatchUp::Changes { head, log })
}

/// The rows of the log, if all between `since` and `head` was there to be read, and not too much. Beside each stands the
/// first position that the log has, and beside that alone if there is no row.
fn reaching_back(rows: &[AnyRow], since: Seq, head: Seq) -> Result<Option<Vec<&AnyRow>>> {
    let first: Option<i64> = rows.first().map_or(Ok(None), |row| row.try_get("first"))?;
    if CatchUp::<()>::is_lost(since, first.map(seq_from).transpose()?, head) || head.0 - since.0 > MAX_CATCH_UP_ROWS {
        return Ok(None);
    }
    let mut there = Vec::with_capacity(rows.len());
    for row in rows {
        if row.try_get::<Option<i64>, _>("seq")?.is_some() {
            there.push(row);
        }
    }
    Ok(Some(there))
}

fn log_row<N: Nouns>(row: &AnyRow) -> Result<LogRow<N>> {
    let receipt = Receipt {
        seq: seq_from(row.try_get("seq")?)?,
        at: Millis(row.try_get("at")?),
        directives: json(row, "directives")?,
        areas: json(row, "areas")?,
    };
    let audience = match row.try_get::<Option<String>, _>("audience")? {
        None => Audience::Everyone,
        Some(viewer) => Audience::Only(viewer.parse().map_err(|error| Error::corrupt(format!("audience: {error}")))?),
    };
    Ok(LogRow { receipt, audience })
}

/// What is known of a row that another version wrote.
fn unknown_row<N: Nouns>(row: &AnyRow) -> Result<Receipt<N>> {
    let (seq, at) = (seq_from(row.try_get("seq")?)?, Millis(row.try_get("at")?));
    Ok(Receipt { seq, at, directives: vec![], areas: vec![] })
}

fn json<T: serde::de::DeserializeOwned>(row: &AnyRow, column: &str) -> Result<T> {
    serde_json::from_str(&row.try_get::<String, _>(column)?).map_err(Error::corrupt)
}

/// The name of a Change in the log, whether or not this version still knows it.
fn name_of(change: &serde_json::Value) -> String {
    let named = change.as_object().and_then(|change| change.keys().next().map(String::as_str));
    named.or_else(|| change.as_str()).unwrap_or("unknown").to_owned()
}

fn to_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string().into()))
}

fn seq_from(number: i64) -> Result<Seq> {
    u64::try_from(number).map(Seq).map_err(Error::corrupt)
}

pub(crate) fn seq_to(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}
