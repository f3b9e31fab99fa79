//! Mutants: each rule broken in turn, in a copy, to see a test notice.
//!
//! A rule that nobody would miss is not a rule. The table names the rules of
//! `docs/ARCHITECTURE.md`; the product's code has no switch for this.

mod table;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Instant,
};

use anyhow::{Context, Result, bail, ensure};

use self::table::{Expected, MUTANTS, Mutant};
use crate::{services, tally::Tally, tools};

/// Breaks each rule in turn. Fails if nobody notices.
pub(crate) fn test(tally: &mut Tally) -> Result<()> {
    services::install()?;
    let copy = tools::target().join("mutants");
    let tree = copy.join("tree");
    take_copy(&tree)?;
    // Unbroken, the same tests must pass, or their failing would prove nothing.
    for mutant in MUTANTS.iter().filter(|mutant| mutant.expected.is_test()) {
        ensure!(passes(&copy, mutant)?, "without any mutant this does not pass: {}", mutant.expected.name());
    }
    println!("{:<44} {:<52} noticed by", "rule", "broken");
    for mutant in MUTANTS {
        let began = Instant::now();
        let file = tree.join(mutant.file);
        let sound = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", mutant.file))?;
        let found = sound.matches(mutant.from).count();
        ensure!(found == 1, "{}: {:?} stands there {found} times: mend the table", mutant.file, mutant.from);
        fs::write(&file, sound.replacen(mutant.from, mutant.to, 1))?;
        let noticed = is_noticed(&copy, mutant);
        fs::write(&file, sound)?;
        let noticed = noticed?;
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

/// Whether the right thing went wrong: a test that failed, or an error of the compiler with this code.
fn is_noticed(copy: &Path, mutant: &Mutant) -> Result<bool> {
    let output = run(copy, mutant)?;
    match mutant.expected {
        Expected::TestFails { .. } if output.contains("could not compile") => {
            bail!("the mutant {:?} does not compile: mend the table\n{output}", mutant.broken)
        }
        Expected::TestFails { .. } => Ok(output.contains("test result: FAILED")),
        Expected::DoesNotCompile { code, .. } => Ok(output.contains(code)),
    }
}

fn passes(copy: &Path, mutant: &Mutant) -> Result<bool> {
    let output = run(copy, mutant)?;
    // A name that no test has would pass for ever.
    Ok(output.contains("test result: ok. 1 passed"))
}

/// Runs the test, or the compiler, in the copy. It has a target folder of its own, so that what is
/// built from broken sources never meets what is built from sound ones.
fn run(copy: &Path, mutant: &Mutant) -> Result<String> {
    let arguments: Vec<&str> = match mutant.expected {
        Expected::TestFails { package, within, test } => {
            let mut arguments = vec!["test", "--locked", "-p", package];
            arguments.extend(within);
            arguments.extend(["--", "--exact", test]);
            arguments
        }
        Expected::DoesNotCompile { package, .. } => vec!["check", "--locked", "-p", package],
    };
    let mut cargo = tools::cargo(&arguments);
    cargo.current_dir(copy.join("tree")).env("CARGO_TARGET_DIR", copy.join("target")).stdin(Stdio::null());
    let output = cargo.output().context("cargo could not be started")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
}

/// Copies what git knows, leaving alone what is the same already, so that a second run is quick. Names the copies.
pub(crate) fn take_copy(tree: &Path) -> Result<Vec<PathBuf>> {
    let listed = tools::read(tools::command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    let mut copies = vec![];
    for name in listed.lines() {
        let (from, to): (PathBuf, PathBuf) = (tools::root().join(name), tree.join(name));
        let Ok(sound) = fs::read(&from) else { continue };
        if fs::read(&to).ok().as_deref() != Some(&sound) {
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&to, sound).with_context(|| format!("{} cannot be written", to.display()))?;
        }
        copies.push(to);
    }
    Ok(copies)
}
