//! A copy of the whole database in one file, made while nodes serve.
//!
//! The tables hold text and whole numbers only, so the program copies them itself, out of one snapshot. This needs no
//! other program in a fitting version, and a backup of SQLite can be restored into PostgreSQL, or the other way round.
//! The file is JSON, a line for each row, in gzip; its last line is the checksum of the others.

mod contents;
mod error;
mod reader;
mod references;
mod restore;
mod take;
mod value;
mod writer;

pub use self::{
    contents::{Contents, Table},
    error::BackupError,
    restore::{Restored, restore},
    take::back_up,
};

use self::{reader::Reader, value::Value, writer::Writer};

type Result<T> = std::result::Result<T, BackupError>;
