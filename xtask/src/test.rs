//! Everything that must hold before a change is taken, step by step.

use std::{process::Command, time::Instant};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::tally::{Tally, count};
use crate::{
    browser,
    bundle::Bundle,
    copy::{Copy, SERVER_HALF},
    deny, guide, mutants, rules, services, tools, wasm,
};

/// What to check.
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Only these steps, in this order; all of them but `quick` when none is named
    steps: Vec<Step>,
}

/// One thing that must hold.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Step {
    /// The sources are formatted
    Fmt,
    /// Dependencies point the right way, and those of others may be had
    Rules,
    /// No compiler or clippy warning in either half
    Clippy,
    /// The tests of every package, and the examples in its documentation
    Unit,
    /// The guide's tutorial followed in a copy: it compiles, its tests pass, and its mistakes are noticed
    Guide,
    /// Each rule broken in turn, in a copy, the guide's if it is there: a test notices
    Mutants,
    /// The app in Chromium
    Browser,
    /// While you work: the tests that need neither PostgreSQL nor Chromium, and take seconds
    Quick,
}

impl Step {
    /// What a change must pass. The quickest to fail come first.
    const ALL: [Self; 7] =
        [Self::Fmt, Self::Rules, Self::Clippy, Self::Unit, Self::Guide, Self::Mutants, Self::Browser];
}

/// Runs the steps, and stops at the first that fails.
pub(crate) fn test(args: &Test) -> Result<()> {
    let steps = if args.steps.is_empty() { &Step::ALL } else { &args.steps[..] };
    let start = Instant::now();
    let mut tally = Tally::default();
    let mut times = Vec::new();
    let mut notes = Vec::new();
    let mut copy = None;
    for step in steps {
        let name = format!("{step:?}").to_lowercase();
        println!("── {name}");
        let began = Instant::now();
        let done = step.run(&mut tally, &mut notes, &mut copy);
        let seconds = began.elapsed().as_secs_f32();
        println!("── {name}: {} in {seconds:.1} s", if done.is_ok() { "passed" } else { "FAILED" });
        times.push(format!("{name} {seconds:.1} s"));
        if done.is_err() && tally != Tally::default() {
            println!("{tally}");
        }
        done.with_context(|| format!("the step `{name}` failed"))?;
    }
    for note in notes {
        println!("NOT CHECKED: {note}");
    }
    println!("{} (in all {:.1} s)", times.join(", "), start.elapsed().as_secs_f32());
    if tally != Tally::default() {
        println!("{tally}");
    }
    Ok(())
}

impl Step {
    /// Notes are what could not be checked. A copy of the sources goes from the step that builds it to the next.
    fn run(self, tally: &mut Tally, notes: &mut Vec<String>, copy: &mut Option<Copy>) -> Result<()> {
        match self {
            Self::Fmt => tools::run(&mut tools::cargo(&["fmt", "--all", "--check"])),
            Self::Rules => rules::check().and_then(|()| deny::check(notes)),
            Self::Clippy => clippy(),
            Self::Unit => {
                services::install()?;
                count(tools::cargo(&["test"]).args(SERVER_HALF).arg("--no-fail-fast"), tally)
            }
            Self::Guide => {
                *copy = Some(guide::test(tally)?);
                Ok(())
            }
            Self::Mutants => mutants::test(tally, copy.take()),
            Self::Browser => browser::test(tally),
            Self::Quick => {
                services::install()?;
                count(&mut quick(), tally)
            }
        }
    }
}

/// Each package's own tests, the store's on SQLite, and the server's over HTTP, but for the slow ones.
fn quick() -> Command {
    let mut cargo = tools::cargo(&["test"]);
    cargo.args(SERVER_HALF).args(["--lib", "--test", "store", "--test", "http", "--"]);
    cargo.args(SLOW.iter().flat_map(|name| ["--skip", name]));
    cargo
}

/// Parts of the names of tests that need PostgreSQL or Redis, or take many seconds.
const SLOW: [&str; 10] = [
    "postgres",
    "two_nodes",
    "outage::",
    "redis::",
    "sampler::",
    "set_back::",
    "positions::",
    "render_threads::",
    "page_cache::",
    "not_modified_means_just_that",
];

/// Both halves, each with its own features. Warnings are denied by clippy's arguments, because a
/// RUSTFLAGS variable would replace the flags in `.cargo/config.toml`.
fn clippy() -> Result<()> {
    let deny = ["--", "-D", "warnings"];
    tools::run(tools::cargo(&["clippy"]).args(SERVER_HALF).arg("--all-targets").args(deny))?;
    wasm::install_target()?;
    for bundle in Bundle::SPLIT {
        let mut browser = tools::cargo(&["clippy", "-p", "frontend", "--target", wasm::TARGET]);
        tools::run(browser.args(bundle.features()).args(deny))?;
    }
    Ok(())
}
