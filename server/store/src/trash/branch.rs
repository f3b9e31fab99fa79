//! What is in a story, a part or a chapter: what goes with it, and comes back with it.

use domain::{Branch, ChapterId, PartId, StoryId};

use crate::{Result, Writing, row};

/// What is in a story.
pub(crate) async fn branch_of_story(db: &mut Writing, story: StoryId) -> Result<Branch> {
    let story = story.to_string();
    Ok(Branch {
        chapters: row::ids(db, "select id from chapters where story_id = $1", story.clone()).await?,
        scenes: row::ids(db, "select id from scenes where story_id = $1", story.clone()).await?,
        posts: row::ids(db, "select id from posts where about_story = $1", story).await?,
    })
}

/// What is in a part.
pub(crate) async fn branch_of_part(db: &mut Writing, part: PartId) -> Result<Branch> {
    let part = part.to_string();
    let scenes = "select x.id from scenes x join chapters c on c.id = x.chapter_id where c.part_id = $1";
    Ok(Branch {
        chapters: row::ids(db, "select id from chapters where part_id = $1", part.clone()).await?,
        scenes: row::ids(db, scenes, part).await?,
        posts: vec![],
    })
}

/// What is in a chapter.
pub(crate) async fn branch_of_chapter(db: &mut Writing, chapter: ChapterId) -> Result<Branch> {
    let scenes = row::ids(db, "select id from scenes where chapter_id = $1", chapter.to_string()).await?;
    Ok(Branch { scenes, ..Branch::default() })
}
