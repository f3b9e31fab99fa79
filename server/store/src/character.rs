//! Characters: somebody in a story, and who they are.

use domain::{Bound, Change, Changed, CharacterId, Name, Note, Rev, StoryId, UserId};

use crate::{Result, Store, access, clock, room, row};

impl Store {
    /// Notes somebody new in a story.
    pub async fn add_character(
        &self,
        author: UserId,
        story: StoryId,
        name: Name,
        description: Note,
    ) -> Result<Changed<CharacterId>> {
        let mut tx = self.begin().await?;
        let at = access::notebook(&mut *tx, author, story).await?;
        room::for_one(&mut tx, Bound::Cast, story).await?;
        let character = CharacterId::from_bits(clock::new_bits());
        sqlx::query("insert into characters (id, story_id, name, description) values ($1, $2, $3, $4)")
            .bind(character.to_string())
            .bind(story.to_string())
            .bind(name.as_str())
            .bind(description.as_str())
            .execute(&mut *tx)
            .await?;
        tx.commit(Change::CharacterAdded(at, character), character).await
    }

    /// Saves a character's name and description. Refused when somebody saved since `base`.
    pub async fn save_character(
        &self,
        author: UserId,
        character: CharacterId,
        name: Name,
        description: Note,
        base: Rev,
    ) -> Result<Changed<Rev>> {
        let mut tx = self.begin().await?;
        let at = access::character(&mut tx, author, character).await?;
        let rev: Option<i64> = sqlx::query_scalar(
            "update characters set name = $1, description = $2, rev = rev + 1 where id = $3 and rev = $4 returning rev",
        )
        .bind(name.as_str())
        .bind(description.as_str())
        .bind(character.to_string())
        .bind(base.0)
        .fetch_optional(&mut *tx)
        .await?;
        let current =
            sqlx::query("select rev, name, description from characters where id = $1").bind(character.to_string());
        let rev = row::saved_over(&mut tx, rev, current, &["name", "description"]).await?;
        tx.commit(Change::CharacterSaved(at, character), rev).await
    }

    /// Deletes a character.
    pub async fn delete_character(&self, author: UserId, character: CharacterId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let at = access::character(&mut tx, author, character).await?;
        sqlx::query("delete from characters where id = $1").bind(character.to_string()).execute(&mut *tx).await?;
        tx.commit(Change::CharacterDeleted(at, character), ()).await
    }
}
