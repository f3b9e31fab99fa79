//! The cast: a story's characters and settings, the author's notebook. Each kind has a table.

use domain::{
    Bound, Cast, CastDraft, CastId, CastKind, CastMember, Change, Changed, Name, Note, Rev, StoryId, StoryPath,
    Trashed, UserId,
};
use sqlx::any::AnyRow;

use crate::{
    Load, Reader, Result, Store, Writing, access, clock, room,
    row::{self, Columns},
    trash,
};

impl Load for Cast {
    async fn load(&self, reader: &mut Reader) -> Result<Vec<CastMember>> {
        access::notebook(&mut **reader, self.viewer, self.story).await?;
        let mut cast = vec![];
        for &kind in CastKind::ALL {
            let rows = sqlx::query(statements(kind).list).bind(self.story.to_string()).fetch_all(&mut **reader).await?;
            for row in &rows {
                cast.push(cast_member(kind, row)?);
            }
        }
        // Here and not in SQL: each database has its own opinion on whether "a" stands before "B".
        cast.sort_by_cached_key(|one| (one.kind, one.name.as_str().to_lowercase(), one.member));
        Ok(cast)
    }
}

impl Store {
    /// Notes a new character or setting in a story.
    pub async fn add_cast_member(
        &self,
        author: UserId,
        story: StoryId,
        kind: CastKind,
        name: Name,
        description: Note,
    ) -> Result<Changed<CastId>> {
        let mut tx = self.begin().await?;
        let at = access::notebook(&mut *tx, author, story).await?;
        room::for_one(&mut tx, bound(kind), story).await?;
        let member = CastId::from_bits(clock::new_bits());
        sqlx::query(statements(kind).insert)
            .bind(member.to_string())
            .bind(story.to_string())
            .bind(name.as_str())
            .bind(description.as_str())
            .execute(&mut *tx)
            .await?;
        tx.commit(Change::CastMemberAdded(at, kind, member), member).await
    }

    /// Saves a name and a description. Refused when there was another save since its base.
    pub async fn save_cast_member(
        &self,
        author: UserId,
        kind: CastKind,
        member: CastId,
        draft: CastDraft,
    ) -> Result<Changed<Rev>> {
        let mut tx = self.begin().await?;
        let at = notebook(&mut tx, author, kind, member).await?;
        let rev: Option<i64> = sqlx::query_scalar(statements(kind).update)
            .bind(draft.name.as_str())
            .bind(draft.description.as_str())
            .bind(member.to_string())
            .bind(draft.base.0)
            .fetch_optional(&mut *tx)
            .await?;
        let current = sqlx::query(statements(kind).current).bind(member.to_string());
        let rev = row::saved_over(&mut tx, rev, current, &["name", "description"]).await?;
        tx.commit(Change::CastMemberSaved(at, kind, member), rev).await
    }

    /// Moves a character or a setting into the trash.
    pub async fn delete_cast_member(&self, author: UserId, kind: CastKind, member: CastId) -> Result<Changed<()>> {
        let mut tx = self.begin().await?;
        let at = notebook(&mut tx, author, kind, member).await?;
        sqlx::query(statements(kind).hold).bind(member.to_string()).fetch_one(&mut *tx).await?;
        trash::throw_away(&mut tx, at, Trashed::cast_member(kind, member)).await?;
        tx.commit(Change::CastMemberDeleted(at, kind, member), ()).await
    }
}

/// The author's own notebook, if it holds the member.
async fn notebook(db: &mut Writing, author: UserId, kind: CastKind, member: CastId) -> Result<StoryPath> {
    let story =
        sqlx::query(statements(kind).notebook).bind(member.to_string()).bind(author.to_string()).fetch_one(db).await?;
    Ok(StoryPath { author, story: story.parsed("id")? })
}

fn cast_member(kind: CastKind, row: &AnyRow) -> Result<CastMember> {
    Ok(CastMember {
        kind,
        member: row.parsed("id")?,
        name: row.read("name")?,
        description: row.read("description")?,
        rev: row.rev("rev")?,
    })
}

const fn bound(kind: CastKind) -> Bound {
    match kind {
        CastKind::Character => Bound::Cast,
        CastKind::Setting => Bound::Settings,
    }
}

/// What is asked of one table.
struct Statements {
    list: &'static str,
    insert: &'static str,
    update: &'static str,
    current: &'static str,
    hold: &'static str,
    notebook: &'static str,
}

macro_rules! statements {
    ($table:literal) => {
        Statements {
            list: concat!("select id, name, description, rev from ", $table, " where story_id = $1"),
            insert: concat!("insert into ", $table, " (id, story_id, name, description) values ($1, $2, $3, $4)"),
            update: concat!(
                "update ",
                $table,
                " set name = $1, description = $2, rev = rev + 1
                 where id = $3 and rev = $4 returning rev"
            ),
            current: concat!("select rev, name, description from ", $table, " where id = $1"),
            hold: concat!("update ", $table, " set rev = rev where id = $1 returning id"),
            notebook: concat!(
                "select s.id from ",
                $table,
                " c join stories s on s.id = c.story_id where c.id = $1 and s.author_id = $2"
            ),
        }
    };
}

const fn statements(kind: CastKind) -> Statements {
    match kind {
        CastKind::Character => statements!("characters"),
        CastKind::Setting => statements!("settings"),
    }
}
