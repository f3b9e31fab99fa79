//! One `psql` that stays: to start a program for each database took longer than to make the database.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{Mutex, PoisonError},
};

use crate::installed;

/// Says statements to one server, one after the other.
pub(crate) struct Psql {
    port: u16,
    session: Mutex<Option<Session>>,
}

impl Psql {
    pub(crate) fn of(port: u16) -> Self {
        Self { port, session: Mutex::default() }
    }

    /// Says it, and waits until it is done. The error is in the server's words.
    pub(crate) fn say(&self, statement: &str) -> Result<(), String> {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let mut open = session.take().unwrap_or_else(|| Session::open(self.port));
        open.say(statement)?;
        *session = Some(open);
        Ok(())
    }

    /// The server is about to go: the next statement needs another session.
    pub(crate) fn hang_up(&self) {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// It ends by itself when its input is closed, which it is when this process ends.
struct Session {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Session {
    fn open(port: u16) -> Self {
        let mut psql = Command::new(installed::postgres("psql"));
        psql.args(["-h", "127.0.0.1", "-U", "postgres", "-p", &port.to_string()]);
        psql.args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1"]);
        // Nobody reads what is no error before there is one, and a pipe that is full would stop it.
        psql.env("PGOPTIONS", "-c client_min_messages=error");
        psql.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = psql.spawn().expect("psql starts");
        let (input, output) = (child.stdin.take().expect("its input"), child.stdout.take().expect("its output"));
        Self { child, input, output: BufReader::new(output) }
    }

    fn say(&mut self, statement: &str) -> Result<(), String> {
        let mut line = String::new();
        let said = writeln!(self.input, "{statement};\n\\echo done").and_then(|()| self.output.read_line(&mut line));
        if said.is_ok() && line == "done\n" {
            return Ok(());
        }
        let mut why = String::new();
        self.child.stderr.take().map(|mut errors| errors.read_to_string(&mut why));
        Err(format!("{statement}: {line}{why}"))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A session that nobody hears any more would stay as a zombie.
        self.child.kill().and_then(|()| self.child.wait()).ok();
    }
}
