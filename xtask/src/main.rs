//! Builds, runs and tests Quire: `cargo xtask --help`.

mod apt;
mod bench;
mod browser;
mod bundle;
mod chaos;
mod copy;
mod deny;
mod epubcheck;
mod guide;
mod load;
mod mutants;
mod new;
mod proof;
mod rules;
mod run;
mod services;
mod site;
mod snip;
mod tally;
mod test;
mod tools;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{tally::Tally, tools::Profile};

/// Builds, runs and tests Quire.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Build what is missing and serve the app at <http://127.0.0.1:3000>
    Run(run::Run),
    /// Build both halves of the app: the server, and the site it serves
    Build {
        /// Small and fast instead of quickly built
        #[arg(long)]
        release: bool,
    },
    /// Check everything a change must pass
    Test(test::Test),
    /// Write what repeats the name of a new query or mutation, and leave open what a person decides
    New(Box<new::New>),
    /// Measure the release build: a table, and JSON in `target/bench`
    Bench,
    /// Print what Lighthouse says of the pages that strangers open first, on a phone, with the release build
    Lighthouse,
    /// Have everything fail, for real and under load: a table, and JSON in `target/chaos`
    Chaos(chaos::Chaos),
    /// Replay a day like any other against the release build: tables, and JSON in `target/load`
    Load(load::Load),
    /// Have the checker of the EPUB format look at a book of each story of the demo library
    Epubcheck,
    /// Break each rule in turn, in a copy, and see a test notice
    Mutants,
    /// Visit every interleaving of a small world; then with each rule broken
    Model,
    /// Play chance schedules of a larger one, with faults; then with each rule broken
    Sim(proof::Sim),
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Run(args) => run::run(&args),
        Task::Build { release } => run::build(Profile::of(release), &bundle::Bundle::SPLIT).map(|()| ExitCode::SUCCESS),
        Task::Test(args) => test::test(&args).map(|()| ExitCode::SUCCESS),
        Task::New(args) => new::new(&args).map(|()| ExitCode::SUCCESS),
        Task::Bench => bench::bench().map(|()| ExitCode::SUCCESS),
        Task::Lighthouse => browser::lighthouse().map(|()| ExitCode::SUCCESS),
        Task::Model => proof::model().map(|()| ExitCode::SUCCESS),
        Task::Sim(args) => proof::sim(&args).map(|()| ExitCode::SUCCESS),
        Task::Chaos(args) => chaos::play(&args).map(|()| ExitCode::SUCCESS),
        Task::Load(args) => load::play(&args).map(|()| ExitCode::SUCCESS),
        Task::Epubcheck => epubcheck::check().map(|()| ExitCode::SUCCESS),
        Task::Mutants => mutants::test(&mut Tally::default(), None).map(|()| ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
