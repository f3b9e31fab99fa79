//! The names of a site's files, by what is in them.

use std::{fs, path::Path};

use app::file_names::FileNames;
use blake2::{Blake2b, Digest, digest::consts::U8};

use super::Site;

/// The compressed copies have the names of what they are copies of.
const COPIES: [&str; 2] = [".br", ".gz"];

impl Site {
    /// What pages call its files. Reads them all: the full site of a development build in a tenth of a second.
    pub(crate) fn names(&self) -> FileNames {
        let mut files = vec![];
        match self {
            Self::Folder(folder) => collect(folder, folder, &mut files),
            Self::Carried(carried) => {
                let all = carried.paths().filter_map(|path| Some((path, carried.bytes(path)?)));
                files.extend(all.map(|(path, bytes)| (format!("/{path}"), hash(bytes))));
            }
        }
        files.retain(|(path, _)| !COPIES.iter().any(|ending| path.ends_with(ending)));
        FileNames::of(files)
    }
}

/// What a content is known by.
pub(crate) fn hash(content: &[u8]) -> u64 {
    u64::from_be_bytes(Blake2b::<U8>::digest(content).into())
}

/// A file that can't be read has no name but its path, and is answered as the file system will have it.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, u64)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if let (Some(name), Ok(bytes)) = (path.strip_prefix(root).ok().and_then(Path::to_str), fs::read(&path)) {
            files.push((format!("/{name}"), hash(&bytes)));
        }
    }
}
