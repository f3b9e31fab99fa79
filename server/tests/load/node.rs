//! The server: the built program in a process of its own, and what it says of itself.

use std::{collections::BTreeMap, fs, path::PathBuf};

use domain::{NodeReport, Outcome, Tier};
use reqwest::header;
use services::{Database, Postgres, Redis};
use store::Address;
use tempfile::TempDir;

use super::{Stage, options::Options, site::child::Program};

/// Where the library is.
pub(crate) struct Place {
    pub(crate) address: Address,
    url: String,
    _folder: TempDir,
    /// The database goes before the server that has it.
    _database: Option<Database>,
    services: Option<(Postgres, Redis)>,
}

/// The server.
pub(crate) struct Node {
    pub(crate) base: String,
    /// First to go: what it stands on is still there then.
    program: Program,
    _place: Place,
}

/// Which questions memory was asked, as far as the last events tell at each look: a sample.
#[derive(Default)]
pub(crate) struct Asked {
    /// By the query's name: how many were asked, and how many of them memory had not.
    pub(crate) queries: BTreeMap<String, (u64, u64)>,
    until: i64,
}

impl Asked {
    /// Takes in what happened since it looked last.
    pub(crate) fn look(&mut self, report: &NodeReport) {
        let events = report.recorder.events().filter(|event| event.tier == Tier::Memory && event.at.0 > self.until);
        for event in events.filter(|event| matches!(event.outcome, Outcome::Hit | Outcome::Miss)) {
            let name = event.key.as_str().split('.').next().unwrap_or_default();
            let (asked, missed) = self.queries.entry(name.to_owned()).or_default();
            (*asked, *missed) = (*asked + 1, *missed + u64::from(event.outcome == Outcome::Miss));
        }
        self.until = report.at.0;
    }
}

/// What is seen of it at one moment.
pub(crate) struct Look {
    pub(crate) report: NodeReport,
    /// Seconds of processor time so far, where that can be known.
    pub(crate) cpu: Option<f64>,
    /// Resident memory in MiB, where that can be known.
    pub(crate) resident: Option<f64>,
}

impl Place {
    /// A new one.
    pub(crate) fn find(options: &Options) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        if options.services {
            let (postgres, redis) = (Postgres::start(), Redis::start());
            let database = postgres.empty();
            let url = database.url.clone();
            let (address, services) = (Address::Postgres(url.clone()), Some((postgres, redis)));
            return Self { address, url, _folder: folder, _database: Some(database), services };
        }
        let file: PathBuf = folder.path().join("load.db");
        let url = format!("sqlite:{}", file.display());
        Self { address: Address::Sqlite(file), url, _folder: folder, _database: None, services: None }
    }
}

impl Node {
    /// Starts it.
    pub(crate) fn start(place: Place, options: &Options) -> Self {
        let mut command = Program::serve();
        command.args(["--addr", "127.0.0.1:0", "--database", &place.url]);
        if let Some((_, redis)) = &place.services {
            command.args(["--redis", &redis.url()]);
        }
        // Of the whole run's answers a few thousand are read again; of the short one's, all.
        command.env("QUIRE_SAMPLE", if options.is_measured { "0.1" } else { "1" });
        let program = Program::run(&mut command);
        Self { base: program.base.clone(), program, _place: place }
    }

    /// What it says of itself just now.
    pub(crate) async fn look(&self, stage: &Stage) -> Look {
        let request = stage.http.get(format!("{}/api/fetch_node_report", self.base));
        let request = request.header(header::COOKIE, format!("quire-session={}", stage.library.manager));
        let response = request.send().await.expect("an answer");
        let text = response.text().await.expect("a whole answer");
        let report = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text:.200}"));
        let process = PathBuf::from(format!("/proc/{}", self.program.id()));
        let file = |name: &str| fs::read_to_string(process.join(name)).unwrap_or_default();
        Look { report, cpu: cpu(&file("stat")), resident: resident(&file("status")) }
    }
}

/// Processor time of all threads, of user and kernel, which Linux counts in hundredths.
fn cpu(stat: &str) -> Option<f64> {
    // The program's name is in brackets and may have spaces in it.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |place: usize| fields.get(place)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

fn resident(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1_024.0)
}

#[test]
fn what_linux_says_of_a_process() {
    let stat = "7 (a (n)) S 1 1 1 0 -1 4194560 1 0 0 0 250 50 0 0 20 0 1 0 1";
    assert_eq!(cpu(stat), Some(3.0));
    assert_eq!(resident("Name:\tquire\nVmRSS:\t  2048 kB\n"), Some(2.0));
    assert_eq!((cpu(""), resident("")), (None, None));
}
