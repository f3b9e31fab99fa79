//! Where words stand in a whole story: one statement reads its texts, and they are looked through beside other work.

use domain::{Excerpt, FoundInStory, FoundScene, Needle, Rev, SceneId, StoryMatches};

use crate::{Error, Load, Reader, Result, access, row::Columns};

/// A scene as its author sees it.
struct Sheet {
    scene: SceneId,
    rev: Rev,
    kept: Rev,
    text: String,
}

impl Load for StoryMatches {
    async fn load(&self, reader: &mut Reader) -> Result<FoundInStory> {
        access::notebook(&mut **reader, self.viewer, self.story).await?;
        let rows = sqlx::query(
            "select x.id, x.rev, coalesce(w.rev, 0) as kept, case when w.is_open = 1 then w.content else x.content end as text
             from scenes x join chapters c on c.id = x.chapter_id join parts p on p.id = c.part_id
                  left join working_copies w on w.scene_id = x.id
             where x.story_id = $1 order by p.position, p.id, c.position, c.id, x.position, x.id",
        )
        .bind(self.story.to_string())
        .fetch_all(&mut **reader)
        .await?;
        let sheets = rows.iter().map(|row| {
            let (scene, rev, kept) = (row.parsed("id")?, row.rev("rev")?, row.rev("kept")?);
            Ok(Sheet { scene, rev, kept, text: row.text("text")? })
        });
        let (sheets, needle) = (sheets.collect::<Result<Vec<_>>>()?, self.needle.clone());
        let found = tokio::task::spawn_blocking(move || found(&sheets, &needle)).await;
        found.map_err(|died| Error::Internal(died.to_string().into()))
    }
}

fn found(sheets: &[Sheet], needle: &Needle) -> FoundInStory {
    let mut all = FoundInStory { count: 0, in_scenes: 0, scenes: vec![] };
    let mut room = StoryMatches::SHOWN;
    for Sheet { scene, rev, kept, text } in sheets {
        let places = needle.places(text);
        if places.is_empty() {
            continue;
        }
        let count = u32::try_from(places.len()).unwrap_or(u32::MAX);
        all.count = all.count.saturating_add(count);
        all.in_scenes += 1;
        if all.scenes.len() < StoryMatches::SCENES {
            let matches: Vec<_> = places.into_iter().take(room).map(|place| Excerpt::of(text, place)).collect();
            room -= matches.len();
            all.scenes.push(FoundScene { scene: *scene, rev: *rev, kept: *kept, count, matches });
        }
    }
    all
}
