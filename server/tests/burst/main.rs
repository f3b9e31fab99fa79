//! A crowd that comes at once, and one that stays and says nothing, beside people who read: each is answered or
//! refused, the readers hardly notice, and afterwards the node is as before.

#[path = "../site/mod.rs"]
mod site;

mod crowd;
mod half_sent;
mod operator;
mod readers;
mod wire;

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use self::{
    crowd::Crowd,
    half_sent::HalfSent,
    operator::Operator,
    readers::{Readers, Report},
    site::child::Program,
    wire::{Fate, Wire},
};

/// How many come at once, and how often.
const CROWD: usize = 5_000;
const ROUNDS: usize = 5;
/// How many send half a header.
const HALF_SENT: usize = 2_000;
/// The crowd's, the half-sent, the readers', and those of the test itself.
const FILES: u64 = 8_192;

/// What 99 of a hundred wait at most who read already. Measured on two cores that the crowd and a compiler need as
/// well: 0.2 s. The development build, in which each of 4,096 connections takes many times as long: 1.4 to 2.3 s.
const READERS_WAIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 5 } else { 1 });
/// And those who come in the middle of the crowd, or want a page that is made for them: they wait for their turn.
/// Measured likewise: 2.2 s, and 4.8 to 7.7 s.
const OTHERS_WAIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 15 } else { 5 });
/// What both wait at most beside those who only hold connections, whatever was built.
const CALM_WAIT: Duration = Duration::from_secs(1);
/// So long after a crowd everything is as before.
const RECOVERY: Duration = Duration::from_secs(5);
/// What the node may take at most, in MiB.
const MEMORY: u64 = 400;

/// For how long half a header is held; `QUIRE_BURST_SECONDS` makes it longer than a usual test may last.
fn held_for() -> Duration {
    let seconds = std::env::var("QUIRE_BURST_SECONDS").ok().map(|text| text.parse().expect("a number of seconds"));
    Duration::from_secs(seconds.unwrap_or(25))
}

/// The most memory that it ever had, in MiB, where that can be known.
fn most_resident(program: &Program) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", program.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1_024)
}

#[test]
fn no_crowd_stops_a_node() {
    let files = rlimit::increase_nofile_limit(FILES).expect("a limit");
    assert!(files >= FILES, "a crowd needs {FILES} open files, and this system allows {files} (ulimit -Hn)");
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Program::serve();
    command
        .args(["--demo", "--addr", "127.0.0.1:0", "--database"])
        .arg(format!("sqlite:{}", folder.path().join("library.db").display()))
        .env("LEPTOS_SITE_ROOT", concat!(env!("CARGO_MANIFEST_DIR"), "/../public"))
        .env("RUST_LOG", "error");
    let program = Program::run(&mut command);
    let wire = Wire::to(&program.base);

    let calm = watched(&wire, || thread::sleep(Duration::from_secs(2)));
    println!("calm: {calm:?}");
    assert!(calm.is_calm(), "nobody disturbs anybody: {calm:?}");

    for round in 1..=ROUNDS {
        let mut crowd = Crowd::default();
        let seen = watched(&wire, || crowd = Crowd::come(&wire, CROWD));
        println!("round {round}: {crowd:?}; {seen:?}; {:?} MiB at most", most_resident(&program));
        crowd.check();
        seen.check();
        recovers(&wire);
    }

    let mut held = HalfSent::default();
    let seen = watched(&wire, || held = HalfSent::hold(&wire, HALF_SENT, held_for()));
    println!("half sent: {held:?}; {seen:?}; {:?} MiB at most", most_resident(&program));
    held.check(held_for());
    seen.check();
    let waits = [&seen.readers.steady, &seen.readers.others].map(|waits| waits.of_99);
    assert!(waits.iter().all(|wait| *wait < CALM_WAIT), "readers wait: {seen:?}");
    assert!(seen.is_calm(), "who says nothing crowds nobody out: {seen:?}");
    recovers(&wire);

    let most = most_resident(&program);
    assert!(most.is_none_or(|most| most < MEMORY), "{most:?} MiB");
}

/// What readers and an operator met meanwhile.
#[derive(Debug)]
struct Seen {
    readers: Report,
    readiness: operator::Report,
}

impl Seen {
    /// Nobody was refused anything.
    fn is_calm(&self) -> bool {
        (self.readers.steady.refused, self.readers.others.refused, self.readiness.unready) == (0, 0, 0)
    }

    fn check(&self) {
        let Report { steady, others } = &self.readers;
        assert!(steady.of_99 < READERS_WAIT, "readers wait: {self:?}");
        assert_eq!(steady.refused, 0, "what is kept or a file needs nothing that a crowd takes: {self:?}");
        assert!(others.of_99 < OTHERS_WAIT, "who comes with the crowd waits: {self:?}");
        assert_eq!(self.readiness.untrue, [""; 0], "/readyz said 200: {self:?}");
        assert!(self.readiness.answered > 0, "/readyz was never answered: {self:?}");
    }
}

/// Does this beside people who read and an operator who asks how the node is. They have threads of their own:
/// what is measured is the node, not how busy the crowd is.
fn watched(wire: &Wire, meanwhile: impl FnOnce()) -> Seen {
    let readers = Readers::begin(wire);
    let operator = Operator::begin(wire);
    meanwhile();
    Seen { readers: readers.end(), readiness: operator.end() }
}

/// Fails unless everything is soon as it was.
fn recovers(wire: &Wire) {
    let ended = Instant::now();
    let is_well = || {
        let began = Instant::now();
        wire.ask_now("/sign-in") == Fate::Answered(200)
            && wire.ask_now("/readyz") == Fate::Answered(200)
            && began.elapsed() < Duration::from_millis(500)
    };
    while !is_well() {
        assert!(ended.elapsed() < RECOVERY, "it is not as before");
        thread::sleep(Duration::from_millis(50));
    }
}
