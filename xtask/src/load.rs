//! A day like any other, replayed: `server/tests/load`, against the release build, with browsers beside it.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::{browser, bundle::Bundle, services, site, tools, tools::Profile};

/// How long, how much, and beside what.
#[derive(Debug, Args)]
pub(crate) struct Load {
    /// For how many minutes, after those that are not counted
    #[arg(long, default_value_t = 5.0)]
    minutes: f64,
    /// How many requests arrive each second
    #[arg(long, default_value_t = 200.0)]
    rate: f64,
    /// How many seconds are not counted at first
    #[arg(long, default_value_t = 300)]
    warm: u64,
    /// Decides who does what when; another number is another day
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// On PostgreSQL and Redis, started for it, instead of SQLite alone
    #[arg(long)]
    services: bool,
    /// Without browsers: requests alone
    #[arg(long)]
    no_browsers: bool,
    /// Pictures of /debug/cache go here, light and dark, wide and narrow
    #[arg(long, value_name = "FOLDER", conflicts_with = "no_browsers")]
    screenshots: Option<PathBuf>,
}

/// Runs it. It fails if an aim of `docs/benchmarks.md` is missed.
pub(crate) fn play(args: &Load) -> Result<()> {
    let mut cargo = tools::cargo(&["test", "--release", "--test", "load", "--", "--nocapture"]);
    // Whole seconds are fine enough.
    cargo.env("QUIRE_LOAD_SECONDS", format!("{:.0}", args.minutes * 60.0));
    cargo.env("QUIRE_LOAD_RATE", args.rate.to_string()).env("QUIRE_LOAD_WARM", args.warm.to_string());
    cargo.env("QUIRE_LOAD_SEED", args.seed.to_string());
    if args.services {
        services::install()?;
        cargo.env("QUIRE_LOAD_SERVICES", "1");
    }
    if !args.no_browsers {
        let (playwright, chromium) = browser::tools()?;
        site::build(Profile::Release, &Bundle::SPLIT, Bundle::SPLIT.len())?;
        cargo.env("QUIRE_LOAD_PLAYWRIGHT", playwright).env("CHROMIUM", chromium);
        cargo.env("LEPTOS_SITE_ROOT", site::root());
    }
    if let Some(folder) = &args.screenshots {
        let folder = std::path::absolute(folder).context("the folder for pictures")?;
        std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        cargo.env("QUIRE_LOAD_SCREENSHOTS", folder);
    }
    tools::run(&mut cargo)
}
