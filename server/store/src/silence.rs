//! Silences: whom a person mutes or blocks, and what a block refuses.
//!
//! A mute shows in its owner's answers alone. A block also refuses what concerns its owner, in the transaction that would
//! write it. Of a block and a comment at once the later one knows of the other: both hold the row of the person who is
//! blocked ([`take_turn`]).

use domain::{Blocked, Bound, Change, Changed, MySilences, PostId, Silence, Silenced, SilencedPeople, StoryId, UserId};

use crate::{
    Error, Load, Reader, Result, Store, Writing, access, clock, room,
    row::{Columns, author},
};

/// Ends what a person follows of an author. What waits in the author's trash would come back with a story.
const LET_GO: [&str; 3] = [
    "delete from followed_authors where user_id = $1 and author_id = $2",
    "delete from followed_stories where user_id = $1 and story_id in (select id from stories where author_id = $2)",
    "delete from trash_rows where table_name = 'followed_stories' and content like '%\"user_id\":\"' || $1 || '\"%'
            and exists (select 1 from trash t where t.kind = trash_rows.kind and t.id = trash_rows.id and t.author_id = $2)",
];

/// What a person is about to do that concerns another one.
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    /// To say something below a post.
    AnswerPost(PostId),
    /// To answer a comment.
    AnswerComment(String),
    /// To change a comment that answers another one.
    ChangeAnswer(String),
    /// To post about a story.
    PostAbout(StoryId),
    /// To change a post, which may be about a story.
    ChangePost(PostId),
    /// To follow a story.
    FollowStory(StoryId),
    /// To follow an author.
    FollowAuthor(UserId),
}

/// Counts the blocks of one person by the author of a thing.
macro_rules! blocks {
    ($author:literal) => {
        concat!("select count(*) from silences where user_id = $1 and how = 'block' and by_id = (", $author, ")")
    };
}

impl Load for MySilences {
    async fn load(&self, reader: &mut Reader) -> Result<SilencedPeople> {
        let rows = sqlx::query(concat!(
            "select q.how, q.since, ",
            author!("u"),
            " from silences q join users u on u.id = q.user_id
             where q.by_id = $1 and u.left_at is null order by q.since desc, u.id"
        ))
        .bind(self.by.to_string())
        .fetch_all(&mut **reader)
        .await?;
        let one = |row: &sqlx::any::AnyRow| {
            Ok(Silenced { person: row.author()?, how: row.parsed("how")?, since: row.millis("since")? })
        };
        rows.iter().map(one).collect::<Result<_>>().map(SilencedPeople)
    }
}

impl Store {
    /// Mutes or blocks another person. Who is blocked follows nothing of the one who blocks from then on, nor the other
    /// way round.
    pub async fn silence_person(&self, by: UserId, person: UserId, how: Silence) -> Result<Changed<()>> {
        loop {
            let mut tx = self.begin().await?;
            access::role(&mut tx, by).await?;
            is_another(&mut tx, by, person).await?;
            take_turn(&mut tx, person).await?;
            match how {
                Silence::Mute => {}
                // That a person follows no longer is told to them alone, so it is a commit of its own, before the block.
                Silence::Block if follows(&mut tx, person, by).await? => {
                    drop(tx);
                    self.let_go(person, by).await?;
                    continue;
                }
                Silence::Block => {
                    let_go(&mut tx, by, person).await?;
                    let_go(&mut tx, person, by).await?;
                }
            }
            put(&mut tx, by, person, how).await?;
            return tx.commit(Change::PersonSilenced(by), ()).await;
        }
    }

    /// Mutes or blocks a person no longer. Twice is once.
    pub async fn end_silence(&self, by: UserId, person: UserId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        access::role(&mut tx, by).await?;
        sqlx::query("delete from silences where by_id = $1 and user_id = $2")
            .bind(by.to_string())
            .bind(person.to_string())
            .execute(&mut *tx)
            .await?;
        tx.commit(Change::PersonSilenced(by), ()).await
    }

