//! An inbox: notices are no rows of their own. They are read from what is so, so that there is one of each release,
//! and none of what was taken back.

use domain::{Change, Changed, Inbox, Millis, News, Notice, Notices, UserId};
use sqlx::any::AnyRow;

use crate::{
    Load, Reader, Result, Store, access, clock,
    row::{Columns, author},
};

/// That the viewer neither mutes nor blocks this person: a condition about the row of users that is called `u`.
macro_rules! heard {
    () => {
        "not exists (select 1 from silences q where q.by_id = $1 and q.user_id = u.id)"
    };
}

/// The chapters that went out at one moment in one story are one release, of which the first chapter is named. It is
/// news to those who followed the story or its author before.
const RELEASES: &str = concat!(
    "
    with followed (story_id, since) as (
        select story_id, min(since) from (
            select story_id, since from followed_stories where user_id = $1
            union all
            select s.id, f.since from followed_authors f join stories s on s.author_id = f.author_id
            where f.user_id = $1
        ) each_way group by story_id
    ), released (id, story_id, title, at, place, chapters) as (
        select c.id, c.story_id, c.title, c.first_published_at,
               row_number() over (
                   partition by c.story_id, c.first_published_at order by p.position, p.id, c.position, c.id
               ),
               count(*) over (partition by c.story_id, c.first_published_at)
        from followed f join chapters c on c.story_id = f.story_id join parts p on p.id = c.part_id
        where c.published = 1 and c.first_published_at >= f.since
    )
    select r.id, r.story_id, r.title as heading, r.at, r.chapters, s.title, ",
    author!("u"),
    " from released r join stories s on s.id = r.story_id join users u on u.id = s.author_id
    where r.place = 1 and s.published_at is not null and ",
    heard!(),
    " order by r.at desc, r.id limit $2"
);

/// Answers to what a person said: to their comments, and to their posts where they answer no comment. From the person on,
/// so that no other comment of the library is read.
const REPLIES: &str = concat!(
    "
    with answers (id) as (
        select c.id from comments up join comments c on c.parent_id = up.id where up.author_id = $1
        union all
        select c.id from posts p join comments c on c.post_id = p.id where p.author_id = $1 and c.parent_id is null
    )
    select c.id, c.post_id, c.created_at as at, c.parent_id, ",
    author!("u"),
    " from answers a cross join comments c join posts p on p.id = c.post_id join users u on u.id = c.author_id
    where c.id = a.id and c.deleted = 0 and c.hidden = 0 and p.hidden = 0 and c.author_id <> $1 and ",
    heard!(),
    " order by c.created_at desc, c.id limit $2"
);

/// One of each text, by whichever handles; none of who is told of an answer already.
const MENTIONS: &str = concat!(
    "select m.post_id, m.comment_id, m.at, ",
    author!("u"),
    " from mentions m join posts p on p.id = m.post_id left join comments c on c.id = m.comment_id
         left join comments up on up.id = c.parent_id join users u on u.id = coalesce(c.author_id, p.author_id)
    where m.user_id = $1 and p.hidden = 0 and coalesce(c.deleted, 0) = 0 and coalesce(c.hidden, 0) = 0
          and u.id <> $1 and (c.id is null or coalesce(up.author_id, p.author_id) <> $1)
          and not exists (select 1 from mentions o
                          where o.thing_id = m.thing_id and o.user_id = m.user_id and o.handle < m.handle)
          and ",
    heard!(),
    " order by m.at desc, m.thing_id limit $2"
);

const AUTHORS: &str = "
    select author_id from followed_authors where user_id = $1
    union
    select s.author_id from followed_stories f join stories s on s.id = f.story_id
    where f.user_id = $1 and s.published_at is not null";

impl Load for Inbox {
    async fn load(&self, reader: &mut Reader) -> Result<Notices> {
        let viewer = self.viewer.to_string();
        let seen: Option<i64> = sqlx::query_scalar("select read_to from inboxes where user_id = $1")
            .bind(&viewer)
            .fetch_optional(&mut **reader)
            .await?;
        let seen = seen.unwrap_or_default();
        let mut notices = vec![];
        let kinds = [(RELEASES, released as fn(&AnyRow) -> Result<News>), (REPLIES, replied), (MENTIONS, mentioned)];
        for (statement, news) in kinds {
            let rows =
                sqlx::query(statement).bind(&viewer).bind(i64::from(Self::MOST)).fetch_all(&mut **reader).await?;
            for row in &rows {
                let at = row.millis("at")?;
                notices.push(Notice { at, read: at.0 <= seen, news: news(row)? });
            }
        }
        notices.sort_by_key(|notice| std::cmp::Reverse(notice.at));
        notices.truncate(usize::try_from(Self::MOST).unwrap_or(usize::MAX));
        let authors = sqlx::query(AUTHORS).bind(&viewer).fetch_all(&mut **reader).await?;
        let mut authors: Vec<UserId> = authors.iter().map(|row| row.parsed("author_id")).collect::<Result<_>>()?;
        authors.sort_unstable();
        let silenced = sqlx::query("select user_id from silences where by_id = $1 order by user_id")
            .bind(viewer)
            .fetch_all(&mut **reader)
            .await?;
        let silenced = silenced.iter().map(|row| row.parsed("user_id")).collect::<Result<_>>()?;
        Ok(Notices { notices, authors, silenced })
    }
}

fn released(row: &AnyRow) -> Result<News> {
    Ok(News::Released {
        story: row.parsed("story_id")?,
        title: row.read("title")?,
        author: row.author()?,
        chapters: row.count("chapters")?,
        first: row.parsed("id")?,
        heading: row.read("heading")?,
    })
}

fn replied(row: &AnyRow) -> Result<News> {
    Ok(News::Replied {
        post: row.parsed("post_id")?,
        comment: row.parsed("id")?,
        by: row.author()?,
        to_comment: row.maybe_text("parent_id")?.is_some(),
    })
}

fn mentioned(row: &AnyRow) -> Result<News> {
    Ok(News::Mentioned { post: row.parsed("post_id")?, comment: row.maybe_parsed("comment_id")?, by: row.author()? })
}

impl Store {
    /// Notes that a person has read their notices up to a moment. What came later stays unread.
    pub async fn read_inbox(&self, user: UserId, up_to: Millis) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::role(&mut tx, user).await?;
        sqlx::query(
            "insert into inboxes (user_id, read_to) values ($1, $2)
             on conflict (user_id) do update set read_to = excluded.read_to where inboxes.read_to < excluded.read_to",
        )
        .bind(user.to_string())
        .bind(up_to.0.min(clock::now().0))
        .execute(&mut *tx)
        .await?;
        tx.commit(Change::InboxRead(user), ()).await
    }
}
