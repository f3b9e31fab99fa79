//! What is reported, as it is shown to those who decide about it.

use domain::{Body, PostId, Reportable, UserId};
use sqlx::any::AnyRow;

use crate::{Error, Result, Writing, row::Columns};

/// How much of a text is kept, in characters.
const EXCERPT: usize = 4_000;

/// A thing as it was when it was looked at.
pub(super) struct Seen {
    pub(super) author: UserId,
    /// The address of its page.
    pub(super) path: String,
    /// The post it is, or stands below.
    pub(super) post: Option<PostId>,
    pub(super) title: String,
    pub(super) text: String,
}

/// A thing that everybody finds, as it is now.
pub(super) async fn find(db: &mut Writing, what: Reportable) -> Result<Seen> {
    let row = sqlx::query(match what {
        Reportable::Story(_) => {
            "select author_id, title, blurb as text from stories where id = $1 and published_at is not null"
        }
        Reportable::Chapter(_) => {
            "select s.author_id, s.id as above, s.title as story_title, c.title, '' as text
             from chapters c join stories s on s.id = c.story_id
             where c.id = $1 and c.published = 1 and s.published_at is not null"
        }
        Reportable::Post(_) => "select author_id, '' as title, text from posts where id = $1 and hidden = 0",
        Reportable::Comment(_) => {
            "select c.author_id, c.post_id as above, '' as title, c.text
             from comments c join posts p on p.id = c.post_id
             where c.id = $1 and c.deleted = 0 and c.hidden = 0 and p.hidden = 0"
        }
    })
    .bind(what.id())
    .fetch_one(&mut *db)
    .await?;
    let (author, title, text) = (row.parsed("author_id")?, row.text("title")?, row.text("text")?);
    let seen = Seen { author, path: String::new(), post: None, title, text: excerpt(&text) };
    Ok(match what {
        Reportable::Story(story) => Seen { path: format!("/novels/{story}"), ..seen },
        Reportable::Chapter(chapter) => {
            let title = match seen.title.as_str() {
                "" => row.text("story_title")?,
                title => format!("{}: {title}", row.text("story_title")?),
            };
            let path = format!("/novels/{}/{chapter}", row.text("above")?);
            Seen { path, title, text: text_of(db, what).await?, ..seen }
        }
        Reportable::Post(post) => Seen { path: format!("/community/{post}"), post: Some(post), ..seen },
        Reportable::Comment(comment) => {
            let post = row.parsed("above")?;
            Seen { path: format!("/community/{post}?under={comment}"), post: Some(post), ..seen }
        }
    })
}

/// A thing that was reported, as it was then; what everybody finds need not have been.
pub(super) async fn reported(db: &mut Writing, what: Reportable) -> Result<Seen> {
    let row = sqlx::query(
        "select author_id, path, post_id, title, text from reports where kind = $1 and thing_id = $2
         order by at desc limit 1",
    )
    .bind(what.noun())
    .bind(what.id())
    .fetch_optional(&mut *db)
    .await?;
    match find(db, what).await {
        Err(Error::NotFound) => seen(&row.ok_or(Error::NotFound)?),
        found => found,
    }
}

fn seen(row: &AnyRow) -> Result<Seen> {
    Ok(Seen {
        author: row.parsed("author_id")?,
        path: row.text("path")?,
        post: row.maybe_parsed("post_id")?,
        title: row.text("title")?,
        text: row.text("text")?,
    })
}

/// What readers find at the beginning of a chapter.
async fn text_of(db: &mut Writing, chapter: Reportable) -> Result<String> {
    let rows = sqlx::query("select content from scenes where chapter_id = $1 order by position, id limit 20")
        .bind(chapter.id())
        .fetch_all(db)
        .await?;
    let mut text = String::new();
    for row in &rows {
        let content: Body = row.read("content")?;
        text += content.for_readers().trim();
        text += "\n\n";
        if text.chars().count() > EXCERPT {
            break;
        }
    }
    Ok(excerpt(text.trim()))
}

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{} …", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
