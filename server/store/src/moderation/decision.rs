//! Decisions, as the person is told whom they are about, who may answer each of them once.

use domain::{ActId, ActKind, Change, Changed, Decision, Decisions, Grounds, Millis, UserId};
use sqlx::any::AnyRow;

use super::act::{self, NewAct};
use crate::{Load, Reader, Result, Store, row::Columns};

impl Load for Decisions {
    async fn load(&self, reader: &mut Reader) -> Result<Vec<Decision>> {
        let rows = sqlx::query(
            "select a.id, a.at, a.kind, a.thing_kind, a.thing_id, a.title, a.text, a.told, a.until_at,
                    r.told as answer
             from acts a left join acts r on r.answers = a.id
             where a.about_id = $1 and a.kind in ('hide', 'restore', 'suspend', 'ban', 'lift')
             order by a.at desc, a.id desc limit $2",
        )
        .bind(self.viewer.to_string())
        .bind(i64::from(Self::MOST))
        .fetch_all(&mut **reader)
        .await?;
        let decision = |row: &AnyRow| {
            Ok(Decision {
                act: row.parsed("id")?,
                at: row.millis("at")?,
                kind: row.parsed("kind")?,
                what: act::thing(row)?,
                title: row.text("title")?,
                text: row.text("text")?,
                told: row.text("told")?,
                until: row.maybe_number("until_at")?.map(Millis),
                answer: row.maybe_text("answer")?,
            })
        };
        rows.iter().map(decision).collect()
    }
}

impl Store {
    /// Answers a decision about oneself, once.
    pub async fn answer_decision(&self, user: UserId, decision: ActId, text: Grounds) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let row = sqlx::query(
            "select thing_kind, thing_id, title from acts
             where id = $1 and about_id = $2 and kind in ('hide', 'suspend', 'ban')",
        )
        .bind(decision.to_string())
        .bind(user.to_string())
        .fetch_one(&mut *tx)
        .await?;
        let (what, title) = (act::thing(&row)?, row.text("title")?);
        let answer = NewAct::new(ActKind::Answer, user).about(user).telling(&text).answering(decision);
        let answer = match what {
            Some(what) => answer.on_text(what, &title, ""),
            None => answer,
        };
        answer.record(&mut tx).await?;
        tx.commit(Change::Recorded(Some(user)), ()).await
    }
}
