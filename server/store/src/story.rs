//! Stories: novels and comics.

use domain::StoryId;
use sqlx::AnyConnection;

use crate::{Result, clock};

/// Notes that something in the story changed.
pub(crate) async fn touch(db: &mut AnyConnection, story: StoryId) -> Result<()> {
    sqlx::query("update stories set updated_at = $1 where id = $2")
        .bind(clock::now().0)
        .bind(story.to_string())
        .execute(db)
        .await?;
    Ok(())
}
