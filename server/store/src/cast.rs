//! A story's cast: the notebook's two lists.

use domain::{Cast, CastList, Character, Setting};

use crate::{Load, Reader, Result, access, row::Columns};

impl Load for Cast {
    async fn load(&self, reader: &mut Reader) -> Result<CastList> {
        access::notebook(&mut **reader, self.viewer, self.story).await?;
        let characters = sqlx::query("select id, name, description, rev from characters where story_id = $1")
            .bind(self.story.to_string())
            .fetch_all(&mut **reader)
            .await?;
        let settings = sqlx::query("select id, name, description, rev from settings where story_id = $1")
            .bind(self.story.to_string())
            .fetch_all(&mut **reader)
            .await?;
        let mut cast = CastList::default();
        for row in characters {
            cast.characters.push(Character {
                character: row.parsed("id")?,
                name: row.read("name")?,
                description: row.read("description")?,
                rev: row.rev("rev")?,
            });
        }
        for row in settings {
            cast.settings.push(Setting {
                setting: row.parsed("id")?,
                name: row.read("name")?,
                description: row.read("description")?,
                rev: row.rev("rev")?,
            });
        }
        // Here and not in SQL: each database has its own opinion on whether "a" stands before "B".
        cast.characters.sort_by_cached_key(|one| (one.name.as_str().to_lowercase(), one.character));
        cast.settings.sort_by_cached_key(|one| (one.name.as_str().to_lowercase(), one.setting));
        Ok(cast)
    }
}
