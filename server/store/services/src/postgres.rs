//! `PostgreSQL`, and databases in it.

use std::{
    fs,
    os::unix::fs::chown,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use crate::{
    installed,
    keeper::{Folder, mortal},
    psql::Psql,
    server::{Server, free_port},
};

/// `PostgreSQL` refuses to run as root; Debian's package makes this user for it.
const UNPRIVILEGED: &str = "postgres";

/// Nothing has to outlive the machine, so nothing is synced. What is committed outlives the server. Tests ask a few
/// things once each, of small tables: a statement is planned once for a connection, and not for each of its arguments.
const SETTINGS: &[&str] = &[
    "fsync=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=400",
    "shared_buffers=64MB",
    "max_wal_size=256MB",
    "plan_cache_mode=force_generic_plan",
    "jit=off",
    "listen_addresses=127.0.0.1",
];

/// A `PostgreSQL` server.
pub struct Postgres {
    server: Server,
    port: u16,
    psql: Arc<Psql>,
    made: AtomicU32,
    /// Dropped last: the server lives in it.
    _folder: Folder,
}

/// A database in it, which goes when this is dropped.
pub struct Database {
    /// Where it is.
    pub url: String,
    name: String,
    psql: Arc<Psql>,
}

impl Postgres {
    /// Starts one that is nobody else's.
    pub fn start() -> Self {
        Self::start_with(Folder::new(), SETTINGS)
    }

    /// The same, with each commit synced: for measurements.
    pub fn start_durable() -> Self {
        let settings = &["max_connections=400", "shared_buffers=64MB", "listen_addresses=127.0.0.1"];
        Self::start_with(Folder::on_disk(), settings)
    }

    fn start_with(folder: Folder, settings: &'static [&'static str]) -> Self {
        let (port, user) = (free_port(), user());
        let data = folder.path().join("data");
        give(folder.path(), user);
        let mut init = mortal(&installed::postgres("initdb"), user);
        init.arg("-D").arg(&data).args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
        run(init.args(["--no-sync", "--no-instructions"]));
        let program = installed::postgres("postgres");
        let (sockets, pid_file) = (folder.path().to_owned(), data.join("postmaster.pid"));
        let command = move || {
            let mut command = mortal(&program, user);
            command.arg("-D").arg(&data).args(["-p", &port.to_string()]).arg("-k").arg(&sockets);
            command.args(settings.iter().flat_map(|setting| ["-c", setting]));
            command
        };
        let server = Server::start(folder.path().join("log"), command, move |pid| is_ready(&pid_file, pid));
        Self { server, port, psql: Arc::new(Psql::of(port)), made: AtomicU32::new(0), _folder: folder }
    }

    /// Makes an empty database.
    pub fn empty(&self) -> Database {
        self.create("template0")
    }

    /// Makes a copy of a database that nobody is connected to.
    pub fn copy(&self, of: &Database) -> Database {
        self.create(&of.name)
    }

    /// Ends it without warning, as if its machine had lost power.
    pub fn kill(&self) {
        self.psql.hang_up();
        self.server.kill();
    }

    /// Starts it again after [`Self::kill`], at the same port.
    pub fn restart(&self) {
        self.server.restart();
    }

    /// Stops it in its tracks: it is there, and says nothing, until [`Self::resume`].
    pub fn pause(&self) {
        self.server.signal("STOP");
    }

    /// Lets it go on.
    pub fn resume(&self) {
        self.server.signal("CONT");
    }

    fn create(&self, template: &str) -> Database {
        let name = format!("library_{}", self.made.fetch_add(1, Ordering::Relaxed));
        self.psql.say(&format!("create database {name} template {template}")).unwrap_or_else(|why| panic!("{why}"));
        let url = format!("postgres://postgres@127.0.0.1:{}/{name}", self.port);
        Database { url, name, psql: Arc::clone(&self.psql) }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A server that was killed has none to drop. Nobody waits for it.
        self.psql.say(&format!("drop database if exists {} with (force)", self.name)).ok();
    }
}

/// Ready is what the server itself writes into the file beside its data, once it is.
fn is_ready(pid_file: &Path, pid: u32) -> bool {
    let text = fs::read_to_string(pid_file).unwrap_or_default();
    let mut lines = text.lines();
    lines.next() == Some(&pid.to_string()) && lines.next_back().is_some_and(|last| last.trim() == "ready")
}

/// As whom the server runs, when we are root.
fn user() -> Option<&'static str> {
    (id(&["-u"]) == Some(0)).then_some(UNPRIVILEGED)
}

fn give(folder: &Path, user: Option<&str>) {
    if let Some(user) = user {
        let owner = id(&["-u", user]).unwrap_or_else(|| panic!("there is no user {user} to run PostgreSQL as"));
        chown(folder, Some(owner), None).expect("the folder is given away");
    }
}

fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

fn run(command: &mut Command) {
    let output = command.output().expect("it starts");
    let program: PathBuf = command.get_program().into();
    assert!(output.status.success(), "{}: {}", program.display(), String::from_utf8_lossy(&output.stderr));
}
