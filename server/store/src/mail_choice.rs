//! When a person gets what is new in their inbox by mail, and what has gone out by now.

use domain::{Change, Changed, Email, Inbox, MailChoice, Millis, MyMail, Name, News, Notices, Seq, UserId};

use crate::{Load, MailKind, Reader, Result, Store, access, clock, outbox, row::Columns, token};

/// A day, in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// What is new for a person who wants to be told by mail.
#[derive(Debug)]
pub struct NewsMail {
    user: UserId,
    /// What they are called.
    pub name: Name,
    /// What the link holds by which they want no more mails.
    pub code: String,
    /// What is new, the newest first.
    pub news: Vec<News>,
    /// When the newest of it happened.
    up_to: Millis,
}

impl Load for MyMail {
    async fn load(&self, reader: &mut Reader) -> Result<MailChoice> {
        let row = sqlx::query("select choice from mail_choices where user_id = $1")
            .bind(self.viewer.to_string())
            .fetch_optional(&mut **reader)
            .await?;
        row.map_or(Ok(MailChoice::Never), |row| row.parsed("choice"))
    }
}

impl Store {
    /// Has a person told by mail from now on, or no longer.
    pub async fn choose_mail(&self, user: UserId, choice: MailChoice) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::role(&mut tx, user).await?;
        sqlx::query(
            "insert into mail_choices (user_id, choice, code) values ($1, $2, $3)
             on conflict (user_id) do update set choice = excluded.choice",
        )
        .bind(user.to_string())
        .bind(choice.slug())
        .bind(token::random())
        .execute(&mut *tx)
        .await?;
        // What is in the inbox by now is no news.
        sqlx::query(
            "insert into mailed_notices (user_id, told_to, mailed_at) values ($1, $2, $2)
             on conflict (user_id) do update set told_to = excluded.told_to",
        )
        .bind(user.to_string())
        .bind(clock::now().0)
        .execute(&mut *tx)
        .await?;
        tx.commit(Change::MailChosen(user), ()).await
    }

    /// Ends a person's mails, by the link that is in each. A made-up code ends none.
    pub async fn stop_mail(&self, code: &str) -> Result<()> {
        // Strangers may ask this: a made-up code costs no write.
        let is_there: i64 = sqlx::query_scalar("select count(*) from mail_choices where code = $1")
            .bind(code)
            .fetch_one(&mut *self.database.begin_reading().await?)
            .await?;
        if is_there == 0 {
            return Ok(());
        }
        let mut tx = self.begin_each_time().await?;
        let stopped =
            sqlx::query("update mail_choices set choice = $1 where code = $2 and choice <> $1 returning user_id")
                .bind(MailChoice::Never.slug())
                .bind(code)
                .fetch_optional(&mut *tx)
                .await?;
        match stopped {
            Some(row) => tx.commit(Change::MailChosen(row.parsed("user_id")?), ()).await.map(drop),
            None => Ok(()),
        }
    }

    /// Puts a mail into the outbox for each person who has news, is due, and has none waiting there. Says for how many. Their inboxes are read
    /// through the cache: of a thousand, those are read again that changed.
    pub async fn queue_news(&self) -> Result<u64> {
        let now = clock::now().0;
        let due = sqlx::query(
            "select m.user_id, u.email, n.told_to from mail_choices m
                  join users u on u.id = m.user_id join mailed_notices n on n.user_id = m.user_id
             where u.banned_at is null and (m.choice = $1 or (m.choice = $2 and n.mailed_at <= $3))
                   and not exists (select 1 from outbox o where o.kind = $4 and o.recipient = u.email
                                   and (o.sent_at is null or o.sent_at > $5))
             order by m.user_id",
        )
        .bind(MailChoice::AtOnce.slug())
        .bind(MailChoice::Daily.slug())
        .bind(now - DAY)
        .bind(MailKind::News.slug())
        .bind(now - outbox::ONCE_IN)
        .fetch_all(&mut *self.database.begin_reading().await?)
        .await?;
        let mut queued = 0;
        for row in &due {
            let (user, told_to) = (row.parsed("user_id")?, row.millis("told_to")?);
            let inbox = self.fetch(&Inbox { viewer: user }, Seq::ZERO).await?.entry;
            if new_in(&inbox.value, told_to).is_empty() {
                continue;
            }
            let to = Email::parse(&row.text("email")?).map_err(crate::Error::corrupt)?;
            let mut writing = self.database.begin_writing().await?;
            outbox::put(&mut writing, MailKind::News, &to).await?;
            writing.commit().await?;
            queued += 1;
        }
        Ok(queued)
    }

    /// What is new for the person with this address, as it is now; `None` if there is nothing, or they want no mails.
    pub async fn find_news(&self, email: &Email) -> Result<Option<NewsMail>> {
        let row = sqlx::query(
            "select u.id, u.name, m.code, n.told_to from users u
                  join mail_choices m on m.user_id = u.id join mailed_notices n on n.user_id = u.id
             where u.email = $1 and u.banned_at is null and m.choice <> $2",
        )
        .bind(email.as_str())
        .bind(MailChoice::Never.slug())
        .fetch_optional(&mut *self.database.begin_reading().await?)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let user = row.parsed("id")?;
        let inbox = self.load(&Inbox { viewer: user }).await?;
        let news = new_in(&inbox.value, row.millis("told_to")?);
        let Some(&(up_to, _)) = news.first() else { return Ok(None) };
        let news = news.into_iter().map(|(_, news)| news).collect();
        Ok(Some(NewsMail { user, name: row.read("name")?, code: row.text("code")?, news, up_to }))
    }

    /// Notes what a person was told by mail.
    pub async fn news_sent(&self, mail: &NewsMail) -> Result<()> {
        let mut writing = self.database.begin_writing().await?;
        sqlx::query("update mailed_notices set told_to = $1, mailed_at = $2 where user_id = $3")
            .bind(mail.up_to.0)
            .bind(clock::now().0)
            .bind(mail.user.to_string())
            .execute(&mut writing)
            .await?;
        Ok(writing.commit().await?)
    }
}

/// What its owner has not read and was not told, the newest first.
fn new_in(inbox: &Notices, told_to: Millis) -> Vec<(Millis, News)> {
    let new = inbox.notices.iter().filter(|notice| !notice.read && notice.at > told_to);
    new.map(|notice| (notice.at, notice.news.clone())).collect()
}
