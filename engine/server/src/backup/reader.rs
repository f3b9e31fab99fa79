//! Reads the lines of a backup, and believes none before the last.

use std::io::{BufRead, BufReader, Chain, Cursor, ErrorKind, Read};

use flate2::read::MultiGzDecoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{BackupError, Contents, Result, Table, Value, contents::FORMAT};
use crate::{App, hex::hex};

/// No row is as long, in bytes. A file that claims otherwise must not fill the memory.
const LONGEST_LINE: u64 = 256 << 20;

/// What every file in gzip begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct End {
    pub(super) checksum: String,
}

/// Enough of the first line to tell what file this is.
#[derive(Deserialize)]
struct Title {
    backup: u32,
    app: String,
    version: String,
}

pub(super) struct Reader<R: Read> {
    lines: BufReader<MultiGzDecoder<Chain<Cursor<Vec<u8>>, R>>>,
    checksum: Sha256,
    pub(super) contents: Contents,
}

impl<R: Read> Reader<R> {
    /// Reads the first line.
    pub(super) fn open<A: App>(mut file: R) -> Result<Self> {
        let not_ours = || BackupError::NotABackup(A::NAME);
        let mut beginning = vec![];
        file.by_ref().take(2).read_to_end(&mut beginning).map_err(BackupError::File)?;
        if beginning != GZIP {
            return Err(not_ours());
        }
        let mut lines = BufReader::new(MultiGzDecoder::new(Cursor::new(beginning).chain(file)));
        let mut checksum = Sha256::new();
        let first = line(&mut lines).map_err(damage)?.ok_or_else(not_ours)?;
        let title: Title = serde_json::from_slice(&first).map_err(|_| not_ours())?;
        if title.app != A::NAME {
            return Err(not_ours());
        }
        if title.backup > FORMAT {
            return Err(BackupError::NewerBackup(title.version));
        }
        let contents = serde_json::from_slice(&first).map_err(|error| damage(error.into()))?;
        checksum.update(&first);
        Ok(Self { lines, checksum, contents })
    }

    /// Reads every row and compares the checksum: the file is whole.
    pub(super) fn check(mut self) -> Result<()> {
        for table in self.contents.tables.clone() {
            for _ in 0..table.rows {
                self.row(&table)?;
            }
        }
        self.end()
    }

    /// The next row, which is one of this table's.
    pub(super) fn row(&mut self, table: &Table) -> Result<Vec<Value>> {
        let text = line(&mut self.lines).map_err(damage)?.ok_or_else(|| damaged("it has no end"))?;
        self.checksum.update(&text);
        let row: Vec<Value> = serde_json::from_slice(&text).map_err(|error| damage(error.into()))?;
        let fits = row.len() == table.columns.len()
            && row.iter().zip(&table.columns).all(|(value, column)| value.fits(column.kind));
        if fits { Ok(row) } else { Err(damaged("a row does not fit its table")) }
    }

    /// The last line, and nothing after it.
    pub(super) fn end(mut self) -> Result<()> {
        let text = line(&mut self.lines).map_err(damage)?.ok_or_else(|| damaged("it has no end"))?;
        let end: End = serde_json::from_slice(&text).map_err(|error| damage(error.into()))?;
        if end.checksum != hex(&self.checksum.finalize()) {
            return Err(damaged("its checksum is another"));
        }
        match line(&mut self.lines).map_err(damage)? {
            None => Ok(()),
            Some(_) => Err(damaged("it goes on after its end")),
        }
    }
}

/// The next line with its end, or nothing at the end of the file.
fn line(lines: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = vec![];
    lines.take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    match line.last() {
        None => Ok(None),
        Some(b'\n') => Ok(Some(line)),
        Some(_) => Err(ErrorKind::UnexpectedEof.into()),
    }
}

fn damage(error: std::io::Error) -> BackupError {
    match error.kind() {
        ErrorKind::UnexpectedEof => damaged("it has no end"),
        // The decoder's and the parser's own words: of bytes that are no gzip, and of text that is no JSON.
        ErrorKind::InvalidInput | ErrorKind::InvalidData => damaged(error),
        _ => BackupError::File(error),
    }
}

fn damaged(how: impl ToString) -> BackupError {
    BackupError::Damaged(how.to_string())
}
