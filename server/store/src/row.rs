//! Reading columns: parsed into the domain's types, or named as corrupt.

use std::{fmt::Display, str::FromStr};

use domain::{ChapterState, Listing, Millis, Newer, Person, Rev, Schedule, StoryFacts, Subject, Viewer, WordGoal};
use sqlx::{
    Any, Row,
    any::{AnyArguments, AnyQueryResult, AnyRow},
    query::Query,
};

use crate::{Error, Result, Writing};

/// Columns by name.
pub(crate) trait Columns {
    /// A text.
    fn text(&self, column: &str) -> Result<String>;
    /// A number.
    fn number(&self, column: &str) -> Result<i64>;
    /// A number that may be missing.
    fn maybe_number(&self, column: &str) -> Result<Option<i64>>;
    /// A text that may be missing.
    fn maybe_text(&self, column: &str) -> Result<Option<String>>;

    /// An id, or a member of a closed set.
    fn parsed<T: FromStr<Err: Display>>(&self, column: &str) -> Result<T> {
        self.text(column)?.parse().map_err(|error| Error::corrupt(format!("{column}: {error}")))
    }

    /// An id that may be missing.
    fn maybe_parsed<T: FromStr<Err: Display>>(&self, column: &str) -> Result<Option<T>> {
        let text = self.maybe_text(column)?;
        text.map(|text| text.parse().map_err(|error| Error::corrupt(format!("{column}: {error}")))).transpose()
    }

    /// A parsed text. One that was good when it was written stays readable.
    fn read<T: TryFrom<String, Error: Display>>(&self, column: &str) -> Result<T> {
        if let Ok(parsed) = T::try_from(self.text(column)?) {
            return Ok(parsed);
        }
        let restored = domain::restored(&self.text(column)?);
        T::try_from(restored).map_err(|error| Error::corrupt(format!("{column}: {error}")))
    }

    /// A count.
    fn count(&self, column: &str) -> Result<u32> {
        u32::try_from(self.number(column)?).map_err(Error::corrupt)
    }

    /// A goal of words.
    fn word_goal(&self, column: &str) -> Result<WordGoal> {
        WordGoal::of(self.count(column)?).map_err(Error::corrupt)
    }

    /// A moment.
    fn millis(&self, column: &str) -> Result<Millis> {
        self.number(column).map(Millis)
    }

    /// A revision.
    fn rev(&self, column: &str) -> Result<Rev> {
        self.number(column).map(Rev)
    }

    /// Who wrote it, from `author_id`, `author_name` and `author_handle`.
    fn author(&self) -> Result<Person> {
        Ok(Person {
            user: self.parsed("author_id")?,
            name: self.read("author_name")?,
            handle: self.parsed("author_handle")?,
        })
    }

    /// What a post is about, from `about_story` and `about_chapter`. A story that is gone takes its chapters along.
    fn subject(&self) -> Result<Option<Subject>> {
        let Some(story) = self.maybe_parsed("about_story")? else { return Ok(None) };
        Ok(Some(Subject { story, chapter: self.maybe_parsed("about_chapter")? }))
    }

    /// What readers choose a story by, from `status`, `language`, `rating`, `warnings` and `tags`.
    fn story_facts(&self) -> Result<StoryFacts> {
        Ok(StoryFacts {
            status: self.parsed("status")?,
            language: self.parsed("language")?,
            rating: self.parsed("rating")?,
            warnings: self.parsed("warnings")?,
            tags: self.parsed("tags")?,
        })
    }

    /// Whether readers have the chapter, from `published`, `release_at`, `release_local` and `release_zone`.
    fn chapter_state(&self) -> Result<ChapterState> {
        if self.number("published")? == 1 {
            return Ok(ChapterState::Published);
        }
        let Some(at) = self.maybe_number("release_at")? else { return Ok(ChapterState::Draft) };
        let (local, zone) = (self.parsed("release_local")?, self.read("release_zone")?);
        Ok(ChapterState::Scheduled(Schedule { at: Millis(at), local, zone }))
    }

    /// Where the public finds the story, from `format`, `genre` and `published_at`.
    fn listing(&self) -> Result<Listing> {
        let published = self.maybe_number("published_at")?.is_some();
        Ok(Listing::of(published, self.parsed("format")?, self.parsed("genre")?))
    }
}

impl Columns for AnyRow {
    fn text(&self, column: &str) -> Result<String> {
        Ok(self.try_get(column)?)
    }

    fn number(&self, column: &str) -> Result<i64> {
        Ok(self.try_get(column)?)
    }

    fn maybe_number(&self, column: &str) -> Result<Option<i64>> {
        Ok(self.try_get(column)?)
    }

    fn maybe_text(&self, column: &str) -> Result<Option<String>> {
        Ok(self.try_get(column)?)
    }
}

/// The columns from which [`Columns::author`] reads a person, of a row of `users` that is called this in the statement.
macro_rules! author {
    ($row:literal) => {
        concat!(
            $row,
            ".id as author_id, ",
            $row,
            ".name as author_name, coalesce(",
            $row,
            ".handle, ",
            $row,
            ".id) as author_handle"
        )
    };
}
pub(crate) use author;

/// Who is signed in, from `id`, `name`, `role` and `suspended_until`.
pub(crate) fn viewer(row: &AnyRow, now: i64) -> Result<Viewer> {
    let suspended_until = row.maybe_number("suspended_until")?.filter(|&until| until > now).map(Millis);
    Ok(Viewer { user: row.parsed("id")?, name: row.read("name")?, role: row.parsed("role")?, suspended_until })
}

/// Not found, if a statement that names one row found none.
pub(crate) fn one(done: &AnyQueryResult) -> Result<()> {
    if done.rows_affected() == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// The revision that a save made; if it made none, there was another save since its base, and `current`
/// asks which revision is there.
pub(crate) async fn saved(db: &mut Writing, rev: Option<i64>, current: &'static str, id: String) -> Result<Rev> {
    match rev {
        Some(rev) => Ok(Rev(rev)),
        None => Err(Error::Conflict { now: Rev(sqlx::query_scalar(current).bind(id).fetch_one(db).await?) }),
    }
}

/// The same of a few short texts: `current` asks for `rev` and for them by these names, and they are told along.
pub(crate) async fn saved_over(
    db: &mut Writing,
    rev: Option<i64>,
    current: Query<'_, Any, AnyArguments>,
    texts: &[&str],
) -> Result<Rev> {
    if let Some(rev) = rev {
        return Ok(Rev(rev));
    }
    let row = current.fetch_one(db).await?;
    let texts = texts.iter().map(|name| Ok(((*name).to_owned(), row.text(name)?))).collect::<Result<_>>()?;
    Err(Error::ConflictWith(Newer { rev: row.rev("rev")?, texts }))
}

/// The ids that a statement about one other id finds.
pub(crate) async fn ids<T: FromStr<Err: Display>>(
    db: &mut Writing,
    statement: &'static str,
    of: String,
) -> Result<Vec<T>> {
    let rows = sqlx::query(statement).bind(of).fetch_all(db).await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}
