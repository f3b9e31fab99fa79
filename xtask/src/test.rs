//! Everything that must hold before a change is taken, step by step.

use std::time::Instant;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::tally::{Tally, count};
use crate::{browser, bundle::Bundle, deny, guide, mutants, rules, services, tools, wasm};

/// What to check.
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Only these steps, in this order; all of them when none is named
    steps: Vec<Step>,
}

/// One thing that must hold. The quickest to fail come first.
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
    /// Each rule broken in turn, in a copy: a test notices
    Mutants,
    /// The guide's tutorial followed in a copy: it compiles, its tests pass, and its mistakes are noticed
    Guide,
    /// The app in Chromium
    Browser,
}

/// Runs the steps, and stops at the first that fails.
pub(crate) fn test(args: &Test) -> Result<()> {
    let steps = if args.steps.is_empty() { Step::value_variants() } else { &args.steps };
    let start = Instant::now();
    let mut tally = Tally::default();
    let mut times = Vec::new();
    let mut notes = Vec::new();
    for step in steps {
        let name = format!("{step:?}").to_lowercase();
        println!("── {name}");
        let began = Instant::now();
        let done = step.run(&mut tally, &mut notes);
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
    /// Notes are what could not be checked.
    fn run(self, tally: &mut Tally, notes: &mut Vec<String>) -> Result<()> {
        match self {
            Self::Fmt => tools::run(&mut tools::cargo(&["fmt", "--all", "--check"])),
            Self::Rules => rules::check().and_then(|()| deny::check(notes)),
            Self::Clippy => clippy(),
            Self::Unit => {
                services::install()?;
                let all = ["test", "--workspace", "--exclude", "frontend", "--no-fail-fast"];
                count(&mut tools::cargo(&all), tally)
            }
            Self::Mutants => mutants::test(tally),
            Self::Guide => guide::test(tally),
            Self::Browser => browser::test(tally),
        }
    }
}

/// Both halves, each with its own features. Warnings are denied by clippy's arguments, because a
/// RUSTFLAGS variable would replace the flags in `.cargo/config.toml`.
fn clippy() -> Result<()> {
    let deny = ["--", "-D", "warnings"];
    let server = ["clippy", "--workspace", "--exclude", "frontend", "--all-targets"];
    tools::run(tools::cargo(&server).args(deny))?;
    wasm::install_target()?;
    for bundle in Bundle::SPLIT {
        let mut browser = tools::cargo(&["clippy", "-p", "frontend", "--target", wasm::TARGET]);
        tools::run(browser.args(bundle.features()).args(deny))?;
    }
    Ok(())
}
