//! The texts of a scene before words are replaced in them, and after.

use std::collections::BTreeSet;

use domain::{Body, Bound, Needle, Replacement, Rev, SceneId, ScenePath, SceneTexts, StoryPath, WorkingCopy};

use crate::{Error, Result, Writing, row::Columns, version::texts, working_copy};

/// A scene as it is.
pub(super) struct Before {
    pub(super) at: ScenePath,
    /// Whether its chapter is.
    pub(super) is_published: bool,
    pub(super) rev: Rev,
    pub(super) kept: Rev,
    pub(super) texts: SceneTexts,
    pub(super) working: Option<WorkingCopy>,
    /// How many words the working copy has.
    pub(super) typed_words: u32,
}

/// Texts that take the place of others.
pub(super) struct New {
    pub(super) texts: SceneTexts,
    pub(super) words: u32,
}

/// A scene and what becomes of it.
pub(super) struct Rewritten {
    pub(super) before: Before,
    /// In how many places, as its author saw them.
    pub(super) places: u32,
    /// Its text, if it had the words.
    pub(super) saved: Option<New>,
    /// Its working copy, if there is one and it had the words.
    pub(super) typed: Option<New>,
}

/// A scene of a story.
pub(super) async fn read(db: &mut Writing, story: StoryPath, scene: SceneId) -> Result<Before> {
    let row = sqlx::query(
        "select c.part_id, c.published, x.chapter_id, x.rev, x.title, x.content, x.goal, x.conflict, x.outcome
         from scenes x join chapters c on c.id = x.chapter_id where x.id = $1 and x.story_id = $2",
    )
    .bind(scene.to_string())
    .bind(story.story.to_string())
    .fetch_one(&mut *db)
    .await?;
    let (kept, working) = working_copy::of(&mut *db, scene).await?;
    Ok(Before {
        at: story.part(row.parsed("part_id")?).chapter(row.parsed("chapter_id")?).scene(scene),
        is_published: row.number("published")? == 1,
        rev: row.rev("rev")?,
        kept,
        texts: texts(&row)?,
        typed_words: working.as_ref().map_or(0, |working| working.texts.content.words()),
        working,
    })
}

/// What becomes of a scene. What is left out was chosen in what its author sees.
pub(super) fn rewritten(
    needle: &Needle,
    with: &Replacement,
    left_out: &BTreeSet<u32>,
    before: Before,
) -> Result<Rewritten> {
    let new = |texts: &SceneTexts, left_out: &BTreeSet<u32>| -> Result<(Option<New>, u32)> {
        let (content, places) = needle.replaced(texts.content.as_str(), with, left_out);
        if places == 0 {
            return Ok((None, 0));
        }
        // Nothing else can be wrong with it.
        let content = Body::parse(&content).map_err(|_| Error::Full(Bound::ChapterCharacters))?;
        let words = content.words();
        Ok((Some(New { texts: SceneTexts { content, ..texts.clone() }, words }), places))
    };
    let Some(working) = &before.working else {
        let (saved, places) = new(&before.texts, left_out)?;
        return Ok(Rewritten { before, places, saved, typed: None });
    };
    let (typed, places) = new(&working.texts, left_out)?;
    let (text, typed_text) = (before.texts.content.as_str(), working.texts.content.as_str());
    let (saved, _) = new(&before.texts, &needle.left_out_below(text, typed_text, left_out))?;
    // Nothing was chosen in it: then its text stays, too.
    let saved = saved.filter(|_| places > 0);
    Ok(Rewritten { before, places, saved, typed })
}
