//! Redis.

use std::{
    fmt::Write as _,
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use crate::{
    installed,
    keeper::{Folder, mortal},
    server::{Server, free_port},
};

/// A Redis server that keeps nothing on disk.
pub struct Redis {
    server: Server,
    port: u16,
    /// Dropped last: the server lives in it.
    _folder: Folder,
}

impl Redis {
    /// Starts one that is nobody else's.
    pub fn start() -> Self {
        Self::start_with(vec![])
    }

    /// Starts a cluster of one node.
    pub fn start_cluster() -> Self {
        // The port of its bus, if nobody says which, is 10,000 above its own: among those that are handed out
        // for outgoing connections.
        let bus = free_port().to_string();
        let node = Self::start_with(vec!["--cluster-enabled".into(), "yes".into(), "--cluster-port".into(), bus]);
        node.command(&["cluster", "addslotsrange", "0", "16383"]);
        while !node.command(&["cluster", "info"]).contains("cluster_state:ok") {
            std::thread::sleep(Duration::from_millis(10));
        }
        node
    }

    fn start_with(settings: Vec<String>) -> Self {
        let (folder, port, program) = (Folder::new(), free_port(), installed::redis());
        let data = folder.path().to_owned();
        let command = move || {
            let mut command = mortal(&program, None);
            command.args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
            command.arg("--dir").arg(&data).args(&settings);
            command
        };
        let is_ready = move |_| ask(port, &["ping"]).is_ok_and(|answer| answer.starts_with("+PONG"));
        let server = Server::start(folder.path().join("log"), command, is_ready);
        Self { server, port, _folder: folder }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// Has it do something, and returns its answer as it came.
    ///
    /// # Panics
    /// If it does not answer.
    pub fn command(&self, words: &[&str]) -> String {
        ask(self.port, words).unwrap_or_else(|error| panic!("{words:?}: {error}"))
    }

    /// Ends it without warning.
    pub fn kill(&self) {
        self.server.kill();
    }

    /// Starts it again after [`Self::kill`], at the same port and empty.
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
}

/// One command on a connection of its own.
fn ask(port: u16, words: &[&str]) -> std::io::Result<String> {
    let mut connection = TcpStream::connect(("127.0.0.1", port))?;
    connection.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut request = format!("*{}\r\n", words.len());
    for word in words {
        let _ = write!(request, "${}\r\n{word}\r\n", word.len());
    }
    connection.write_all(request.as_bytes())?;
    // Redis answers QUIT after what came before it, and hangs up.
    connection.write_all(b"*1\r\n$4\r\nquit\r\n")?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
