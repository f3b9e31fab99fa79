//! `cargo deny`: licences, sources, bans and known weaknesses of what is not ours.

use std::{env, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::tools;

/// Which one is built where there is none.
const VERSION: &str = "0.20.2";
/// Set to `required`, it makes weaknesses that can't be looked up a failure.
const ADVISORIES: &str = "QUIRE_ADVISORIES";

/// Fails with whatever `deny.toml` forbids. What could not be looked up is a note.
pub(crate) fn check(notes: &mut Vec<String>) -> Result<()> {
    let program = program()?;
    let deny = |words: &[&str]| {
        let mut command = tools::command(&program);
        command.args(words);
        command
    };
    tools::run(&mut deny(&["--workspace", "check", "licenses", "bans", "sources"]))?;
    // Known weaknesses are a list of others', which is fetched each time. That it can't be reached says nothing
    // about the change at hand.
    if let Err(error) = tools::run(&mut deny(&["fetch", "db"])) {
        if env::var_os(ADVISORIES).is_some_and(|said| said == "required") {
            return Err(error).context("the list of known weaknesses can't be fetched");
        }
        notes.push(format!(
            "the list of known weaknesses can't be fetched, so crates were not compared with it \
             ({ADVISORIES}=required makes this a failure)"
        ));
        return Ok(());
    }
    tools::run(&mut deny(&["--offline", "--workspace", "check", "advisories"]))
}

/// The one on the search path, or else our own, which is built once.
fn program() -> Result<PathBuf> {
    if let Some(found) = tools::find("cargo-deny") {
        return Ok(found);
    }
    let root = tools::target().join("tools");
    let ours = root.join("bin").join(format!("cargo-deny{}", env::consts::EXE_SUFFIX));
    if ours.is_file() {
        return Ok(ours);
    }
    let mut install = tools::cargo(&["install", "cargo-deny", "--locked", "--debug", "--version", VERSION, "--root"]);
    // It is built from its own lock file, beside what is built here and not into it.
    install.arg(&root).env("CARGO_TARGET_DIR", root.join("build"));
    tools::run(&mut install).context("cargo-deny is missing and can't be built: install it, then try again")?;
    if !ours.is_file() {
        bail!("cargo-deny was built, and is not at {}", ours.display());
    }
    Ok(ours)
}
