//! `quire check` names what is wrong: each of these is planted in turn.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use store::Address;

use crate::site::rows;

/// A machine on which nothing is wrong.
struct Machine(tempfile::TempDir);

impl Machine {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let pkg = folder.path().join("site/pkg");
        fs::create_dir_all(&pkg).expect("a folder");
        for file in ["reading.js", "reading.wasm"] {
            fs::write(pkg.join(file), "").expect("a file");
        }
        let machine = Self(folder);
        machine.make_library("migrate");
        machine
    }

    /// In another process, so that nothing here has it open.
    fn make_library(&self, command: &str) {
        let mut quire = Command::new(env!("CARGO_BIN_EXE_quire"));
        quire.arg(command).env("DATABASE_URL", format!("sqlite:{}", self.file().display()));
        assert!(quire.status().expect("the program ends").success());
    }

    fn library(&self) -> Address {
        Address::Sqlite(self.file())
    }

    fn file(&self) -> std::path::PathBuf {
        self.0.path().join("library.db")
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs the check, with other settings than the right ones.
    fn check(&self, settings: &[(&str, &str)]) -> Output {
        self.check_by(Command::new(env!("CARGO_BIN_EXE_quire")), settings)
    }

    fn check_by(&self, mut quire: Command, settings: &[(&str, &str)]) -> Output {
        quire
            .arg("check")
            .env("DATABASE_URL", format!("sqlite:{}", self.file().display()))
            .env("LEPTOS_SITE_ROOT", self.path().join("site"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("QUIRE_") || name == "REDIS_URL") {
            quire.env_remove(name);
        }
        quire.envs(settings.iter().copied()).output().expect("the program ends")
    }
}

/// It ends with 1, and has exactly this finding, which says what is wrong, why it matters and how to mend it.
#[track_caller]
fn names(output: &Output, expected: &str) {
    let said = String::from_utf8(output.stdout.clone()).expect("a text");
    let lines: Vec<_> = said.lines().collect();
    assert_eq!((output.status.code(), lines.len()), (Some(1), 1), "{expected}: {output:?}");
    assert!(said.contains(expected) && said.matches(". ").count() >= 2, "{expected}: {said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_the_settings_is_named() {
    let machine = Machine::new();
    let right = machine.check(&[]);
    assert_eq!((right.status.code(), &*right.stdout), (Some(0), &b"Nothing is wrong.\n"[..]), "{right:?}");
    let (open, proxy) = (("QUIRE_ADDR", "0.0.0.0:3000"), ("QUIRE_TRUSTED_PROXIES", "10.0.0.1"));
    let nowhere = format!("sqlite:{}", machine.path().join("none/library.db").display());
    let not_one = machine.path().join("novel.txt");
    fs::write(&not_one, "It was a dark and stormy night; the rain fell in torrents.").expect("a file");
    private(&not_one);
    let not_one = format!("sqlite:{}", not_one.display());
    for (settings, expected) in [
        (&[open][..], "no proxy is named"),
        (&[open, ("QUIRE_BEHIND_PROXY", "true")], "every one of them is believed to be a proxy"),
        (&[("QUIRE_TRUSTED_PROXIES", "10.0.0.1,0.0.0.0/0")], "names every address there is"),
        (&[open, proxy, ("QUIRE_BUDGETS", "off")], "budgets are off"),
        (&[open, proxy, ("QUIRE_DEMO", "true")], "has the demo accounts"),
        (&[("QUIRE_ADMIN_ADDR", "0.0.0.0:3001")], "The operators' address 0.0.0.0:3001"),
        (&[("LEPTOS_SITE_ROOT", "/nowhere/site")], "The site's files are not in /nowhere/site"),
        (&[("DATABASE_URL", &nowhere)], "of the database is not there"),
        (&[("DATABASE_URL", &not_one)], "file is not a database"),
        (&[("DATABASE_URL", "postgres://quire@127.0.0.1:1/quire")], "The database can't be read"),
        (&[("REDIS_URL", "redis://127.0.0.1:1")], "Redis can't be asked"),
    ] {
        names(&machine.check(settings), expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_a_library_is_named() {
    for (statements, expected) in [
        ("update _sqlx_migrations set version = 9999 where version = 1", "A later version of this program"),
        (
            "delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)",
            "An earlier version of this program",
        ),
        ("drop table _sqlx_migrations", "tables of another program"),
        ("pragma journal_mode = delete", "journal mode is delete"),
        ("insert into log (seq, at, change, directives, areas) values (1, 9999999999999, '', '', '')", "in the future"),
    ] {
        let machine = Machine::new();
        rows::run(&machine.library(), statements).await;
        names(&machine.check(&[]), expected);
    }
    let machine = Machine::new();
    machine.make_library("seed");
    names(
        &machine.check(&[("QUIRE_ADDR", "0.0.0.0:3000"), ("QUIRE_TRUSTED_PROXIES", "10.0.0.1")]),
        "has the demo accounts",
    );
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_the_machine_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let machine = Machine::new();
    let mode = fs::metadata(machine.file()).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "a new library is its owner's alone");
    fs::set_permissions(machine.file(), fs::Permissions::from_mode(0o644)).expect("a mode");
    names(&machine.check(&[]), "Every user of this machine can open the database");
    private(&machine.file());
    let mut few = Command::new("sh");
    few.args(["-c", "ulimit -n 512 && exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_quire")]);
    names(&machine.check_by(few, &[]), "may open so few files");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_redis_is_named() {
    let machine = Machine::new();
    let redis = services::Redis::start();
    let url = redis.url();
    for (set, expected) in [
        (&[("maxmemory", "0")][..], "has no bound on its memory"),
        (&[("maxmemory", "64mb"), ("maxmemory-policy", "noeviction")], "maxmemory-policy is noeviction"),
        (&[("maxmemory-policy", "allkeys-lru"), ("appendonly", "yes")], "writes what it has to a disk"),
    ] {
        for (name, value) in set {
            redis.command(&["CONFIG", "SET", name, value]);
        }
        names(&machine.check(&[("REDIS_URL", &url)]), expected);
    }
    redis.command(&["CONFIG", "SET", "appendonly", "no"]);
    let right = machine.check(&[("REDIS_URL", &url)]);
    assert_eq!(right.status.code(), Some(0), "{right:?}");
}

/// Nobody but its owner opens it.
#[cfg(unix)]
fn private(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).expect("a mode");
}

#[cfg(not(unix))]
fn private(_file: &Path) {}
