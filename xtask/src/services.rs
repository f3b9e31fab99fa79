//! What tests start servers from, `PostgreSQL` and Redis, and lay cables with.

use std::{fs, path::Path};

use anyhow::Result;

use crate::{apt, tools};

/// Brings them, where we may.
pub(crate) fn install() -> Result<()> {
    let is_there = |program| tools::find(program).is_some();
    // Only root can lay cables, so nobody else is asked for what that takes.
    let can_lay_cables = is_there("ip") || !apt::is_root()?;
    let missing: Vec<&str> =
        [("postgresql", has_postgres()), ("redis-server", is_there("redis-server")), ("iproute2", can_lay_cables)]
            .into_iter()
            .filter_map(|(package, is_there)| (!is_there).then_some(package))
            .collect();
    if missing.is_empty() {
        return Ok(());
    }
    apt::install(&missing, "the tests start PostgreSQL and Redis servers of their own")
}

/// Debian keeps the server's programs in a folder for each version, off the search path.
fn has_postgres() -> bool {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders = versions.map(|version| version.path().join("bin/initdb"));
    folders.any(|initdb| Path::is_file(&initdb)) || tools::find("initdb").is_some()
}
