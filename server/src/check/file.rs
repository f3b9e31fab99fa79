//! SQLite's file, and the disk that it is on.

use std::{fs, path::Path};

use super::Finding;

/// Below this a disk is full soon: a backup and a grown log need room, too.
#[cfg(unix)]
const ROOM: u64 = 512 << 20;

pub(super) fn check(path: &Path) -> Vec<Finding> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return vec![Finding::new(
            format!("The folder {} of the database is not there.", folder.display()),
            "SQLite makes files, and no folders.",
            "Make the folder, or name another file in DATABASE_URL.",
        )];
    }
    [writable(path, folder), readable_by_others(path), room(folder)].into_iter().flatten().collect()
}

/// SQLite keeps two more files beside its own while it works.
fn writable(path: &Path, folder: &Path) -> Option<Finding> {
    let file = if path.exists() { fs::OpenOptions::new().append(true).open(path).map(drop) } else { Ok(()) };
    let error = file.and_then(|()| tempfile::tempfile_in(folder).map(drop)).err()?;
    Some(Finding::new(
        format!("The database {} or its folder can't be written: {error}.", path.display()),
        "Nothing can be saved.",
        "Give both to the user who runs quire serve (chown).",
    ))
}

#[cfg(unix)]
fn readable_by_others(path: &Path) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path).ok()?.permissions().mode();
    (mode & 0o007 != 0).then(|| {
        Finding::new(
            format!("Every user of this machine can open the database {} (mode {:o}).", path.display(), mode & 0o777),
            "It has every unpublished text, every address and the hash of every password.",
            "Run chmod 600 for it and the two files beside it.",
        )
    })
}

#[cfg(not(unix))]
fn readable_by_others(_path: &Path) -> Option<Finding> {
    None
}

#[cfg(unix)]
fn room(folder: &Path) -> Option<Finding> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    is_little(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn room(_folder: &Path) -> Option<Finding> {
    None
}

#[cfg(unix)]
fn is_little(free: u64) -> Option<Finding> {
    (free < ROOM).then(|| {
        Finding::new(
            format!("The disk of the database has {} MiB left.", free >> 20),
            "When it is full, nothing can be saved.",
            "Make room, or move the database to a larger disk.",
        )
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_named() {
        for (free, is_found) in [(0, true), (ROOM - 1, true), (ROOM, false), (u64::MAX, false)] {
            assert_eq!(is_little(free).is_some(), is_found, "{free}");
        }
    }
}
