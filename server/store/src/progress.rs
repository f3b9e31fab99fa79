//! What an author wrote when, and how much they mean to.

use domain::{Change, Changed, MyProgress, Progress, ScenePath, StoryId, UserId, WordGoal, Written};
use sqlx::AnyConnection;

use crate::{Load, Reader, Result, Store, Writing, access, clock, row::Columns};

/// For how many quarters of an hour it is told what was written: two weeks, and a day on which clocks are put back.
const TOLD: i64 = 15 * 96;

impl Load for MyProgress {
    async fn load(&self, reader: &mut Reader) -> Result<Progress> {
        let day_goal = sqlx::query("select day_goal from users where id = $1")
            .bind(self.viewer.to_string())
            .fetch_one(&mut **reader)
            .await?
            .word_goal("day_goal")?;
        let written = written(reader, self.viewer, Written::quarter_of(clock::now()) - TOLD).await?;
        Ok(Progress { day_goal, written })
    }
}

impl Store {
    /// Sets how many words an author means to write a day, and how many a story of theirs is to have.
    pub async fn save_goals(
        &self,
        author: UserId,
        story: StoryId,
        day: WordGoal,
        whole: WordGoal,
    ) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        // The account's row first, as whoever leaves takes them.
        sqlx::query("update users set day_goal = $1 where id = $2")
            .bind(stored(day))
            .bind(author.to_string())
            .execute(&mut *tx)
            .await?;
        let (at, _) = access::story(&mut tx, author, story).await?;
        sqlx::query("update stories set word_goal = $1 where id = $2")
            .bind(stored(whole))
            .bind(story.to_string())
            .execute(&mut *tx)
            .await?;
        tx.commit(Change::GoalsSaved(at), ()).await
    }
}

/// What was written since a quarter of an hour, the newest first.
pub(crate) async fn written(db: &mut AnyConnection, author: UserId, since: i64) -> Result<Vec<Written>> {
    let rows = sqlx::query(
        "select quarter, words from words_written where user_id = $1 and quarter > $2 order by quarter desc",
    )
    .bind(author.to_string())
    .bind(since)
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Ok(Written { quarter: row.number("quarter")?, words: row.number("words")? })).collect()
}

/// A goal as its column has it.
fn stored(goal: WordGoal) -> i64 {
    goal.words().unwrap_or(0).into()
}

/// A scene had so many words at its author's desk, typed or saved, and has so many now.
pub(crate) async fn count(db: &mut Writing, at: ScenePath, before: u32, after: u32) -> Result<()> {
    if before == after {
        return Ok(());
    }
    sqlx::query(
        "insert into words_written (user_id, quarter, words) values ($1, $2, $3)
         on conflict (user_id, quarter) do update set words = words_written.words + excluded.words",
    )
    .bind(at.author.to_string())
    .bind(Written::quarter_of(clock::now()))
    .bind(i64::from(after) - i64::from(before))
    .execute(db)
    .await?;
    Ok(())
}