    async fn let_go(&self, follower: UserId, author: UserId) -> Result<()> {
        let mut tx = self.begin_each_time().await?;
        let_go(&mut tx, follower, author).await?;
        tx.commit(Change::AuthorFollowed(author, follower), ()).await.map(drop)
    }
}

/// Holds the row of a person until the commit: what they do to others and what would stop them take turns.
pub(crate) async fn take_turn(db: &mut Writing, person: UserId) -> Result<()> {
    sqlx::query(
        "insert into silence_turns (user_id) values ($1) on conflict (user_id) do update set user_id = excluded.user_id",
    )
    .bind(person.to_string())
    .execute(db)
    .await?;
    Ok(())
}

/// Refuses what concerns a person who has blocked the one who is about to do it, whose turn it is.
pub(crate) async fn refuse_if_blocked(db: &mut Writing, who: UserId, deed: Deed) -> Result<()> {
    let (statement, of, blocked) = deed.asked();
    let blocks: i64 = sqlx::query_scalar(statement).bind(who.to_string()).bind(of).fetch_one(db).await?;
    if blocks > 0 { Err(Error::Blocked(blocked)) } else { Ok(()) }
}

impl Deed {
    /// What counts the blocks against it, of what, and why it is refused then.
    fn asked(self) -> (&'static str, String, Blocked) {
        match self {
            Self::AnswerPost(post) => {
                (blocks!("select author_id from posts where id = $2"), post.to_string(), Blocked::Post)
            }
            Self::AnswerComment(comment) => {
                (blocks!("select author_id from comments where id = $2"), comment, Blocked::Comment)
            }
            Self::ChangeAnswer(comment) => (
                blocks!("select up.author_id from comments c join comments up on up.id = c.parent_id where c.id = $2"),
                comment,
                Blocked::Comment,
            ),
            Self::PostAbout(story) => {
                (blocks!("select author_id from stories where id = $2"), story.to_string(), Blocked::Story)
            }
            Self::ChangePost(post) => (
                blocks!("select s.author_id from posts p join stories s on s.id = p.about_story where p.id = $2"),
                post.to_string(),
                Blocked::Story,
            ),
            Self::FollowStory(story) => {
                (blocks!("select author_id from stories where id = $2"), story.to_string(), Blocked::Follow)
            }
            Self::FollowAuthor(author) => (blocks!("$2"), author.to_string(), Blocked::Follow),
        }
    }
}

async fn put(db: &mut Writing, by: UserId, person: UserId, how: Silence) -> Result<()> {
    sqlx::query(
        "insert into silences (by_id, user_id, how, since) values ($1, $2, $3, $4)
         on conflict (by_id, user_id) do update set how = excluded.how",
    )
    .bind(by.to_string())
    .bind(person.to_string())
    .bind(how.slug())
    .bind(clock::now().0)
    .execute(&mut *db)
    .await?;
    room::after_many(db, Bound::Silences, by).await
}

/// A person who is here, and not the one who asks.
async fn is_another(db: &mut Writing, by: UserId, person: UserId) -> Result<()> {
    sqlx::query("select id from users where id = $1 and id <> $2 and left_at is null")
        .bind(person.to_string())
        .bind(by.to_string())
        .fetch_one(db)
        .await?;
    Ok(())
}

async fn follows(db: &mut Writing, follower: UserId, author: UserId) -> Result<bool> {
    let followed: i64 = sqlx::query_scalar(
        "select (select count(*) from followed_authors where user_id = $1 and author_id = $2)
              + (select count(*) from followed_stories f join stories s on s.id = f.story_id
                 where f.user_id = $1 and s.author_id = $2)",
    )
    .bind(follower.to_string())
    .bind(author.to_string())
    .fetch_one(db)
    .await?;
    Ok(followed > 0)
}

async fn let_go(db: &mut Writing, follower: UserId, author: UserId) -> Result<()> {
    for statement in LET_GO {
        sqlx::query(statement).bind(follower.to_string()).bind(author.to_string()).execute(&mut *db).await?;
    }
    Ok(())
}
