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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Archive;

    fn archive<'a>(names: impl IntoIterator<Item = &'a str>, bytes: &[u8]) -> Vec<u8> {
        let mut archive = Archive::default();
        for name in names {
            archive.add(name, bytes).expect("room");
        }
        archive.finish().expect("an archive")
    }

    fn refusal(bytes: &[u8]) -> Option<ReadFailed> {
        Unzip::open(bytes).err()
    }

    #[test]
    fn an_archive_has_so_many_files() {
        let names: Vec<_> = (0..=MOST_FILES).map(|number| number.to_string()).collect();
        let names = || names.iter().map(String::as_str);
        assert_eq!(refusal(&archive(names().skip(1), b"")), None);
        assert_eq!(refusal(&archive(names(), b"")), Some(ReadFailed::TooMuchInside));
    }

    #[test]
    fn paths_stay_inside() {
        for path in ["a", "a/b.xhtml", "a..b/...", "a/./b", "C:"] {
            assert_eq!(refusal(&archive(["mimetype", path], b"x")), None, "{path}");
        }
        for path in ["/etc/passwd", "//x", "..", "../x", "a/../../x", "a/..", "..\\x", "a\\b", "C:\\x"] {
            let leads_out = ReadFailed::PathLeadsOut(path.to_owned());
            assert_eq!(refusal(&archive(["mimetype", path], b"x")), Some(leads_out), "{path}");
        }
    }

    /// Files of one size each are small, however tightly they are packed. All of them together are not.
    #[test]
    fn what_comes_out_is_counted_over_all_files() {
        let fit = MOST_BYTES / SMALL;
        let names: Vec<_> = (0..=fit).map(|number| number.to_string()).collect();
        let small = vec![b'a'; usize::try_from(SMALL).expect("a size")];
        let bytes = archive(names.iter().map(String::as_str), &small);
        assert!(bytes.len() < 1_000_000, "{}", bytes.len());
        let mut unzip = Unzip::open(&bytes).expect("an archive");
        let (last, first) = names.split_last().expect("names");
        let mut length = |name: &str| unzip.text(name).map(|text| text.len());
        for name in first {
            assert_eq!(length(name), Ok(small.len()), "{name}");
        }
        assert_eq!(length(last), Err(ReadFailed::TooMuchInside));
    }
}
