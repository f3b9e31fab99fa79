//! What came of it: tables for people, JSON for comparing runs, and what fell short.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use domain::{Recorder, Sampled, Samples, Tier};
use hdrhistogram::Histogram;
use serde_json::{Value, json};

use super::{
    Stage,
    node::{Asked, Look},
    options::Options,
    tabs::Told,
    tally::Kind,
};

/// All figures of a run.
pub(crate) struct Report {
    figures: Vec<Figure>,
    kinds: Vec<Row>,
    samples: Samples,
    asked: Asked,
    wrongs: Vec<String>,
    failures: Vec<String>,
}

/// One figure, and what it should be.
struct Figure {
    what: &'static str,
    value: f64,
    unit: &'static str,
    aim: Option<Aim>,
}

/// What a figure should be.
#[derive(Clone, Copy)]
enum Aim {
    AtLeast(f64),
    AtMost(f64),
}

/// How long one kind of thing took, in milliseconds.
struct Row {
    what: &'static str,
    count: u64,
    times: [f64; 3],
}

impl Report {
    /// Of a run: the node was looked at before it began, when counting began, and at the end.
    pub(crate) fn of(stage: &Stage, looks: [&Look; 3], lasted: Duration, tabs: Option<Told>, asked: Asked) -> Self {
        let [cold, from, until] = looks;
        let mut kinds: Vec<Row> = Kind::ALL.map(|kind| Row::of(kind.label(), &stage.tally.times(kind))).into();
        let reads = Row::of("all that the caches may answer", &stage.tally.reads());
        let (judged, wrongs) = stage.ledger.verdict();
        let failures = stage.tally.failures();
        let answered: u64 = kinds.iter().map(|row| row.count).sum();
        // The short form is played in a debug build, beside other tests, and browsers take what processors
        // there are: then times say nothing of the server.
        let is_alone = stage.options.is_measured && tabs.is_none();
        let timed = |most: f64| is_alone.then_some(Aim::AtMost(most));
        let warm = if stage.options.is_measured { 95.0 } else { 75.0 };
        let samples = until.report.samples.clone();
        let broken = samples.violations() + samples.reported();
        let did = Served::between(&from.report.recorder, &until.report.recorder);
        let first = Served::between(&cold.report.recorder, &from.report.recorder);
        let mut figures = vec![
            Figure::new("requests a second, due", stage.options.rate, "", None),
            Figure::new("requests a second, answered", number(answered) / lasted.as_secs_f64(), "", None),
            Figure::new("server hit rate", did.hit_rate(), "%", Some(Aim::AtLeast(warm))),
            Figure::new("… while it warmed up", first.hit_rate(), "%", None),
            Figure::new("… kept pages", number(did.pages), "", None),
            Figure::new("… answers from memory", number(did.memory), "", None),
            Figure::new("… answers from Redis", number(did.redis), "", None),
            Figure::new("… questions to the database", number(did.misses), "", None),
            Figure::new("reads, p50", reads.times[0], "ms", timed(5.0)),
            Figure::new("reads, p99", reads.times[1], "ms", timed(50.0)),
            Figure::new("things shown that were judged", number(judged), "", Some(Aim::AtLeast(1.0))),
            Figure::new("… of them wrong", number(wrongs.len() as u64), "", Some(Aim::AtMost(0.0))),
            Figure::new(
                "answers that the server looked at again",
                number(samples.checked()),
                "",
                Some(Aim::AtLeast(1.0)),
            ),
            Figure::new("… of these wrong", number(broken), "", Some(Aim::AtMost(0.0))),
            Figure::new("requests that failed", number(failures.len() as u64), "", Some(Aim::AtMost(0.0))),
        ];
        if let (Some(before), Some(after)) = (from.cpu, until.cpu) {
            let share = 100.0 * (after - before) / lasted.as_secs_f64();
            figures.push(Figure::new("the server’s share of one processor", share, "%", None));
        }
        if let Some(resident) = until.resident {
            figures.push(Figure::new("the server’s memory", resident, "MiB", None));
        }
        if let Some(told) = tabs {
            let aim = Some(Aim::AtLeast(80.0));
            figures.push(Figure::new("browser hit rate", 100.0 * told.hit_rate(), "%", aim));
            figures.push(Figure::new("… questions", number(told.hits + told.misses), "", None));
            figures.push(Figure::new("… fetched ahead", number(told.ahead), "", None));
            figures.push(Figure::new("… pages opened", number(told.pages), "", None));
            figures.push(Figure::new("… complaints", number(told.complaints), "", Some(Aim::AtMost(0.0))));
            figures.push(Figure::new("… visits", number(told.visits), "", None));
        }
        kinds.push(reads);
        Self { figures, kinds, samples, asked, wrongs, failures }
    }

