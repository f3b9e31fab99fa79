//! The files that were in the site's folder when this program was built.

use std::time::UNIX_EPOCH;

use axum::body::Bytes;
use include_dir::{Dir, DirEntry, include_dir};

use super::{Carried, File};

static SITE: Dir<'static> = include_dir!("$QUIRE_SITE");

pub(super) fn read() -> Carried {
    let mut files = vec![];
    collect(&SITE, &mut files);
    files.into_iter().collect()
}

fn collect(folder: &'static Dir<'static>, files: &mut Vec<(String, File)>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => collect(folder, files),
            DirEntry::File(file) => {
                let modified = file.metadata().map_or(UNIX_EPOCH, include_dir::Metadata::modified);
                let name = file.path().to_string_lossy().into_owned();
                files.push((name, File { bytes: Bytes::from_static(file.contents()), modified }));
            }
        }
    }
}
