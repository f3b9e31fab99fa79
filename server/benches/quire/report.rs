//! The figures, as a table for people and as JSON for comparing runs.

use std::{borrow::Cow, collections::BTreeMap, fs, path::PathBuf, time::Duration};

/// Figures in the order in which they were measured.
#[derive(Default)]
pub(crate) struct Report(Vec<Figure>);

struct Figure {
    what: String,
    value: f64,
    unit: &'static str,
    note: Cow<'static, str>,
}

impl Report {
    pub(crate) fn add(
        &mut self,
        what: impl Into<String>,
        value: f64,
        unit: &'static str,
        note: impl Into<Cow<'static, str>>,
    ) {
        let figure = Figure { what: what.into(), value, unit, note: note.into() };
        println!("{}", figure.line());
        self.0.push(figure);
    }

    /// The median and the 99th percentile of some times, in milliseconds.
    pub(crate) fn add_times(&mut self, what: &str, mut times: Vec<Duration>) {
        times.sort_unstable();
        for (percentile, place) in [("p50", times.len() / 2), ("p99", times.len() * 99 / 100)] {
            let time = times.get(place).copied().unwrap_or_default();
            self.add(format!("{what}, {percentile}"), time.as_secs_f64() * 1e3, "ms", "");
        }
    }

    pub(crate) fn print_and_write(&self) {
        println!("\n| what | figure | |\n|---|---:|---|");
        for figure in &self.0 {
            println!("| {} | {} {} | {} |", figure.what, shown(figure.value), figure.unit, figure.note);
        }
        let json: BTreeMap<&str, serde_json::Value> = self
            .0
            .iter()
            .map(|figure| (&*figure.what, serde_json::json!({ "value": figure.value, "unit": figure.unit })))
            .collect();
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("../target"), PathBuf::from);
        let folder = target.join("bench");
        let text = serde_json::to_string_pretty(&json).expect("figures are JSON");
        fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join("quire.json"), text)).expect("the report");
    }
}

impl Figure {
    fn line(&self) -> String {
        format!("{:<64} {:>12} {:<6} {}", self.what, shown(self.value), self.unit, self.note)
    }
}

fn shown(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 1.0 => format!("{value:.2}"),
        value => format!("{value:.3}"),
    }
}
