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
    /// Nothing fails but this: a part of a failure's name, as in the table
    #[arg(long)]
    only: Option<String>,
    /// The same as `--only "PostgreSQL far"`: a node's way to the database takes 300 ms there and back
    #[arg(long, conflicts_with = "only")]
    slow_database: bool,
}

/// Runs it.
pub(crate) fn play(args: &Chaos) -> Result<()> {
    services::install()?;
    let test = ["test", "--test", "chaos", "--", "--nocapture"];
    let mut cargo = tools::cargo(&test);
    cargo.env("QUIRE_CHAOS_MINUTES", args.minutes.to_string()).env("QUIRE_CHAOS_SEED", args.seed.to_string());
    if let Some(only) = args.only.as_deref().or(args.slow_database.then_some("PostgreSQL far")) {
        cargo.env("QUIRE_CHAOS_ONLY", only);
    }
    tools::run(&mut cargo)
}
