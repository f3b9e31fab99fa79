//! Order among siblings: positions from 0, with gaps where something was deleted.

use crate::{Result, Writing};

/// Which siblings: a statement that puts one of them at a place, and one that says which position is free at the end.
#[derive(Clone, Copy)]
pub(crate) struct Siblings {
    place: &'static str,
    next: &'static str,
}

/// One statement, however many there are: the others keep their order, and leave the place free.
macro_rules! siblings {
    ($table:literal in $parent:literal) => {
        Siblings {
            place: concat!(
                "with others (id, place) as (
                     select id, row_number() over (order by position, id) - 1 from ", $table,
                "    where ", $parent, " = $1 and id <> $2
                 ), free (place) as (
                     select case when count(*) < cast($3 as bigint) then count(*) else cast($3 as bigint) end from others
                 ), numbered (id, place) as (
                     select o.id, case when o.place < f.place then o.place else o.place + 1 end from others o, free f
                     union all
                     select $2, place from free
                 )
                 update ", $table, " set position = numbered.place
                 from numbered where numbered.id = ", $table, ".id and position <> numbered.place"
            ),
            next: concat!("select coalesce(max(position), -1) + 1 from ", $table, " where ", $parent, " = $1"),
        }
    };
}

/// Parts of a story.
pub(crate) const PARTS: Siblings = siblings!("parts" in "story_id");

/// Chapters of a part.
pub(crate) const CHAPTERS: Siblings = siblings!("chapters" in "part_id");

/// Scenes of a chapter.
pub(crate) const SCENES: Siblings = siblings!("scenes" in "chapter_id");

/// Puts `moved`, already a child of `parent`, at a place from 0 and numbers its siblings anew.
pub(crate) async fn place(db: &mut Writing, siblings: Siblings, parent: &str, moved: &str, place: u32) -> Result<()> {
    let place = i64::from(place);
    sqlx::query(siblings.place).bind(parent).bind(moved).bind(place).execute(&mut *db).await?;
    Ok(())
}

/// The position after the last child of `parent`.
pub(crate) async fn next(db: &mut Writing, siblings: Siblings, parent: &str) -> Result<i64> {
    Ok(sqlx::query_scalar(siblings.next).bind(parent).fetch_one(db).await?)
}
