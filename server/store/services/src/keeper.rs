//! Who starts the servers: one thread that lives as long as the process.
//!
//! A server asks the kernel to be killed with its parent (`setpriv --pdeathsig`), and to the kernel
//! the parent is the *thread* that started it: a test's own would end with the test.

use std::{
    io,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        mpsc::{Sender, channel},
    },
    thread,
};

use tempfile::TempDir;

use crate::installed;

type Errand = Box<dyn FnOnce() + Send>;

/// Starts it from the thread that stays.
pub(crate) fn spawn(mut command: Command) -> io::Result<Child> {
    static KEEPER: OnceLock<Sender<Errand>> = OnceLock::new();
    let keeper = KEEPER.get_or_init(|| {
        let (sender, errands) = channel::<Errand>();
        thread::spawn(move || errands.into_iter().for_each(|errand| errand()));
        sender
    });
    let (reply, started) = channel();
    let errand = Box::new(move || {
        // The caller waits for the answer.
        let _ = reply.send(command.spawn());
    });
    keeper.send(errand).map_err(|_| io::Error::other("nobody is left to start servers"))?;
    started.recv().map_err(io::Error::other)?
}

/// A program that is killed when this process ends, whatever ends it. As another user, if named.
pub(crate) fn mortal(program: &Path, user: Option<&str>) -> Command {
    let mut command = Command::new(installed::setpriv());
    if let Some(user) = user {
        command.args(["--clear-groups", "--reuid", user, "--regid", user]);
    }
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

/// A temporary folder that is removed when it is dropped or the process ends.
pub(crate) struct Folder {
    folder: TempDir,
    /// Tidies up when its input is closed, which it is when this process ends.
    _shell: Child,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self::kept(crate::folder())
    }

    /// One on a disk, however quick another would be.
    pub(crate) fn on_disk() -> Self {
        Self::kept(tempfile::Builder::new().prefix("quire-").tempdir().expect("a folder"))
    }

    fn kept(folder: TempDir) -> Self {
        // The server may still be writing while it dies.
        let tidy = "cat; for try in 1 2 3 4 5 6 7 8 9; do rm -rf \"$0\" && exit; sleep 0.2; done";
        let mut shell = Command::new("sh");
        // In a group of its own: an interrupt at the keyboard is not meant for it.
        shell.args(["-c", tidy]).arg(folder.path()).process_group(0);
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        Self { folder, _shell: shell.spawn().expect("a shell") }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}
