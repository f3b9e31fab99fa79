//! Posts: what the community's feed is made of.

use domain::{Change, Changed, ChapterTalk, Feed, FeedPage, NewPost, PostCard, PostId, Remark, Rev, Subject, UserId};
use sqlx::{Any, Executor, any::AnyRow};

use crate::{
    Error, Load, Reader, Result, Store, access, clock, comment,
    mention::{self, Said},
    row::{self, Columns},
    silence::{self, Deed},
};

/// How many posts are on a page of the feed.
const PAGE: u32 = 20;

/// Posts as lists show them, narrowed down and put in order by what follows. A story or a chapter that is not
/// out is not named. A post that is hidden is not here.
macro_rules! cards {
    ($rest:literal) => {
        concat!(
            "select p.id, ",
            $crate::row::author!("u"),
            ", ",
            $crate::mention::mentioned!("p"),
            ", p.text, p.rev, p.created_at, p.edited_at, s.id as about, s.title as about_title, c.id as chapter,
                    (select count(*) from post_likes l where l.post_id = p.id) as likes,
                    (select count(*) from comments m where m.post_id = p.id and m.deleted = 0 and m.hidden = 0) as comments
             from posts p join users u on u.id = p.author_id and p.hidden = 0
                  left join stories s on s.id = p.about_story and s.published_at is not null
                  left join chapters c on c.id = p.about_chapter and c.story_id = s.id and c.published = 1 ",
            $rest
        )
    };
}

impl Load for Feed {
    async fn load(&self, reader: &mut Reader) -> Result<FeedPage> {
        // One more than the page holds tells whether there are older ones.
        let (limit, offset) = (i64::from(PAGE) + 1, i64::from(self.page) * i64::from(PAGE));
        let rows = if let Some(story) = self.about {
            access::published(&mut **reader, story).await?;
            sqlx::query(cards!("where p.about_story = $3 order by p.created_at desc, p.id limit $1 offset $2"))
                .bind(limit)
                .bind(offset)
                .bind(story.to_string())
                .fetch_all(&mut **reader)
                .await?
        } else {
            sqlx::query(cards!("order by p.created_at desc, p.id limit $1 offset $2"))
                .bind(limit)
                .bind(offset)
                .fetch_all(&mut **reader)
                .await?
        };
        page_of(&rows)
    }
}

impl Load for ChapterTalk {
    async fn load(&self, reader: &mut Reader) -> Result<FeedPage> {
        access::published_chapter(&mut **reader, Subject::chapter(self.story, self.chapter)).await?;
        let rows = sqlx::query(cards!(
            "where p.about_chapter = $3 and c.id is not null order by p.created_at desc, p.id limit $1 offset $2"
        ))
        .bind(i64::from(PAGE) + 1)
        .bind(i64::from(self.page) * i64::from(PAGE))
        .bind(self.chapter.to_string())
        .fetch_all(&mut **reader)
        .await?;
        page_of(&rows)
    }
}

