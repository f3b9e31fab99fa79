//! A network to cut: hosts in namespaces of their own, joined to this process by switches in another.
//!
//! A cable is cut *between* its ends: both keep their addresses, routes and carrier, and simply hear
//! nothing any more, as when a switch far away has died. Neither end can tell that from a slow peer.

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU8, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::{
    installed,
    keeper::{self, mortal},
};

/// Where a cable leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// To those who ask the hosts.
    Front,
    /// To what the hosts ask.
    Back,
}

impl Side {
    const BOTH: [Self; 2] = [Self::Front, Self::Back];

    const fn name(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Back => "back",
        }
    }

    /// Addresses that RFC 2544 sets apart for tests of networks: none of them is anybody's.
    const fn network(self) -> &'static str {
        match self {
            Self::Front => "198.18",
            Self::Back => "198.19",
        }
    }
}

/// The network. The kernel takes it away with the namespaces, and these with this process.
pub struct Network {
    subnet: u8,
    switches: Namespace,
    hosts: Vec<Namespace>,
}

impl Network {
    /// Lays two cables to each of so many hosts.
    ///
    /// # Errors
    /// What was missing, where one may not do that: it takes root, and a kernel with namespaces.
    pub fn lay(hosts: usize) -> Result<Self, String> {
        static NEXT: AtomicU8 = AtomicU8::new(0);
        let count = NEXT.fetch_add(1, Ordering::Relaxed);
        // Processes that run beside each other seldom take the same.
        let subnet = std::process::id().to_le_bytes()[0].wrapping_mul(7).wrapping_add(count);
        let switches = Namespace::make()?;
        let hosts = (0..hosts).map(|_| Namespace::make()).collect::<Result<Vec<_>, _>>()?;
        let network = Self { subnet, switches, hosts };
        let mut outside = String::new();
        let mut between = String::new();
        for side in Side::BOTH {
            let (name, here, switches) = (side.name(), network.address(side), network.switches.pid());
            let device = format!("q{name}{subnet}");
            let _ = writeln!(outside, "link add name {device} type veth peer name {name}-up netns {switches}");
            let _ = writeln!(outside, "addr add {here}/24 dev {device}\nlink set {device} up");
            let _ = writeln!(between, "link add name {name} type bridge\nlink set {name} up");
            let _ = writeln!(between, "link set {name}-up master {name} up");
            for (number, host) in network.hosts.iter().enumerate() {
                let port = port(side, number);
                let _ = writeln!(between, "link add name {port} type veth peer name {name} netns {}", host.pid());
                let _ = writeln!(between, "link set {port} master {name} up");
            }
        }
        ip(&mut Command::new("ip"), &outside)?;
        ip(&mut network.switches.inside("ip"), &between)?;
        for (number, host) in network.hosts.iter().enumerate() {
            let mut within = "link set lo up\n".to_owned();
            for side in Side::BOTH {
                let (name, there) = (side.name(), network.address_of(number, side));
                let _ = writeln!(within, "addr add {there}/24 dev {name}\nlink set {name} up");
            }
            ip(&mut host.inside("ip"), &within)?;
        }
        Ok(network)
    }

    /// Where the hosts find this process.
    pub fn address(&self, side: Side) -> String {
        format!("{}.{}.1", side.network(), self.subnet)
    }

    /// Where a host is found.
    pub fn address_of(&self, host: usize, side: Side) -> String {
        format!("{}.{}.{}", side.network(), self.subnet, host + 2)
    }

    /// Runs a program on a host, once it is given its arguments and started.
    pub fn command(&self, host: usize, program: &str) -> Command {
        self.hosts[host].inside(program)
    }

    /// From now on nothing arrives at either end of this host's cable, until [`Self::mend`].
    pub fn cut(&self, host: usize, side: Side) {
        self.switch(&format!("link set {} nomaster\n", port(side, host)));
    }

    /// Joins them again.
    pub fn mend(&self, host: usize, side: Side) {
        self.switch(&format!("link set {} master {}\n", port(side, host), side.name()));
    }

    fn switch(&self, line: &str) {
        ip(&mut self.switches.inside("ip"), line).expect("the switch does it");
    }
}

/// Where a host's cable ends at the switch.
fn port(side: Side, host: usize) -> String {
    format!("{}{host}", side.name())
}

/// Has `ip` carry out these lines.
fn ip(command: &mut Command, lines: &str) -> Result<(), String> {
    command.args(["-batch", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("ip: {error}"))?;
    // What it does not read it complains about itself.
    child.stdin.take().and_then(|mut input| input.write_all(lines.as_bytes()).ok());
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()) }
}

/// A network namespace: it is there as long as a process is in it.
struct Namespace {
    dweller: Child,
}

impl Namespace {
    fn make() -> Result<Self, String> {
        let here = own("self")?;
        let unshare = installed::on_path("unshare").ok_or("unshare is not installed")?;
        let mut command = mortal(&unshare, None);
        command.args(["--net", "sleep", "infinity"]).stdin(Stdio::null()).stderr(Stdio::null());
        let mut dweller = keeper::spawn(command).map_err(|error| error.to_string())?;
        let until = Instant::now() + Duration::from_secs(5);
        loop {
            if own(&dweller.id().to_string()).is_ok_and(|its| its != here) {
                return Ok(Self { dweller });
            }
            if dweller.try_wait().map_err(|error| error.to_string())?.is_some() || Instant::now() > until {
                return Err("a namespace can't be made here".to_owned());
            }
            thread::sleep(Duration::from_millis(2));
        }
    }

    fn pid(&self) -> u32 {
        self.dweller.id()
    }

    fn inside(&self, program: &str) -> Command {
        let mut command = Command::new("nsenter");
        command.args(["--target", &self.pid().to_string(), "--net", "--", program]);
        command
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        self.dweller.kill().and_then(|()| self.dweller.wait()).ok();
    }
}

/// In which namespace a process is.
fn own(process: &str) -> Result<PathBuf, String> {
    fs::read_link(format!("/proc/{process}/ns/net")).map_err(|error| format!("/proc/{process}/ns/net: {error}"))
}
