//! Taking a replacing back: scenes get the texts of the versions that they had before.

use domain::{
    Change, Changed, ChosenScenes, ReplacedIn, ReplacedScene, SceneId, SceneTexts, StoryId, Unreplaced, UserId,
};

use super::texts::{self, Before};
use crate::{Error, Result, Store, Writing, access, row::Columns, scene_save, version, working_copy};

impl Store {
    /// Gives these scenes the texts that they had before words were replaced in them. One that was changed since, or is
    /// gone, stays as it is.
    pub async fn undo_replace(
        &self,
        author: UserId,
        story: StoryId,
        scenes: Vec<ReplacedIn>,
    ) -> Result<Changed<Unreplaced>> {
        let mut tx = self.begin().await?;
        let (at, listing) = access::story(&mut tx, author, story).await?;
        let mut undone = Unreplaced { scenes: 0, left: 0 };
        let mut changed = vec![];
        for replaced in scenes.iter().take(ChosenScenes::MOST) {
            let before = match texts::read(&mut tx, at, replaced.scene).await {
                Ok(before) if before.rev == replaced.rev && before.kept == replaced.kept => before,
                Ok(_) | Err(Error::NotFound) => {
                    undone.left += 1;
                    continue;
                }
                Err(error) => return Err(error),
            };
            let is_saved = replaced.saved.is_some();
            let listing = listing.of_part(before.is_published && is_saved);
            changed.push(ReplacedScene { at: before.at, listing, is_saved });
            self.put_back(&mut tx, &before, replaced).await?;
            undone.scenes += 1;
        }
        tx.commit(Change::WordsReplaced(at, changed), undone).await
    }

    async fn put_back(&self, tx: &mut Writing, before: &Before, replaced: &ReplacedIn) -> Result<()> {
        let at = before.at;
        if let Some(number) = replaced.saved {
            let (texts, words) = of_version(tx, at.scene, number).await?;
            scene_save::rewrite(tx, at, &texts, words, &self.device).await?;
        }
        if let Some(number) = replaced.typed {
            let (texts, words) = of_version(tx, at.scene, number).await?;
            working_copy::rewrite(tx, at, Some((&texts, words)), &self.device).await?;
        }
        Ok(())
    }
}

async fn of_version(db: &mut Writing, scene: SceneId, number: u32) -> Result<(SceneTexts, u32)> {
    let row = sqlx::query(
        "select title, content, words, goal, conflict, outcome from scene_versions where scene_id = $1 and number = $2",
    );
    let row = row.bind(scene.to_string()).bind(i64::from(number)).fetch_one(db).await?;
    Ok((version::texts(&row)?, row.count("words")?))
}
