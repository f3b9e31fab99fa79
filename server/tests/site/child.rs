//! The built program in a process of its own, which can be killed.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// The program, serving.
pub struct Program {
    child: Child,
    pub base: String,
}

impl Program {
    /// Starts it over the library in this file, at a free port.
    pub fn start(library: &Path) -> Self {
        let mut command = Self::serve();
        command.args(["--addr", "127.0.0.1:0", "--database"]).arg(format!("sqlite:{}", library.display()));
        Self::run(&mut command)
    }

    /// What starts it, but for where and over what.
    pub fn serve() -> Command {
        Self::serve_by(Command::new)
    }

    /// The same, by another program: one that first goes elsewhere.
    pub fn serve_by(command: impl FnOnce(&'static str) -> Command) -> Command {
        let mut command = command(env!("CARGO_BIN_EXE_quire"));
        // All that the tests send comes from one address, as fast as it goes.
        command.arg("serve").env("RUST_LOG", "warn").env("QUIRE_BUDGETS", "off");
        command
    }

    /// Starts it, and waits until it listens.
    pub fn run(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let stdout = child.stdout.take().expect("its output");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("its first line");
        let base = line.trim().strip_prefix("listening on ").expect("its address").to_owned();
        Self { child, base }
    }

    /// Its number among the processes.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal, by name.
    pub fn signal(&self, name: &str) {
        Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().expect("kill");
    }

    /// Kills it without warning.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // SIGKILL, on every Unix. One that has ended already is as dead.
        self.child.kill().ok();
        self.child.wait().expect("it ended");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.end();
    }
}
