//! Everything fails, for real: `server/tests/chaos`, for as long as one likes.

use anyhow::Result;
use clap::Args;

use crate::{services, tools};

/// How long, and in which order.
#[derive(Debug, Args)]
pub(crate) struct Chaos {
    /// For how many minutes; 0 has each thing fail once
    #[arg(long, default_value_t = 0)]
    minutes: u64,
    /// Decides what fails when; another number is another order
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Runs it.
pub(crate) fn play(args: &Chaos) -> Result<()> {
    services::install()?;
    let test = ["test", "--test", "chaos", "--", "--nocapture"];
    let mut cargo = tools::cargo(&test);
    cargo.env("QUIRE_CHAOS_MINUTES", args.minutes.to_string()).env("QUIRE_CHAOS_SEED", args.seed.to_string());
    tools::run(&mut cargo)
}
