//! Mutants: each rule broken in turn, in a copy, to see a test notice.
//!
//! A rule that nobody would miss is not a rule. The table names the rules of
//! `docs/ARCHITECTURE.md`; the product's code has no switch for this.

mod mutant;
mod table;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use anyhow::{Context, Result, bail, ensure};

use self::{
    mutant::{Expected, IS_ON, Mutant},
    table::MUTANTS,
};
use crate::{
    copy::{Copy, SERVER_HALF},
    services,
    tally::Tally,
};

/// Breaks each rule in turn, in the guide's copy if there is one. Fails if nobody notices.
pub(crate) fn test(tally: &mut Tally, copy: Option<Copy>) -> Result<()> {
    services::install()?;
    let copy = copy.map_or_else(unbroken, Ok)?;
    check_unbroken(&copy)?;
    println!("{:<44} {:<52} noticed by", "rule", "broken");
    for mutant in MUTANTS {
        let began = Instant::now();
        let noticed = if mutant.is_switched() {
            is_noticed(&copy, mutant)?
        } else {
            copy.while_changed(mutant.file, mutant.from, mutant.to, || is_noticed(&copy, mutant))?
        };
        println!(
            "{:<44} {:<52} {} ({:.1} s)",
            mutant.rule,
            mutant.broken,
            if noticed { mutant.expected.name() } else { "NOBODY" },
            began.elapsed().as_secs_f32()
        );
        *tally += Tally { passed: u32::from(noticed), failed: u32::from(!noticed) };
    }
    ensure!(tally.failed == 0, "a rule was broken and no test noticed");
    Ok(())
}

/// A copy of its own, in which nothing is broken yet.
fn unbroken() -> Result<Copy> {
    let copy = Copy::take("copy")?;
    put_into(&copy)?;
    Ok(copy)
}

/// Puts all mutants but those that do not compile into one copy, off until a variable names them: 37 builds took 15 of
/// CI's minutes.
pub(crate) fn put_into(copy: &Copy) -> Result<()> {
    for mutant in MUTANTS.iter().filter(|mutant| mutant.is_switched()) {
        copy.change(mutant.file, |text| mutant.put_into(text))?;
    }
    Ok(())
}

/// With every mutant off, the same tests must pass, or their failing would prove nothing.
fn check_unbroken(copy: &Copy) -> Result<()> {
    let mut tests: BTreeMap<&[&str], BTreeSet<&str>> = BTreeMap::new();
    for mutant in MUTANTS {
        if let Expected::TestFails { within, test } = mutant.expected {
            tests.entry(within).or_default().insert(test);
        }
    }
    for (within, tests) in tests {
        let output = run_tests(copy, None, within, tests.iter().copied())?;
        // A name that no test has would pass for ever.
        let passed = format!("test result: ok. {} passed", tests.len());
        ensure!(output.contains(&passed), "without any mutant these do not pass: {tests:?}\n{output}");
    }
    Ok(())
}

/// Whether the right thing went wrong: a test that failed, or an error of the compiler with this code.
fn is_noticed(copy: &Copy, mutant: &Mutant) -> Result<bool> {
    let output = run(copy, mutant)?;
    match mutant.expected {
        Expected::TestFails { .. } if output.contains("could not compile") => {
            bail!("the mutant {:?} does not compile: mend the table\n{output}", mutant.broken)
        }
        Expected::TestFails { .. } => Ok(output.contains("test result: FAILED")),
        Expected::DoesNotCompile { code, .. } => Ok(output.contains(code)),
    }
}

/// Runs the test, or the compiler, in the copy.
fn run(copy: &Copy, mutant: &Mutant) -> Result<String> {
    match mutant.expected {
        Expected::TestFails { within, test } => run_tests(copy, Some(mutant), within, [test]),
        Expected::DoesNotCompile { .. } => {
            said(copy, None, &["check", "--locked"].into_iter().chain(SERVER_HALF).collect::<Vec<_>>())
        }
    }
}

fn run_tests<'a>(
    copy: &Copy,
    on: Option<&Mutant>,
    within: &[&'a str],
    tests: impl IntoIterator<Item = &'a str>,
) -> Result<String> {
    let asked = ["test", "--locked"].into_iter().chain(within.iter().copied()).chain(["--", "--exact"]).chain(tests);
    said(copy, on, &asked.collect::<Vec<_>>())
}

fn said(copy: &Copy, on: Option<&Mutant>, asked: &[&str]) -> Result<String> {
    let mut cargo = copy.cargo(asked);
    cargo.envs(on.map(|mutant| (IS_ON, mutant.name())));
    let output = cargo.output().context("cargo could not be started")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
}
