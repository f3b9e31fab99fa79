//! The record, as read.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::thing::{Fate, Thing, Write};

/// What cuts a node off from database and Redis at once.
const CUTS_OFF: [&str; 3] = ["cable to services cut", "both cables cut", "all cables to services cut"];

/// How long after a cut a node's connections may still be dead, in microseconds.
const RECOVERY: u64 = 5_000_000;

/// What happened.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) things: BTreeMap<String, Thing>,
    pub(super) reads: Vec<Read>,
    pub(super) lines: BTreeMap<u64, Line>,
    /// When nodes reached neither database nor Redis: node, from, until.
    cut_off: Vec<[u64; 3]>,
    /// The log at the end: head, first position, rows.
    pub(super) log: Option<[u64; 3]>,
    /// Every position that a write was acknowledged with, in the order of the record.
    pub(super) positions: Vec<u64>,
}

/// A live connection, and what it told when.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) opened: u64,
    pub(super) closed: u64,
    pub(super) stories: Vec<u64>,
    pub(super) told: BTreeMap<u64, u64>,
}

/// One answer to a question.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) what: String,
    pub(super) client: Option<u64>,
    pub(super) node: Option<u64>,
    /// The highest position that its asker had been told, if it carries that along.
    pub(super) seen: Option<u64>,
    pub(super) sent: u64,
    pub(super) done: u64,
    pub(super) as_of: Option<u64>,
    pub(super) stale: bool,
    pub(super) shows: Vec<(String, u64)>,
    pub(super) is: Vec<(String, bool)>,
    pub(super) covers: Option<String>,
}

impl Record {
    /// Reads the lines.
    pub(super) fn parse(history: &str) -> Self {
        let mut record = Self::default();
        let mut told: BTreeMap<u64, u64> = BTreeMap::new();
        for line in history.lines() {
            let line: Value = serde_json::from_str(line).expect("a line of the record");
            let client = line["client"].as_u64();
            if let Some(thing) = line["write"].as_str() {
                record.add_write(thing, client, &line);
            } else if line["read"].is_string() && matches!(line["status"].as_u64(), Some(200 | 404)) {
                let carries = line["carries"].as_bool() == Some(true);
                let seen = client.filter(|_| carries).map(|client| told.get(&client).copied().unwrap_or_default());
                record.reads.push(read(&line, client, seen));
            } else if let Some(number) = line["line"].as_u64() {
                record.lines.entry(number).or_default().add(&line);
            } else if line["fault"].as_str().is_some_and(|fault| CUTS_OFF.contains(&fault)) {
                let nodes = line["nodes"].as_array().into_iter().flatten().filter_map(Value::as_u64);
                record.cut_off.extend(nodes.map(|node| [node, number(&line, "from"), number(&line, "until")]));
            } else if line["log"].as_bool() == Some(true) {
                record.log = Some(["head", "first", "rows"].map(|name| number(&line, name)));
            }
            let position = line["as_of"].as_u64().max(line["seq"].as_u64());
            if let (Some(client), Some(position)) = (client, position) {
                let known = told.entry(client).or_default();
                *known = position.max(*known);
            }
        }
        record.place_unknown_writes();
        record
    }

    fn add_write(&mut self, thing: &str, client: Option<u64>, line: &Value) {
        let fate = match (line["status"].as_u64(), line["seq"].as_u64()) {
            (Some(200), Some(_)) => Fate::Acknowledged,
            (Some(400..500), _) => Fate::Refused,
            _ => Fate::Unknown,
        };
        let position = line["seq"].as_u64().filter(|_| fate == Fate::Acknowledged);
        self.positions.extend(position.filter(|position| *position > 0));
        let done = number(line, "done");
        self.things.entry(thing.to_owned()).or_default().writes.push(Write {
            number: number(line, "number"),
            present: line["present"].as_bool() == Some(true),
            client,
            sent: number(line, "sent"),
            done,
            fate,
            position,
            known: position.map(|_| done),
        });
    }

    /// What was shown as of a position had happened by then, and its reader knew.
    fn place_unknown_writes(&mut self) {
        for read in &self.reads {
            for (thing, number) in &read.shows {
                let writes = self.things.get_mut(thing).map(|thing| &mut thing.writes);
                let shown = writes.and_then(|writes| writes.iter_mut().find(|write| write.number == *number));
                let (Some(write), Some(as_of)) = (shown, read.as_of) else { continue };
                if write.fate == Fate::Unknown {
                    write.position = Some(write.position.map_or(as_of, |position| position.min(as_of)));
                    write.known = Some(write.known.map_or(read.done, |known| known.min(read.done)));
                }
            }
        }
    }

    /// Whether this node could not hear of what was withdrawn elsewhere.
    pub(super) fn is_cut_off(&self, node: Option<u64>, at: u64) -> bool {
        self.cut_off.iter().any(|[its, from, until]| node == Some(*its) && *from <= at && at <= until + RECOVERY)
    }

    /// How many writes were acknowledged, refused, and neither.
    pub(super) fn fates(&self) -> [usize; 3] {
        let all = || self.things.values().flat_map(|thing| &thing.writes).filter(|write| write.client.is_some());
        [Fate::Acknowledged, Fate::Refused, Fate::Unknown].map(|fate| all().filter(|write| write.fate == fate).count())
    }

    /// How many of the last kind were seen.
    pub(super) fn unknown_and_seen(&self) -> usize {
        let all = self.things.values().flat_map(|thing| &thing.writes);
        all.filter(|write| write.fate == Fate::Unknown && write.position.is_some()).count()
    }
}

impl Line {
    fn add(&mut self, line: &Value) {
        if let Some(position) = line["told"].as_u64() {
            self.told.entry(position).or_insert_with(|| number(line, "at"));
        } else {
            (self.opened, self.closed) = (number(line, "opened"), number(line, "closed"));
            self.stories = line["stories"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
        }
    }
}

fn read(line: &Value, client: Option<u64>, seen: Option<u64>) -> Read {
    let pairs = |name: &str| line[name].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let shows: BTreeSet<(String, u64)> =
        pairs("shows").iter().map(|pair| (text(&pair[0]), pair[1].as_u64().unwrap_or(u64::MAX))).collect();
    let is: BTreeSet<(String, bool)> =
        pairs("is").iter().map(|pair| (text(&pair[0]), pair[1].as_bool() == Some(true))).collect();
    Read {
        node: line["node"].as_u64(),
        what: text(&line["read"]),
        client,
        seen,
        sent: number(line, "sent"),
        done: number(line, "done"),
        as_of: line["as_of"].as_u64(),
        stale: line["stale"].as_bool() == Some(true),
        shows: shows.into_iter().collect(),
        is: is.into_iter().collect(),
        covers: line["covers"].as_str().map(str::to_owned),
    }
}

fn number(line: &Value, name: &str) -> u64 {
    line[name].as_u64().unwrap_or_default()
}
