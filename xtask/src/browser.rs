//! The browser tests, and bringing what they need.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::apt;
use crate::bundle::Bundle;
use crate::run;
use crate::services;
use crate::tally::{Tally, count};
use crate::tools::{self, Profile};
use crate::wasm;

/// Runs them against the built server.
pub(crate) fn test(tally: &mut Tally) -> Result<()> {
    let (shell, chromium) = (headless_shell()?, chromium()?);
    install_packages()?;
    run::build(Profile::Dev, &Bundle::SPLIT)?;
    build_guestbook()?;
    let playwright = || {
        let mut playwright = playwright(&shell, Profile::Dev);
        // The shell puts no page aside for the way back.
        playwright.env("CHROMIUM_WITH_WINDOWS", &chromium);
        playwright
    };
    count(playwright().args(["--grep-invert", ALONE]), tally)?;
    println!("alone:");
    count(playwright().args(["--grep", ALONE, "--workers", "1"]), tally)?;
    println!("on two nodes:");
    on_two_nodes(playwright().args(SPINE), |spine| count(spine, tally))
}

/// The engine's second app. It would bring its browser's half up to date itself, but then beside other tests, whose
/// patience ends sooner.
fn build_guestbook() -> Result<()> {
    const IN_BROWSER: [&str; 7] =
        ["--bin", "guestbook", "--target", wasm::TARGET, "--no-default-features", "--features", "hydrate"];
    tools::run(&mut tools::cargo(&["build", "-p", "guestbook"]))?;
    tools::run(tools::cargo(&["build", "-p", "guestbook"]).args(IN_BROWSER))
}

/// Takes the time from a save to another person's screen, with the release build.
pub(crate) fn latency() -> Result<()> {
    let chromium = chromium()?;
    install_packages()?;
    on_two_nodes(playwright(&chromium, Profile::Release).args(["--config", "latency.config.ts"]), tools::run)
}

/// Prints what Lighthouse says of the pages that a stranger opens first, with the release build.
pub(crate) fn lighthouse() -> Result<()> {
    let chromium = chromium()?;
    install_packages()?;
    // No test needs it and the two hundred packages that come with it. The last that runs on Node.js 20.
    let mut npm = tools::command("npm");
    npm.args(["install", "--no-save", "--no-package-lock", "lighthouse@12.8.2"]);
    tools::run(npm.current_dir(tools::root().join("end2end")).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    run::build(Profile::Release, &Bundle::SPLIT)?;
    tools::run(playwright(&chromium, Profile::Release).args(["--config", "lighthouse.config.ts"]))
}

/// What opens browsers, and the browser.
pub(crate) fn tools() -> Result<(PathBuf, PathBuf)> {
    let chromium = chromium()?;
    install_packages()?;
    Ok((tools::root().join("end2end/node_modules/.bin/playwright"), chromium))
}

/// Tests that take a time: beside another they would take the other's, too.
const ALONE: &str = "@alone";

/// What an edit goes through on its way to everybody.
const SPINE: [&str; 6] = ["studio", "publish", "community", "workflow", "live", "nodes"];

/// Runs it on `PostgreSQL` and Redis, with the writers on one node and the readers on another.
fn on_two_nodes(playwright: &mut Command, run: impl FnOnce(&mut Command) -> Result<()>) -> Result<()> {
    services::install()?;
    let (postgres, redis) = (::services::Postgres::start(), ::services::Redis::start());
    let database = postgres.empty();
    run(playwright.env("QUIRE_TEST_DATABASE", &database.url).env("QUIRE_TEST_REDIS", redis.url()))
}

fn playwright(chromium: &Path, profile: Profile) -> Command {
    let folder = tools::root().join("end2end");
    let mut playwright = tools::command(folder.join("node_modules/.bin/playwright"));
    playwright.arg("test").current_dir(folder).env("CHROMIUM", chromium).stdin(Stdio::null());
    playwright.env("QUIRE_BIN", run::quire(profile)).env("LEPTOS_SITE_ROOT", crate::site::root());
    playwright.env("GUESTBOOK_BIN", tools::target().join("debug/guestbook"));
    playwright
}

/// Brings what `package-lock.json` names, unless it is there.
fn install_packages() -> Result<()> {
    let folder = tools::root().join("end2end");
    // npm leaves no note that says the lock file itself was followed, so we leave one. It goes
    // with the folder, which `npm ci` throws away first.
    let note = folder.join("node_modules/.installed.json");
    let lock = fs::read(folder.join("package-lock.json")).context("end2end has no package-lock.json")?;
    if fs::read(&note).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    if tools::find("npm").is_none() {
        bail!("the browser tests need Node.js 20 or newer and npm: install them, then try again");
    }
    let mut npm = tools::command("npm");
    // Its browser could not be used anyway: the tests run in the system's Chromium.
    npm.arg("ci").current_dir(&folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    tools::run(npm.stdin(Stdio::null()))?;
    fs::write(&note, lock).with_context(|| format!("{} cannot be written", note.display()))
}

/// Chromium without a window's own pages, which take a fifth of the processor: one set of 33 tests ran for 96 s in
/// Chromium and for 55 s here. Debian alone has it as a package; elsewhere it is the whole browser.
fn headless_shell() -> Result<PathBuf> {
    const SHELL: &str = "chromium-headless-shell";
    if let Some(named) = env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    if tools::find(SHELL).is_none()
        && let Err(error) = apt::install(&[SHELL], "the browser tests are quicker in this")
    {
        println!("{error}");
    }
    let runs = |shell: &PathBuf| tools::read(tools::command(shell).arg("--version")).is_ok();
    tools::find(SHELL).filter(runs).map_or_else(chromium, Ok)
}

/// The system's Chromium, installed if we may.
fn chromium() -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    if let Some(found) = tools::find("chromium") {
        return Ok(found);
    }
    apt::install(&["chromium"], "the browser tests need Chromium, or its name in CHROMIUM")?;
    tools::find("chromium").context("Chromium was installed, but is not on the search path")
}