    /// For people.
    pub(crate) fn table(&self) -> String {
        let mut table = String::from("\n| what | how many | p50 ms | p99 ms | slowest ms |\n|---|---:|---:|---:|---:|");
        for Row { what, count, times: [p50, p99, slowest] } in &self.kinds {
            let _ = write!(table, "\n| {what} | {count} | {p50:.1} | {p99:.1} | {slowest:.0} |");
        }
        table.push_str("\n\n| what | figure | aim |\n|---|---:|---|");
        for figure in &self.figures {
            let aim = match figure.aim {
                None => String::new(),
                Some(Aim::AtLeast(least)) => format!("≥ {least} {}", figure.unit),
                Some(Aim::AtMost(most)) => format!("≤ {most} {}", figure.unit),
            };
            let (what, value, unit) = (figure.what, shown(figure.value), figure.unit);
            let _ = write!(table, "\n| {what} | {value} {unit} | {aim} |");
        }
        table.push_str(
            "\n\n| query | of what memory was asked, % | hit rate, % | of what it had not, % |\n|---|---:|---:|---:|",
        );
        let queries = &self.asked.queries;
        let all = queries.values().fold((0, 0), |(asked, missed), (more, less)| (asked + more, missed + less));
        let percent = |part: u64, of: u64| shown((1_000.0 * number(part) / number(of.max(1))).round() / 10.0);
        for (name, (asked, missed)) in queries {
            let (share, rate) = (percent(*asked, all.0), percent(asked - missed, *asked));
            let _ = write!(table, "\n| {name} | {share} | {rate} | {} |", percent(*missed, all.1));
        }
        if self.samples.checked() > 0 {
            table.push_str("\n\n| tier | looked at again | current | behind | by, p50 ms | by, p99 ms | wrong |\n");
            table.push_str("|---|---:|---:|---:|---:|---:|---:|");
        }
        for (tier, found) in self.tiers() {
            let (checked, current, behind) = (found.checked(), found.current, found.staleness.count());
            let by =
                |permille| found.staleness.permille(permille).map_or("–".to_owned(), |by| (by / 1_000).to_string());
            let (tier, p50, p99, wrong) = (tier.label(), by(500), by(990), found.violations);
            let _ = write!(table, "\n| {tier} | {checked} | {current} | {behind} | {p50} | {p99} | {wrong} |");
        }
        let _ = write!(table, "\n\n{}\n", machine());
        table
    }

    /// What was looked at again, tier by tier.
    fn tiers(&self) -> impl Iterator<Item = (Tier, &Sampled)> {
        let tiers = Tier::ALL.into_iter().map(|tier| (tier, self.samples.tier(tier)));
        tiers.filter(|(_, found)| found.checked() > 0)
    }

    /// `load.json`, in cargo's target folder.
    pub(crate) fn write(&self, options: &Options) {
        let kinds: Vec<Value> = self
            .kinds
            .iter()
            .map(|row| json!({"what": row.what, "count": row.count, "p50_ms": row.times[0], "p99_ms": row.times[1], "slowest_ms": row.times[2]}))
            .collect();
        let figures = self.figures.iter().map(|figure| (figure.what.to_owned(), json!(figure.value)));
        let figures: serde_json::Map<String, Value> = figures.collect();
        let report = json!({"seed": options.seed, "seconds": options.long.as_secs(), "rate": options.rate,
            "machine": machine(), "kinds": kinds, "figures": figures, "samples": self.samples, "wrong": self.wrongs, "failed": self.failures});
        let name = if options.is_measured { "load.json" } else { "short.json" };
        fs::write(folder().join(name), format!("{report:#}\n")).expect("the report is written");
    }

    /// What fell short of its aim, in words.
    pub(crate) fn missed(&self) -> Vec<String> {
        let missed = self.figures.iter().filter(|figure| !figure.is_met());
        let missed = missed.map(|figure| format!("{}: {} {}", figure.what, shown(figure.value), figure.unit));
        let caught = self.samples.caught().map(|caught| format!("{caught:?}")).take(5);
        missed.chain(caught).chain(self.wrongs.iter().chain(&self.failures).take(20).cloned()).collect()
    }
}

/// What a node answered from where.
struct Served {
    pages: u64,
    memory: u64,
    redis: u64,
    /// What neither a kept page nor memory nor Redis had.
    misses: u64,
}

impl Served {
    fn between(from: &Recorder, until: &Recorder) -> Self {
        let more = |count: fn(&Recorder) -> u64| count(until).saturating_sub(count(from));
        let redis = more(|recorder| recorder.tally(Tier::Redis).hits);
        Self {
            pages: more(|recorder| recorder.tally(Tier::Page).hits),
            memory: more(|recorder| recorder.tally(Tier::Memory).hits),
            redis,
            misses: more(|recorder| recorder.tally(Tier::Memory).misses).saturating_sub(redis),
        }
    }

    /// Of all that was asked, a page or a question, how much needed no statement, in percent. A page
    /// that is not kept asks questions, which are counted in its place.
    fn hit_rate(&self) -> f64 {
        let hits = self.pages + self.memory + self.redis;
        100.0 * number(hits) / number(hits + self.misses).max(1.0)
    }
}

impl Figure {
    const fn new(what: &'static str, value: f64, unit: &'static str, aim: Option<Aim>) -> Self {
        Self { what, value, unit, aim }
    }

    fn is_met(&self) -> bool {
        match self.aim {
            None => true,
            Some(Aim::AtLeast(least)) => self.value >= least,
            Some(Aim::AtMost(most)) => self.value <= most,
        }
    }
}

impl Row {
    fn of(what: &'static str, times: &Histogram<u64>) -> Self {
        let milliseconds = |micros: u64| number(micros) / 1_000.0;
        let times_of = [times.value_at_quantile(0.5), times.value_at_quantile(0.99), times.max()];
        Self { what, count: times.len(), times: times_of.map(milliseconds) }
    }
}

/// Where all is kept: `load` in cargo's target folder.
pub(crate) fn folder() -> PathBuf {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = scratch.parent().unwrap_or(scratch).join("load");
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// What it ran on.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory = memory.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default();
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    format!(
        "{cores} processors, {} GiB of memory, {build} build; server, requests and browsers on one machine.",
        memory >> 20
    )
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
const fn number(count: u64) -> f64 {
    count as f64
}

fn shown(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}
