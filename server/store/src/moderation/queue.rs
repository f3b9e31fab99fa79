//! The queue: what was reported and not decided, and what is in force.

use domain::{BarredPerson, Case, HiddenThing, Millis, ModerationQueue, OpenCases, PostId, Report, Reportable};
use sqlx::any::AnyRow;

use super::act;
use crate::{
    Error, Load, Reader, Result, access,
    row::{Columns, author},
};

impl Load for ModerationQueue {
    async fn load(&self, reader: &mut Reader) -> Result<OpenCases> {
        access::manager(&mut **reader, self.viewer).await?;
        let rows = sqlx::query(
            "select kind as thing_kind, thing_id, count(*) as reports from reports where closed_at is null
             group by kind, thing_id order by min(at), kind, thing_id limit $1 offset $2",
        )
        .bind(i64::from(Self::CASES) + 1)
        .bind(i64::from(self.page) * i64::from(Self::CASES))
        .fetch_all(&mut **reader)
        .await?;
        let page = usize::try_from(Self::CASES).unwrap_or(usize::MAX);
        let mut cases = Vec::with_capacity(page);
        for row in rows.iter().take(page) {
            let what = act::thing(row)?.ok_or(Error::NotFound)?;
            cases.push(case(reader, what, row.count("reports")?).await?);
        }
        Ok(OpenCases { cases, more: rows.len() > page, hidden: hidden(reader).await?, barred: barred(reader).await? })
    }
}

async fn case(reader: &mut Reader, what: Reportable, count: u32) -> Result<Case> {
    let last = sqlx::query(concat!(
        "select ",
        author!("u"),
        ", r.path, r.post_id, r.title, r.text
         from reports r join users u on u.id = r.author_id
         where r.kind = $1 and r.thing_id = $2 and r.closed_at is null order by r.at desc limit 1",
    ))
    .bind(what.noun())
    .bind(what.id())
    .fetch_one(&mut **reader)
    .await?;
    let rows = sqlx::query(concat!(
        "select ",
        author!("u"),
        ", r.reason, r.words, r.at
         from reports r join users u on u.id = r.reporter_id
         where r.kind = $1 and r.thing_id = $2 and r.closed_at is null order by r.at limit $3",
    ))
    .bind(what.noun())
    .bind(what.id())
    .bind(i64::from(ModerationQueue::MOST))
    .fetch_all(&mut **reader)
    .await?;
    let report = |row: &AnyRow| {
        let (by, reason, words) = (row.author()?, row.parsed("reason")?, row.read("words")?);
        Ok(Report { by, reason, words, at: row.millis("at")? })
    };
    let author = last.author()?;
    let post: Option<PostId> = last.maybe_parsed("post_id")?;
    Ok(Case {
        what,
        at: last.text("path")?,
        title: last.text("title")?,
        text: last.text("text")?,
        before: act::before(reader, what, author.user, ModerationQueue::BEFORE).await?,
        author,
        reports: rows.iter().map(report).collect::<Result<_>>()?,
        count,
        locked: match post {
            Some(post) => is_locked(reader, post).await?,
            None => false,
        },
        post,
    })
}

/// What was done last: the record says it also of a post that is gone.
async fn is_locked(reader: &mut Reader, post: PostId) -> Result<bool> {
    let last: Option<String> = sqlx::query_scalar(
        "select kind from acts where thing_kind = 'post' and thing_id = $1 and kind in ('lock', 'unlock')
         order by at desc, id desc limit 1",
    )
    .bind(post.to_string())
    .fetch_optional(&mut **reader)
    .await?;
    Ok(last.as_deref() == Some("lock"))
}

async fn hidden(reader: &mut Reader) -> Result<Vec<HiddenThing>> {
    let rows = sqlx::query(concat!(
        "select h.kind as thing_kind, h.thing_id, h.title, h.text, h.at, ",
        author!("u"),
        " from hidden h join users u on u.id = h.author_id order by h.at desc, h.kind, h.thing_id limit $1",
    ))
    .bind(i64::from(ModerationQueue::MOST))
    .fetch_all(&mut **reader)
    .await?;
    let hidden = |row: &AnyRow| {
        Ok(HiddenThing {
            what: act::thing(row)?.ok_or(Error::NotFound)?,
            title: row.text("title")?,
            text: row.text("text")?,
            author: row.author()?,
            since: row.millis("at")?,
        })
    };
    rows.iter().map(hidden).collect()
}

async fn barred(reader: &mut Reader) -> Result<Vec<BarredPerson>> {
    let rows = sqlx::query(concat!(
        "select ",
        author!("u"),
        ", u.suspended_until, u.banned_at from users u
         where u.banned_at is not null or u.suspended_until is not null
         order by coalesce(u.banned_at, u.suspended_until) desc, u.id limit $1",
    ))
    .bind(i64::from(ModerationQueue::MOST))
    .fetch_all(&mut **reader)
    .await?;
    let barred = |row: &AnyRow| {
        let until = match row.maybe_number("banned_at")? {
            Some(_) => None,
            None => row.maybe_number("suspended_until")?.map(Millis),
        };
        Ok(BarredPerson { person: row.author()?, until })
    };
    rows.iter().map(barred).collect()
}
