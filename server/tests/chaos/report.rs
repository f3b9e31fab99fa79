//! How it went, fault by fault: a table, and `report.json` beside the history.

use std::{collections::BTreeMap, fmt::Write as _, fs};

use serde_json::{Value, json};

use super::{check::Verdict, history};

/// What was under way during a fault, or was asked within so long after it, belongs to it: things have to find each other again.
const AFTERMATH: u64 = 2_000_000;

/// What was asked while one thing failed, or nothing did.
#[derive(Default)]
struct Window {
    /// Microseconds.
    lasted: u64,
    answered: Vec<u64>,
    failed: Vec<u64>,
    stale: usize,
    /// Reads, and writes: asked, and answered.
    kinds: [(usize, usize); 2],
}

struct Fault {
    name: String,
    nodes: Vec<u64>,
    from: u64,
    until: u64,
}

/// Writes the report, and returns the table.
pub(crate) fn write(history: &str, verdict: &Verdict, seed: u64) -> String {
    let lines: Vec<Value> = history.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let faults: Vec<Fault> = lines.iter().filter_map(fault).collect();
    let mut windows: BTreeMap<String, Window> = BTreeMap::new();
    for fault in &faults {
        windows.entry(fault.name.clone()).or_default().lasted += fault.until - fault.from;
    }
    for line in lines.iter().filter(|line| line["client"].is_u64()) {
        let sent = line["sent"].as_u64().unwrap_or_default();
        let done = line["done"].as_u64().unwrap_or_default();
        let during = faults.iter().find(|fault| sent < fault.until + AFTERMATH && done > fault.from);
        let name = during.map_or_else(
            || "nothing".to_owned(),
            |fault| {
                let concerned = fault.nodes.iter().any(|node| line["node"].as_u64() == Some(*node));
                if concerned { fault.name.clone() } else { format!("{}: other nodes", fault.name) }
            },
        );
        windows.entry(name).or_default().add(line, sent);
    }
    let rows: Vec<Value> = windows.iter().map(|(name, window)| window.row(name)).collect();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for wrong in &verdict.wrongs {
        *kinds.entry(wrong.kind).or_default() += 1;
    }
    let [acknowledged, refused, unknown] = verdict.writes;
    let told = |percent: usize| verdict.told.get(verdict.told.len() * percent / 100).map(|micros| micros / 1_000);
    let report = json!({"seed": seed, "windows": rows, "violations": kinds, "judged": verdict.judged,
        "oldest_ms": verdict.oldest / 1_000, "told_p50_ms": told(50), "told_p99_ms": told(99), "acknowledged": acknowledged, "refused": refused, "unknown": unknown,
        "unknown_and_seen": verdict.unknown_and_seen});
    fs::write(history::folder().join("report.json"), format!("{report:#}\n")).expect("the report is written");
    table(&report)
}

impl Window {
    fn add(&mut self, line: &Value, sent: u64) {
        let took = line["done"].as_u64().unwrap_or_default().saturating_sub(sent);
        let is_answered = line["status"].as_u64().is_some_and(|status| status < 500);
        if is_answered {
            self.answered.push(took);
        } else {
            self.failed.push(took);
        }
        let kind = &mut self.kinds[usize::from(line["write"].is_string())];
        *kind = (kind.0 + 1, kind.1 + usize::from(is_answered));
        self.stale += usize::from(line["stale"].as_bool() == Some(true));
    }

    fn row(&self, name: &str) -> Value {
        let mut took = self.answered.clone();
        took.sort_unstable();
        let requests = took.len() + self.failed.len();
        let per_mille = |(asked, answered): (usize, usize)| (asked > 0).then(|| answered * 1_000 / asked);
        let milliseconds = |micros: Option<&u64>| micros.copied().unwrap_or_default() / 1_000;
        json!({"fault": name, "lasted_ms": self.lasted / 1_000, "requests": requests, "answered": took.len(),
            "reads_per_mille": per_mille(self.kinds[0]), "writes_per_mille": per_mille(self.kinds[1]), "failed": self.failed.len(), "marked_stale": self.stale,
            "p50_ms": milliseconds(took.get(took.len() / 2)), "p99_ms": milliseconds(took.get(took.len() * 99 / 100)),
            "slowest_ms": milliseconds(took.last()), "slowest_failure_ms": milliseconds(self.failed.iter().max())})
    }
}

fn fault(line: &Value) -> Option<Fault> {
    let nodes = line["nodes"].as_array()?.iter().filter_map(Value::as_u64).collect();
    let name = line["fault"].as_str()?.to_owned();
    Some(Fault { name, nodes, from: line["from"].as_u64()?, until: line["until"].as_u64()? })
}

fn table(report: &Value) -> String {
    const COLUMNS: [(&str, &str); 10] = [
        ("requests", "requests"),
        ("reads_per_mille", "reads ‰"),
        ("writes_per_mille", "writes ‰"),
        ("failed", "failed"),
        ("marked_stale", "marked"),
        ("p50_ms", "p50 ms"),
        ("p99_ms", "p99 ms"),
        ("slowest_ms", "slowest"),
        ("slowest_failure_ms", "sl. error"),
        ("lasted_ms", "lasted"),
    ];
    let mut table = format!("{:<36}", "what failed");
    for (_, heading) in COLUMNS {
        let _ = write!(table, " {heading:>9}");
    }
    for row in report["windows"].as_array().into_iter().flatten() {
        let _ = write!(table, "\n{:<36}", row["fault"].as_str().unwrap_or_default());
        for (column, _) in COLUMNS {
            let number = row[column].as_u64().map_or_else(|| "-".to_owned(), |number| number.to_string());
            let _ = write!(table, " {number:>9}");
        }
    }
    let number = |name: &str| report[name].to_string();
    let _ = write!(table, "\nviolations: {} of {} things judged", number("violations"), number("judged"));
    let _ = write!(table, "\nwrites: {} acknowledged, {} refused", number("acknowledged"), number("refused"));
    let _ = write!(table, ", {} unknown, of which {} were seen", number("unknown"), number("unknown_and_seen"));
    let _ = write!(table, "\noldest unmarked answer: overtaken {} ms before it was asked for", number("oldest_ms"));
    let _ =
        write!(table, "\nlive: told after {} ms (median), {} ms (p99)", number("told_p50_ms"), number("told_p99_ms"));
    table
}
