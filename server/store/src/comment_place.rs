//! Where a comment stands: the page of its thread that shows it.

use domain::{CommentId, CommentPlace, Thread, ThreadPlace};

use crate::{Load, Reader, Result, row::Columns};

/// Each comment above this one, from the post down. A hidden one has no place, as in a thread.
const ABOVE: &str = "
    with recursive above (id, parent_id, depth) as (
        select c.id, c.parent_id, c.depth from comments c join posts p on p.id = c.post_id and p.hidden = 0
        where c.id = $1 and c.post_id = $2
              and (c.hidden = 0 or exists (select 1 from comments r where r.parent_id = c.id))
        union all
        select c.id, c.parent_id, c.depth from comments c join above a on a.parent_id = c.id
    )
    select id from above order by depth";

/// How many stand before it below what it answers.
const BEFORE: &str = "
    select count(*) as before
    from comments it join comments c
         on c.post_id = it.post_id and coalesce(c.parent_id, '') = coalesce(it.parent_id, '')
    where it.id = $1 and (c.created_at < it.created_at or (c.created_at = it.created_at and c.id < it.id))
          and (c.hidden = 0 or exists (select 1 from comments r where r.parent_id = c.id))";

impl Load for CommentPlace {
    async fn load(&self, reader: &mut Reader) -> Result<ThreadPlace> {
        let rows = sqlx::query(ABOVE)
            .bind(self.comment.to_string())
            .bind(self.post.to_string())
            .fetch_all(&mut **reader)
            .await?;
        let above: Vec<CommentId> = rows.iter().map(|row| row.parsed("id")).collect::<Result<_>>()?;
        let top = *above.first().ok_or(crate::Error::NotFound)?;
        let whole = Thread { page: page_of(reader, top).await?, ..Thread::first(self.post) };
        let Some(&parent) = above.iter().rev().nth(1) else { return Ok(whole.into()) };
        // Of all replies below one comment a page of the whole thread shows the first ones.
        if whole.load(reader).await?.comments.iter().any(|one| one.comment == self.comment) {
            return Ok(whole.into());
        }
        Ok(ThreadPlace { post: self.post, under: Some(parent), page: page_of(reader, self.comment).await? })
    }
}

/// On which page it is, of what stands beside it.
async fn page_of(reader: &mut Reader, comment: CommentId) -> Result<u32> {
    let row = sqlx::query(BEFORE).bind(comment.to_string()).fetch_one(&mut **reader).await?;
    Ok(row.count("before")? / Thread::PAGE)
}
