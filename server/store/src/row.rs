//! Reading columns: parsed into the domain's types, or named as corrupt.

use std::{fmt::Display, str::FromStr};

use domain::{Listing, Millis, Rev};
use sqlx::{Row, any::AnyRow};

use crate::{Error, Result};

/// Columns by name.
pub(crate) trait Columns {
    /// A text.
    fn text(&self, column: &str) -> Result<String>;
    /// A number.
    fn number(&self, column: &str) -> Result<i64>;
    /// A number that may be missing.
    fn maybe_number(&self, column: &str) -> Result<Option<i64>>;

    /// An id, or a member of a closed set.
    fn parsed<T: FromStr<Err: Display>>(&self, column: &str) -> Result<T> {
        self.text(column)?.parse().map_err(|error| Error::corrupt(format!("{column}: {error}")))
    }

    /// A parsed text.
    fn read<T: TryFrom<String, Error: Display>>(&self, column: &str) -> Result<T> {
        T::try_from(self.text(column)?).map_err(|error| Error::corrupt(format!("{column}: {error}")))
    }

    /// A count.
    fn count(&self, column: &str) -> Result<u32> {
        u32::try_from(self.number(column)?).map_err(Error::corrupt)
    }

    /// A moment.
    fn millis(&self, column: &str) -> Result<Millis> {
        self.number(column).map(Millis)
    }

    /// A revision.
    fn rev(&self, column: &str) -> Result<Rev> {
        self.number(column).map(Rev)
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
}
