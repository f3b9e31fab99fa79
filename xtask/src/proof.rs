//! The rules, checked: the model and the simulation of `engine/proof/`, in release.

use anyhow::Result;
use clap::Args;

use crate::tools;

/// Which schedules to play.
#[derive(Debug, Args)]
pub(crate) struct Sim {
    /// How many
    #[arg(long, default_value_t = 100_000)]
    schedules: u64,
    /// From which on; one that failed fails again
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

/// Visits every interleaving of a small world.
pub(crate) fn model() -> Result<()> {
    run(&["model"])
}

/// Plays chance schedules of a larger one.
pub(crate) fn sim(args: &Sim) -> Result<()> {
    run(&["sim", "--schedules", &args.schedules.to_string(), "--seed", &args.seed.to_string()])
}

fn run(arguments: &[&str]) -> Result<()> {
    let cargo = ["run", "--quiet", "--release", "-p", "proof", "--"];
    tools::run(tools::cargo(&cargo).args(arguments))
}
