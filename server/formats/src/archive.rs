//! A ZIP archive that goes out while it is made: each file is compressed in memory and handed over.

use std::{
    io::{self, Seek, SeekFrom, Write},
    sync::{Arc, Mutex, PoisonError},
};

use zip::{
    CompressionMethod, ZipWriter,
    result::ZipError,
    write::{PreparedZipFile, SimpleFileOptions, ZipFileBuilder},
};

/// An archive while it is written.
pub struct Archive {
    writer: ZipWriter<Pieces>,
    /// What the writer has written and nobody has taken.
    ready: Arc<Mutex<Vec<u8>>>,
}

/// An archive could not be written: a mistake of ours.
#[derive(Debug, thiserror::Error)]
#[error("an archive could not be written: {0}")]
pub struct ArchiveFailed(#[from] ZipError);

impl From<io::Error> for ArchiveFailed {
    fn from(error: io::Error) -> Self {
        Self(error.into())
    }
}

impl Default for Archive {
    fn default() -> Self {
        let ready = Arc::default();
        Self { writer: ZipWriter::new(Pieces { ready: Arc::clone(&ready), at: 0 }), ready }
    }
}

impl Archive {
    /// Adds a file.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), ArchiveFailed> {
        Ok(self.writer.add_prepared_file(PreparedZipFile::from_data(
            name,
            options(CompressionMethod::Deflated),
            bytes,
        )?)?)
    }

    /// Adds a file as it is, which some readers look for at a fixed place.
    pub(crate) fn add_stored(&mut self, name: &str, bytes: &[u8]) -> Result<(), ArchiveFailed> {
        Ok(self.writer.add_prepared_file(PreparedZipFile::from_data(
            name,
            options(CompressionMethod::Stored),
            bytes,
        )?)?)
    }

    /// Begins a file that is longer when it is written out than memory should hold.
    pub(crate) fn begin(name: &str) -> Result<ZipFileBuilder, ArchiveFailed> {
        Ok(ZipFileBuilder::new(name, options(CompressionMethod::Deflated))?)
    }

    /// Adds such a file.
    pub(crate) fn end(&mut self, file: ZipFileBuilder) -> Result<(), ArchiveFailed> {
        Ok(self.writer.add_prepared_file(file.finish()?)?)
    }

    /// What is ready to go out, once.
    pub fn ready(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.ready.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The rest of the archive.
    pub fn finish(self) -> Result<Vec<u8>, ArchiveFailed> {
        self.writer.finish()?;
        Ok(std::mem::take(&mut self.ready.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// The same archive whenever it is made of the same files: no moment, no system.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(method)
}

/// The bytes that have not gone out. What went out can't be written again.
struct Pieces {
    ready: Arc<Mutex<Vec<u8>>>,
    at: u64,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        self.at += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Pieces {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Current(0) | SeekFrom::End(0) => Ok(self.at),
            SeekFrom::Start(at) if at == self.at => Ok(at),
            SeekFrom::Start(_) | SeekFrom::Current(_) | SeekFrom::End(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use zip::ZipArchive;

    use super::*;

    #[test]
    fn what_goes_out_is_an_archive() {
        let mut archive = Archive::default();
        archive.add_stored("mimetype", b"application/epub+zip").expect("room");
        let mut bytes = archive.ready();
        archive.add("é/b.txt", "b".repeat(10_000).as_bytes()).expect("room");
        bytes.extend(archive.ready());
        assert_eq!(bytes.get(30..58), Some(&b"mimetypeapplication/epub+zip"[..]), "where readers of EPUB look for it");
        bytes.extend(archive.finish().expect("an end"));
        let mut read = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut text = String::new();
        read.by_name("é/b.txt").expect("the file").read_to_string(&mut text).expect("its text");
        assert_eq!((read.len(), text), (2, "b".repeat(10_000)));
    }
}
