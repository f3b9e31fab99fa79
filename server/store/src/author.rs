//! An author's page, and what an author is to one reader.

use domain::{AuthorFront, AuthorPage, Handle, MineOfAuthor, MyAuthor};
use sqlx::any::AnyRow;

use crate::{
    Load, Reader, Result, catalogue,
    handle::behind,
    post,
    row::{Columns, author},
};

impl Load for AuthorPage {
    async fn load(&self, reader: &mut Reader) -> Result<AuthorFront> {
        let row = behind(reader, self.author).await?;
        let author = row.author()?;
        let (stories, more) = catalogue::by(reader, author.user, self.page, Self::STORIES).await?;
        let posts = post::newest_by(reader, author.user, Self::POSTS).await?;
        Ok(AuthorFront { author, bio: row.read("bio")?, stories, more, posts })
    }
}

impl Load for MyAuthor {
    async fn load(&self, reader: &mut Reader) -> Result<MineOfAuthor> {
        let author = behind(reader, self.author).await?.author()?.user;
        let follows =
            sqlx::query_scalar::<_, i64>("select count(*) from followed_authors where user_id = $1 and author_id = $2")
                .bind(self.viewer.to_string())
                .bind(author.to_string())
                .fetch_one(&mut **reader)
                .await?;
        Ok(MineOfAuthor { author, follows: follows > 0 })
    }
}

/// Who has this handle, or had it once.
async fn behind(reader: &mut Reader, handle: Handle) -> Result<AnyRow> {
    let row = sqlx::query(concat!(
        "select ",
        author!("u"),
        ", u.bio from users u where u.left_at is null and u.id = ",
        behind!()
    ))
    .bind(handle.as_str())
    .fetch_one(&mut **reader)
    .await?;
    Ok(row)
}
