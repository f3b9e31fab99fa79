//! Which rows belong to what, and what a Change must say that touched one.
//!
//! Debug builds hold it against what each transaction really touched, in every test that writes.

use abreast_server::{RowRules, TouchedRow, WatchedTable};
use domain::{Audience, Change, Tag};

use crate::{Error, Library, Result};

/// The rules for the library's tables.
#[derive(Debug, Clone, Copy)]
pub enum Rows {}

impl RowRules<Library> for Rows {
    const TABLES: &'static [WatchedTable] = &[
        ("users", ["id", "id", "id"]),
        ("handles", ["user_id", "user_id", "user_id"]),
        ("sessions", ["user_id", "user_id", "user_id"]),
        ("mail_choices", ["user_id", "user_id", "user_id"]),
        ("second_factors", ["user_id", "user_id", "user_id"]),
        ("recovery_codes", ["user_id", "user_id", "user_id"]),
        ("stories", ["id", "author_id", "id"]),
        ("parts", ["id", "story_id", "story_id"]),
        ("chapters", ["id", "story_id", "part_id"]),
        ("scenes", ["id", "story_id", "chapter_id"]),
        ("scene_versions", ["scene_id", "story_id", "kind"]),
        ("words_written", ["user_id", "user_id", "user_id"]),
        ("working_copies", ["scene_id", "story_id", "story_id"]),
        ("trash", ["id", "author_id", "kind"]),
        ("characters", ["id", "story_id", "story_id"]),
        ("settings", ["id", "story_id", "story_id"]),
        ("posts", ["id", "author_id", "id"]),
        ("comments", ["id", "post_id", "post_id"]),
        ("mentions", ["thing_id", "user_id", "post_id"]),
        ("story_likes", ["story_id", "user_id", "story_id"]),
        ("post_likes", ["post_id", "user_id", "post_id"]),
        ("bookmarks", ["story_id", "user_id", "story_id"]),
        ("chapters_read", ["story_id", "user_id", "story_id"]),
        ("followed_stories", ["story_id", "user_id", "story_id"]),
        ("followed_authors", ["author_id", "user_id", "author_id"]),
        ("silences", ["by_id", "user_id", "how"]),
        ("inboxes", ["user_id", "user_id", "user_id"]),
        ("reports", ["thing_id", "reporter_id", "kind"]),
        ("hidden", ["thing_id", "author_id", "kind"]),
        ("acts", ["id", "about_id", "kind"]),
        ("invitations", ["id", "by_id", "id"]),
        ("site", ["id", "id", "id"]),
    ];

    fn must_say(change: &Change, TouchedRow { table, a, b, c }: TouchedRow<'_>) -> Result<Vec<Vec<Tag>>> {
        // Nobody can hold anything of a story that did not exist.
        if let Change::StoryCreated(at, _) | Change::StoryRestored(at, _) = change
            && matches!(table, "parts" | "chapters" | "scenes" | "scene_versions" | "working_copies")
            && b == at.story.to_string()
        {
            return Ok(vec![]);
        }
        // It is a draft: no answer shows where its readers were.
        if matches!(change, Change::StoryRestored(..))
            && matches!(table, "bookmarks" | "chapters_read" | "followed_stories")
        {
            return Ok(vec![]);
        }
        // The story is only held: nothing in its row changes.
        if let Change::WorkingCopyBegun(_) | Change::WorkingCopyKept(_) | Change::WorkingCopyLeft(_) = change
            && table == "stories"
        {
            return Ok(vec![]);
        }
        // Nor of a scene that was in the trash.
        if matches!(change, Change::TrashedDeleted(_)) && table == "scene_versions" {
            return Ok(vec![]);
        }
        let story = |id: &str| id.parse().map(Tag::Story).map_err(Error::corrupt);
        let contents = |id: &str| id.parse().map(Tag::Contents).map_err(Error::corrupt);
        let manuscript = |id: &str| id.parse().map(Tag::Manuscript).map_err(Error::corrupt);
        let outline = |id: &str| id.parse().map(Tag::Outline).map_err(Error::corrupt);
        let words = |id: &str| id.parse().map(Tag::Words).map_err(Error::corrupt);
        // What only the author may be told of makes nothing old that readers have.
        let for_readers = |tags: Vec<Vec<Tag>>| match change.audience() {
            Audience::Everyone => tags,
            Audience::Only(_) => vec![],
        };
        // What shows it depends on the person who left.
        if let Change::AccountDeleted(left, ..) = change {
            match table {
                // A handle from then has no owner; and of other managers only the row is held.
                "users" | "handles" if a != left.to_string() => return Ok(vec![]),
                "scenes" => return Ok(vec![vec![manuscript(b)?, outline(b)?]]),
                "scene_versions" | "followed_authors" => return Ok(vec![]),
                // The people who were told of it have an answer that names the one who left.
                "mentions" => return Ok(vec![vec![Tag::Post(c.parse().map_err(Error::corrupt)?)]]),
                _ => {}
            }
        }
        let viewer = |id: &str| id.parse().map(Tag::Viewer).map_err(Error::corrupt);
        let reader = |id: &str| id.parse().map(Tag::Reader).map_err(Error::corrupt);
        let post = |id: &str| id.parse().map(Tag::Post).map_err(Error::corrupt);
        // Nobody can hold anything of chapters that did not exist.
        if matches!(change, Change::ChaptersImported(_)) && table == "scene_versions" {
            return Ok(vec![]);
        }
        if matches!(change, Change::ChaptersImported(_)) && matches!(table, "parts" | "chapters" | "scenes") {
            return Ok(vec![vec![manuscript(b)?], vec![outline(b)?]]);
        }
        Ok(match table {
            "users" | "handles" | "sessions" | "mail_choices" | "second_factors" | "recovery_codes" => {
                vec![vec![viewer(a)?]]
            }
            "stories" => {
                let author = Tag::Author(b.parse().map_err(Error::corrupt)?);
                [vec![vec![manuscript(a)?], vec![author]], for_readers(vec![vec![story(a)?]])].concat()
            }
            "parts" | "chapters" => {
                let of_readers = for_readers(vec![vec![story(b)?], vec![contents(b)?]]);
                [vec![vec![manuscript(b)?], vec![outline(b)?]], of_readers].concat()
            }
            "scenes" => {
                let scene = Tag::Scene(a.parse().map_err(Error::corrupt)?);
                let chapter = Tag::Chapter(c.parse().map_err(Error::corrupt)?);
                let of_author =
                    vec![vec![manuscript(b)?], vec![chapter], vec![scene, outline(b)?], vec![words(b)?, outline(b)?]];
                [of_author, for_readers(vec![vec![story(b)?]])].concat()
            }
            "scene_versions" => vec![vec![Tag::Scene(a.parse().map_err(Error::corrupt)?)]],
            // Gone with its scene, or with all around it.
            "working_copies" => {
                vec![vec![Tag::Scene(a.parse().map_err(Error::corrupt)?), outline(b)?], vec![words(b)?, outline(b)?]]
            }
            "words_written" => vec![vec![Tag::Progress(a.parse().map_err(Error::corrupt)?)]],
            "trash" => vec![vec![Tag::Trash(b.parse().map_err(Error::corrupt)?)]],
            // An answer that shows one of them shows the list.
            "characters" | "settings" => vec![vec![Tag::Cast(b.parse().map_err(Error::corrupt)?)]],
            "posts" | "comments" => vec![vec![post(if table == "posts" { a } else { b })?]],
            // They have it in their inboxes, or all of the post is gone.
            "mentions" => vec![vec![post(c)?], vec![reader(b)?, Tag::Posted(c.parse().map_err(Error::corrupt)?)]],
            // Who likes it shows it among what they like: it is their own doing, or all who do are told.
            "story_likes" => {
                let story = a.parse().map_err(Error::corrupt)?;
                vec![vec![Tag::Likes(story)], vec![viewer(b)?, Tag::Listed(story)]]
            }
            // It is the reader's own doing, or the story is gone for all.
            "bookmarks" | "chapters_read" | "followed_stories" => vec![vec![reader(b)?, contents(a)?]],
            // It is the doing of the one who mutes or blocks, or the other one left.
            "silences" => {
                let person = Tag::Person(b.parse().map_err(Error::corrupt)?);
                vec![vec![Tag::Silences(a.parse().map_err(Error::corrupt)?), person], vec![reader(a)?, person]]
            }
            "invitations" => vec![vec![Tag::Members]],
            "site" => vec![vec![Tag::Site]],
            "reports" | "hidden" => vec![vec![Tag::Moderation]],
            // Of a closed thread and of a dismissed report its author is told nothing.
            "acts" if b.is_empty() || matches!(c, "lock" | "unlock") => vec![vec![Tag::Moderation]],
            "acts" => vec![vec![Tag::Moderation], vec![reader(b)?]],
            "followed_authors" | "inboxes" => vec![vec![reader(b)?]],
            "post_likes" => {
                vec![vec![post(a)?], vec![viewer(b)?, Tag::Posted(a.parse().map_err(Error::corrupt)?)]]
            }
            unknown => return Err(Error::corrupt(format!("no rule for rows of {unknown}"))),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{Address, Store};

    /// Tables that no answer shows anything of.
    const UNWATCHED: [&str; 15] = [
        "_sqlx_migrations",
        "email_changes",
        "idempotency_keys",
        "log",
        "log_head",
        "mailed_notices",
        "manager_links",
        "outbox",
        "password_resets",
        "pending_sign_ins",
        "silence_turns",
        // What they are made of is watched.
        "person_terms",
        "spots",
        "story_terms",
        "trash_rows",
    ];

    async fn check(address: Address, tables: &'static str) {
        let store = Store::open(&address).await.expect("tables that are up to date");
        let mut reading = store.database.begin_reading().await.expect("a snapshot");
        let there: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut *reading).await.expect("their names");
        let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
        let known: BTreeSet<&str> = Rows::TABLES.iter().map(|(table, _)| *table).chain(UNWATCHED).collect();
        assert_eq!(there, known, "each table is watched, or named among those that need not be");
    }

    #[tokio::test]
    async fn no_table_is_overlooked() {
        let folder = tempfile::tempdir().expect("a folder");
        let sqlite = Address::Sqlite(folder.path().join("library.db"));
        check(sqlite, "select name from sqlite_master where type = 'table' and name not like 'sqlite%'").await;
        let place = services::postgres().empty();
        let tables = "select cast(table_name as text) from information_schema.tables where table_schema = 'public'";
        check(Address::Postgres(place.url.clone()), tables).await;
    }
}
