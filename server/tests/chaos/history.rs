//! What happened, as it was seen from outside: one line of JSON for each thing, on one clock.
//!
//! | line | is |
//! |---|---|
//! | `write` | a client wrote this `thing`: `number` of the write, whether the thing is `present` after it, `sent`, `done`, `client`, `node`, and its `status` (none: no answer) and `seq` if it was acknowledged |
//! | `read` | a client asked: the same, `as_of`, `stale`, which writes the answer `shows`, and what it says `is` there or not |
//! | `line` | a live connection from `opened` to `closed`, and the `stories` it held |
//! | `told` | what a live connection said, and when: `at` |
//! | `fault` | something failed, `from` then `until` then, of these `nodes` |
//! | `log` | the log at the end: `head`, `first`, `rows` |

use std::{
    fs::{self, File},
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Instant,
};

use serde_json::Value;

/// The record, while it is written.
pub(crate) struct History {
    began: Instant,
    file: PathBuf,
    lines: Mutex<BufWriter<File>>,
}

impl History {
    /// Begins a new one, of this name.
    pub(crate) fn begin(name: &str) -> Self {
        let file = folder().join(format!("{name}.jsonl"));
        let lines = BufWriter::new(File::create(&file).expect("a file for the history"));
        Self { began: Instant::now(), file, lines: Mutex::new(lines) }
    }

    /// Microseconds since it began.
    pub(crate) fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    /// Adds a line.
    pub(crate) fn note(&self, line: &Value) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(lines, "{line}").expect("room for the history");
    }

    /// All of it, as text.
    pub(crate) fn read(&self) -> String {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).flush().expect("room for the history");
        fs::read_to_string(&self.file).expect("the history")
    }
}

/// Where all is kept: `chaos` in cargo's target folder.
pub(crate) fn folder() -> PathBuf {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = scratch.parent().unwrap_or(scratch).join("chaos");
    fs::create_dir_all(&folder).expect("a folder");
    folder
}
