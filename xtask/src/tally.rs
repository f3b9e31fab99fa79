//! How many tests passed, read from what the test runners print.

use std::fmt::{self, Display, Formatter};
use std::io::{BufRead, BufReader};
use std::ops::AddAssign;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::tools;

/// Tests that passed, and tests that did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Tally {
    /// Reads a closing line: `test result: ok. 3 passed; 0 failed; …` is cargo's,
    /// `3 passed, 0 failed` is that of the browser tests. Any other line has none.
    fn read(line: &str) -> Option<Self> {
        let counts = match line.trim().strip_prefix("test result: ") {
            Some(verdict) => verdict.split_once(". ")?.1,
            None => line.trim(),
        };
        let mut counts = counts.split([';', ',']);
        let mut next = |what| counts.next()?.trim().strip_suffix(what)?.trim().parse().ok();
        Some(Self { passed: next("passed")?, failed: next("failed")? })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
    }
}

impl Display for Tally {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Runs a test runner, passing on what it prints, and adds up its closing lines.
pub(crate) fn count(command: &mut Command, tally: &mut Tally) -> Result<()> {
    let shown = tools::show(command);
    let mut runner =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("`{shown}` could not be started"))?;
    let before = *tally;
    for line in runner.stdout.take().into_iter().flat_map(|out| BufReader::new(out).split(b'\n')) {
        let line = line.with_context(|| format!("`{shown}` cannot be read"))?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        if let Some(more) = Tally::read(&line) {
            *tally += more;
        }
    }
    let status = runner.wait()?;
    if !status.success() {
        bail!("`{shown}` failed: {status}");
    }
    if *tally == before {
        // Green because nothing ran is not green.
        bail!("`{shown}` ran no test");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_read_and_other_lines_are_not() {
        let cargo = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(Tally::read(cargo), Some(Tally { passed: 12, failed: 3 }));
        let browser = "4 passed, 1 failed, 2 skipped";
        assert_eq!(Tally::read(browser), Some(Tally { passed: 4, failed: 1 }));
        for other in ["  4 passed (1.2s)", "test passed ... ok", "", "passed, failed"] {
            assert_eq!(Tally::read(other), None, "{other}");
        }
    }
}
