//! Writes the lines of a backup, and their checksum.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{BackupError, Contents, Result, Value, reader::End};
use crate::hex::hex;

pub(super) struct Writer<W: Write> {
    file: GzEncoder<W>,
    checksum: Sha256,
}

impl<W: Write> Writer<W> {
    pub(super) fn begin(file: W, contents: &Contents) -> Result<Self> {
        let mut begun = Self { file: GzEncoder::new(file, Compression::default()), checksum: Sha256::new() };
        begun.line(contents)?;
        Ok(begun)
    }

    pub(super) fn row(&mut self, row: &[Value]) -> Result<()> {
        self.line(&row)
    }

    pub(super) fn end(mut self) -> Result<()> {
        let checksum = hex(&self.checksum.clone().finalize());
        self.line(&End { checksum })?;
        self.file.finish().and_then(|mut file| file.flush()).map_err(BackupError::File)
    }

    fn line(&mut self, line: &impl Serialize) -> Result<()> {
        let mut text = serde_json::to_vec(line).map_err(|error| BackupError::File(error.into()))?;
        text.push(b'\n');
        self.checksum.update(&text);
        self.file.write_all(&text).map_err(BackupError::File)
    }
}
