//! An archive, opened within bounds: how many files, how much they unpack to, how tightly they are packed, and where
//! their paths lead.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::ReadFailed;

/// The most files of an archive.
const MOST_FILES: usize = 10_000;
/// The most bytes that all that is read of it unpacks to. A book of 16 MB is one of the longest.
const MOST_BYTES: u64 = 96 * 1024 * 1024;
/// How many bytes one packed byte may become, of files above a size: prose becomes four, markup thirty.
const MOST_RATIO: u64 = 200;
/// Small files may be packed as tightly as they like.
const SMALL: u64 = 1024 * 1024;

/// An archive while it is read.
pub(super) struct Unzip<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How many more bytes may come out of it.
    left: u64,
}

impl<'a> Unzip<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadFailed> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadFailed::Damaged("it can't be unpacked"))?;
        if archive.len() > MOST_FILES {
            return Err(ReadFailed::TooMuchInside);
        }
        for name in archive.file_names_raw() {
            let name = String::from_utf8_lossy(name);
            let leads_out = name.starts_with('/') || name.contains('\\') || name.split('/').any(|step| step == "..");
            if leads_out {
                return Err(ReadFailed::PathLeadsOut(name.chars().take(80).collect()));
            }
        }
        Ok(Self { archive, left: MOST_BYTES })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// A file of it, if it is there.
    pub(super) fn maybe_text(&mut self, name: &str) -> Result<Option<String>, ReadFailed> {
        if self.has(name) { self.text(name).map(Some) } else { Ok(None) }
    }

    /// A file of it, as text.
    pub(super) fn text(&mut self, name: &str) -> Result<String, ReadFailed> {
        let bytes = self.bytes(name)?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
            Err(error) => Ok(super::decode::html(error.as_bytes())?.text),
        }
    }

    fn bytes(&mut self, name: &str) -> Result<Vec<u8>, ReadFailed> {
        let damaged = || ReadFailed::Damaged("a file in it can't be unpacked");
        let mut file = self.archive.by_name(name).map_err(|_| damaged())?;
        let most = self.left.min((file.compressed_size().saturating_mul(MOST_RATIO)).max(SMALL));
        let mut bytes = Vec::new();
        // What the archive says of sizes may be a lie; what comes out is counted.
        file.by_ref().take(most + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let length = bytes.len() as u64;
        if length > most {
            return Err(ReadFailed::TooMuchInside);
        }
        self.left -= length;
        Ok(bytes)
    }
}
