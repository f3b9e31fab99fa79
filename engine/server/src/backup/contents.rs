//! What a backup says of itself, in its first line.

use abreast_core::{LogId, Millis, Seq};
use serde::{Deserialize, Serialize};

use crate::tables::Column;

/// The version of the format. A program reads this one and those before.
pub(super) const FORMAT: u32 = 1;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The version of the format.
    pub(super) backup: u32,
    /// The app.
    pub app: String,
    /// The version of the program that made it.
    pub version: String,
    /// When.
    pub made_at: Millis,
    /// The last migration that the tables had.
    pub migration: i64,
    /// The log's name.
    pub log: LogId,
    /// The log's head: all that was committed up to it is in here.
    pub head: Seq,
    /// The tables, in the order of their rows.
    pub tables: Vec<Table>,
}

impl Contents {
    /// How many rows there are in all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// A table, and how much of it there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of each row's values.
    pub(super) columns: Vec<Column>,
    /// How many rows it has.
    pub rows: u64,
}
