//! Where the services' programs are, or what installs them.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// A program of `PostgreSQL`'s server, which Debian keeps off the search path.
pub(crate) fn postgres(program: &str) -> PathBuf {
    let named = Command::new("pg_config").arg("--bindir").output().ok();
    let named = named.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    // The newest last; `pg_config` can belong to a newer client without a server.
    folders.sort_unstable();
    let found = named.into_iter().chain(folders.into_iter().rev()).chain(search_path());
    find(found, program, "postgresql")
}

/// Redis's server.
pub(crate) fn redis() -> PathBuf {
    find(search_path(), "redis-server", "redis-server")
}

/// A program that every Linux has, to end another when this process ends.
pub(crate) fn setpriv() -> PathBuf {
    find(search_path(), "setpriv", "util-linux")
}

/// A program on the search path, if it is there.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    search_path().map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn search_path() -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).collect::<Vec<_>>().into_iter()
}

fn find(mut folders: impl Iterator<Item = PathBuf>, program: &str, package: &str) -> PathBuf {
    let found = folders.find_map(|folder| Some(folder.join(program)).filter(|file: &PathBuf| Path::is_file(file)));
    found.unwrap_or_else(|| {
        panic!("these tests need {program}: `sudo apt-get install -y --no-install-recommends {package}`")
    })
}
