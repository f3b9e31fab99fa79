//! A temporary folder for a test: in memory where there is room, because nothing in it has to outlive the machine.

use std::path::Path;

use tempfile::{Builder, TempDir};

/// Where Linux keeps files in memory.
const MEMORY: &str = "/dev/shm";

/// As much must be free there, in bytes. A container may have as little as 64 MB.
const ROOM: u64 = 4 << 30;

/// A folder that goes when this is dropped.
///
/// On a disk half of the time that PostgreSQL took in the tests was the file system's.
///
/// # Panics
/// If none can be made.
pub fn folder() -> TempDir {
    let mut builder = Builder::new();
    builder.prefix("quire-");
    if has_room() { builder.tempdir_in(MEMORY) } else { builder.tempdir() }.expect("a folder")
}

fn has_room() -> bool {
    rustix::fs::statvfs(Path::new(MEMORY)).is_ok_and(|found| found.f_bavail.saturating_mul(found.f_frsize) >= ROOM)
}