impl Store {
    /// Puts a post into the feed.
    pub async fn create_post(&self, author: UserId, new: NewPost) -> Result<Changed<PostId>> {
        let mut tx = self.begin().await?;
        access::role(&mut tx, author).await?;
        silence::take_turn(&mut tx, author).await?;
        match new.about {
            None => {}
            Some(Subject { story, chapter: None }) => access::published(&mut *tx, story).await?,
            Some(chapter) => access::published_chapter(&mut *tx, chapter).await?,
        }
        if let Some(about) = new.about {
            silence::refuse_if_blocked(&mut tx, author, Deed::PostAbout(about.story)).await?;
        }
        let post = PostId::from_bits(clock::new_bits());
        sqlx::query(
            "insert into posts (id, author_id, about_story, about_chapter, text, created_at)
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(post.to_string())
        .bind(author.to_string())
        .bind(new.about.map(|about| about.story.to_string()))
        .bind(new.about.and_then(|about| about.chapter).map(|chapter| chapter.to_string()))
        .bind(new.text.as_str())
        .bind(clock::tick().0)
        .execute(&mut *tx)
        .await?;
        let to = mention::keep(&mut tx, author, Said::Post(post), &new.text).await?;
        tx.commit(Change::PostCreated(post, author, new.about, to), post).await
    }

    /// Changes what a post says. Refused if it was saved since `base`.
    pub async fn save_post(&self, author: UserId, post: PostId, text: Remark, base: Rev) -> Result<Changed<Rev>> {
        let mut tx = self.begin().await?;
        silence::take_turn(&mut tx, author).await?;
        let rev: Option<i64> = sqlx::query_scalar(
            "update posts set text = $1, edited_at = $2, rev = rev + 1
             where id = $3 and author_id = $4 and rev = $5 and hidden = 0 returning rev",
        )
        .bind(text.as_str())
        .bind(clock::now().0)
        .bind(post.to_string())
        .bind(author.to_string())
        .bind(base.0)
        .fetch_optional(&mut *tx)
        .await?;
        let current = sqlx::query("select rev, text from posts where id = $1 and author_id = $2 and hidden = 0")
            .bind(post.to_string())
            .bind(author.to_string());
        let rev = row::saved_over(&mut tx, rev, current, &["text"]).await?;
        silence::refuse_if_blocked(&mut tx, author, Deed::ChangePost(post)).await?;
        let to = mention::keep(&mut tx, author, Said::Post(post), &text).await?;
        tx.commit(Change::PostSaved(post, to), rev).await
    }

    /// Deletes a post with its comments.
    pub async fn delete_post(&self, author: UserId, post: PostId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        // Held until the commit: nobody says anything below it any more.
        let held = sqlx::query(
            "update posts set text = text where id = $1 and author_id = $2 returning about_story, about_chapter",
        )
        .bind(post.to_string())
        .bind(author.to_string())
        .fetch_optional(&mut *tx)
        .await?;
        let about = held.ok_or(Error::NotFound)?.subject()?;
        comment::delete_all(&mut tx, post).await?;
        sqlx::query("delete from posts where id = $1").bind(post.to_string()).execute(&mut *tx).await?;
        tx.commit(Change::PostDeleted(post, author, about), ()).await
    }
}

/// The newest posts.
pub(crate) async fn newest(db: impl Executor<'_, Database = Any>, most: i64) -> Result<Vec<PostCard>> {
    let rows = sqlx::query(cards!("order by p.created_at desc, p.id limit $1")).bind(most).fetch_all(db).await?;
    rows.iter().map(card).collect()
}

/// The newest posts of a person.
pub(crate) async fn newest_by(reader: &mut Reader, author: UserId, most: u32) -> Result<Vec<PostCard>> {
    let rows = sqlx::query(cards!("where p.author_id = $2 order by p.created_at desc, p.id desc limit $1"))
        .bind(i64::from(most))
        .bind(author.to_string())
        .fetch_all(&mut **reader)
        .await?;
    rows.iter().map(card).collect()
}

/// One post.
pub(crate) async fn one(db: impl Executor<'_, Database = Any>, post: PostId) -> Result<PostCard> {
    card(&sqlx::query(cards!("where p.id = $1")).bind(post.to_string()).fetch_one(db).await?)
}

/// These, but for the one more that tells whether there are older ones.
fn page_of(rows: &[AnyRow]) -> Result<FeedPage> {
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let posts = rows.iter().take(page).map(card).collect::<Result<_>>()?;
    Ok(FeedPage { posts, more: rows.len() > page })
}

fn card(row: &AnyRow) -> Result<PostCard> {
    Ok(PostCard {
        post: row.parsed("id")?,
        author: row.author()?,
        text: row.read("text")?,
        mentioned: mention::read(row)?,
        rev: row.rev("rev")?,
        about: match row.maybe_parsed("about")? {
            Some(story) => Some((story, row.read("about_title")?)),
            None => None,
        },
        chapter: row.maybe_parsed("chapter")?,
        created_at: row.millis("created_at")?,
        edited: row.maybe_number("edited_at")?.is_some(),
        likes: row.count("likes")?,
        comments: row.count("comments")?,
    })
}
