//! Mentions: whose handles are in what was said. It is decided when a text is saved, so that what a page shows as a
//! link is one for as long as the text is: a handle stays its person's.

use std::collections::{BTreeMap, BTreeSet};

use domain::{CommentId, Handle, PostId, Remark, UserId};
use sqlx::any::AnyRow;

use crate::{Result, Writing, clock, row::Columns};

/// The column from which [`read`] reads a text's mentions, for a row of posts or comments that is called this in the
/// statement.
macro_rules! mentioned {
    ($row:literal) => {
        concat!("(select string_agg(m.handle, ' ') from mentions m where m.thing_id = ", $row, ".id) as mentioned")
    };
}
pub(crate) use mentioned;

/// What was said: a post, or a comment below one.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Said {
    Post(PostId),
    Comment(PostId, CommentId),
}

/// The handles in a text that belong to accounts, in the order of the alphabet.
pub(crate) fn read(row: &AnyRow) -> Result<Vec<Handle>> {
    let handles = row.maybe_text("mentioned")?.unwrap_or_default();
    let mut handles: Vec<Handle> = handles.split_whitespace().filter_map(|handle| handle.parse().ok()).collect();
    handles.sort_unstable();
    Ok(handles)
}

/// Keeps whom a text mentions from now on. Says whom that is new to, or concerns no longer.
pub(crate) async fn keep(db: &mut Writing, by: UserId, said: Said, text: &Remark) -> Result<Vec<UserId>> {
    let (before, after) = (kept(db, said).await?, found(db, by, text).await?);
    let (mut gone, mut new) = (before.clone(), after.clone());
    gone.retain(|handle, _| !after.contains_key(handle));
    new.retain(|handle, _| !before.contains_key(handle));
    for handle in gone.keys() {
        sqlx::query("delete from mentions where thing_id = $1 and handle = $2")
            .bind(said.thing())
            .bind(handle.as_str())
            .execute(&mut *db)
            .await?;
    }
    let at = clock::now().0;
    for (handle, user) in &new {
        sqlx::query(
            "insert into mentions (thing_id, post_id, comment_id, handle, user_id, at) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(said.thing())
        .bind(said.post().to_string())
        .bind(said.comment().map(|comment| comment.to_string()))
        .bind(handle.as_str())
        .bind(user.to_string())
        .bind(at)
        .execute(&mut *db)
        .await?;
    }
    let people: BTreeSet<UserId> = gone.into_values().chain(new.into_values()).collect();
    Ok(people.into_iter().collect())
}

/// Forgets whom a comment mentions.
pub(crate) async fn forget(db: &mut Writing, comment: CommentId) -> Result<()> {
    sqlx::query("delete from mentions where thing_id = $1").bind(comment.to_string()).execute(db).await?;
    Ok(())
}

/// Whom it mentioned until now.
async fn kept(db: &mut Writing, said: Said) -> Result<BTreeMap<Handle, UserId>> {
    let rows = sqlx::query("select handle, user_id from mentions where thing_id = $1");
    let rows = rows.bind(said.thing()).fetch_all(db).await?;
    rows.iter().map(|row| Ok((row.parsed("handle")?, row.parsed("user_id")?))).collect()
}

/// The people behind a text's handles, today's and former ones. Who has blocked its author is not mentioned.
async fn found(db: &mut Writing, by: UserId, text: &Remark) -> Result<BTreeMap<Handle, UserId>> {
    let mut found = BTreeMap::new();
    for handle in domain::mentioned(text.as_str()) {
        let row = sqlx::query(
            "select h.user_id from handles h where h.handle = $1 and h.user_id is not null
                    and not exists (select 1 from silences q
                                    where q.by_id = h.user_id and q.user_id = $2 and q.how = 'block')",
        )
        .bind(handle.as_str())
        .bind(by.to_string())
        .fetch_optional(&mut *db)
        .await?;
        if let Some(row) = row {
            found.insert(handle, row.parsed("user_id")?);
        }
    }
    Ok(found)
}

impl Said {
    /// The id under which its mentions are kept.
    fn thing(self) -> String {
        match self {
            Self::Post(post) => post.to_string(),
            Self::Comment(_, comment) => comment.to_string(),
        }
    }

    const fn post(self) -> PostId {
        match self {
            Self::Post(post) | Self::Comment(post, _) => post,
        }
    }

    const fn comment(self) -> Option<CommentId> {
        match self {
            Self::Post(_) => None,
            Self::Comment(_, comment) => Some(comment),
        }
    }
}
