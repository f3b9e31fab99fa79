//! A server of our own: started, and then killed, paused or started again as a test pleases.

use std::{
    fs::{self, File},
    io,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::keeper;

/// How long a server may take to be ready, on a machine that is busy with other things.
const TIMEOUT: Duration = Duration::from_mins(1);

/// One server, running or not.
pub(crate) struct Server {
    child: Mutex<Option<Child>>,
    command: Box<dyn Fn() -> Command + Send + Sync>,
    is_ready: Box<dyn Fn(u32) -> bool + Send + Sync>,
    log: PathBuf,
}

impl Server {
    /// Starts what `command` describes, and waits until it is ready. `is_ready` is told its process.
    pub(crate) fn start(
        log: PathBuf,
        command: impl Fn() -> Command + Send + Sync + 'static,
        is_ready: impl Fn(u32) -> bool + Send + Sync + 'static,
    ) -> Self {
        let server = Self { child: Mutex::default(), command: Box::new(command), is_ready: Box::new(is_ready), log };
        server.restart();
        server
    }

    /// Starts it again, at the same port and with the same data, unless it runs.
    pub(crate) fn restart(&self) {
        let mut child = self.child();
        if child.is_some() {
            return;
        }
        let until = Instant::now() + TIMEOUT;
        // A port, or memory, may still be held by what was killed a moment ago: try again.
        while Instant::now() < until {
            let mut starting = self.spawn().expect("the server starts");
            while Instant::now() < until && starting.try_wait().expect("a process").is_none() {
                if (self.is_ready)(starting.id()) {
                    *child = Some(starting);
                    return;
                }
                thread::sleep(Duration::from_millis(5));
            }
            starting.kill().and_then(|()| starting.wait()).ok();
            thread::sleep(Duration::from_millis(50));
        }
        panic!("a server does not start:\n{}", fs::read_to_string(&self.log).unwrap_or_default());
    }

    /// Ends it without warning.
    pub(crate) fn kill(&self) {
        if let Some(mut child) = self.child().take() {
            child.kill().and_then(|()| child.wait()).expect("it ended");
        }
    }

    /// Sends it and what it started a signal, by name.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child().as_ref().expect("it runs").id();
        let started = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
        let pids = std::iter::once(pid.to_string()).chain(started.split_whitespace().map(str::to_owned));
        // One that has ended meanwhile needs no signal.
        Command::new("kill").args(["-s", name]).args(pids).stderr(Stdio::null()).status().expect("kill");
    }

    fn spawn(&self) -> io::Result<Child> {
        let log = File::options().create(true).append(true).open(&self.log)?;
        let mut command = (self.command)();
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        keeper::spawn(command)
    }

    fn child(&self) -> MutexGuard<'_, Option<Child>> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port that is free now, below those that are handed out for outgoing connections: the server
/// may be killed and come back, and nobody should have taken its place meanwhile.
pub fn free_port() -> u16 {
    const PORTS: u32 = 20_000;
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        // Processes begin at different places, so that two of them seldom try the same.
        let place = std::process::id().wrapping_mul(31).wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
        let port = 10_000 + u16::try_from(place % PORTS).unwrap_or_default();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
