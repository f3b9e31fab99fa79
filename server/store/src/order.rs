//! Order among siblings: positions from 0, with gaps where something was deleted.

use crate::{Result, writing::Writing};

/// Which siblings: statements that list them in order, number one of them, and say which position is free at the end.
#[derive(Clone, Copy)]
pub(crate) struct Siblings {
    list: &'static str,
    number: &'static str,
    next: &'static str,
}

/// Parts of a story.
pub(crate) const PARTS: Siblings = Siblings {
    list: "select id from parts where story_id = $1 order by position, id",
    number: "update parts set position = $1 where id = $2 and position <> $1",
    next: "select coalesce(max(position), -1) + 1 from parts where story_id = $1",
};

/// Chapters of a part.
pub(crate) const CHAPTERS: Siblings = Siblings {
    list: "select id from chapters where part_id = $1 order by position, id",
    number: "update chapters set position = $1 where id = $2 and position <> $1",
    next: "select coalesce(max(position), -1) + 1 from chapters where part_id = $1",
};

/// Scenes of a chapter.
pub(crate) const SCENES: Siblings = Siblings {
    list: "select id from scenes where chapter_id = $1 order by position, id",
    number: "update scenes set position = $1 where id = $2 and position <> $1",
    next: "select coalesce(max(position), -1) + 1 from scenes where chapter_id = $1",
};

/// Puts `moved`, already a child of `parent`, at a place from 0 and numbers its siblings anew.
pub(crate) async fn place(db: &mut Writing, siblings: Siblings, parent: &str, moved: &str, place: u32) -> Result<()> {
    let mut ids: Vec<String> = sqlx::query_scalar(siblings.list).bind(parent).fetch_all(&mut *db).await?;
    ids.retain(|id| id != moved);
    let place = ids.len().min(usize::try_from(place).unwrap_or(usize::MAX));
    ids.insert(place, moved.to_owned());
    for (position, id) in (0i64..).zip(&ids) {
        sqlx::query(siblings.number).bind(position).bind(id).execute(&mut *db).await?;
    }
    Ok(())
}

/// The position after the last child of `parent`.
pub(crate) async fn next(db: &mut Writing, siblings: Siblings, parent: &str) -> Result<i64> {
    Ok(sqlx::query_scalar(siblings.next).bind(parent).fetch_one(db).await?)
}
