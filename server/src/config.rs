//! What the program can be told, on its command line or in its environment.

use std::net::SocketAddr;

use clap::{Args, Parser, Subcommand};

/// A place to write, read and talk about stories.
#[derive(Debug, Parser)]
#[command(name = "quire", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do; without one the app is served.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to serve when nothing else is asked for.
    #[command(flatten)]
    pub serve: Serve,
}

impl Cli {
    /// What to do.
    pub fn command(self) -> Command {
        self.command.unwrap_or(Command::Serve(self.serve))
    }
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the app until it is told to stop
    Serve(Serve),
}

/// How to serve.
#[derive(Debug, Args)]
pub struct Serve {
    /// The address to listen at; port 0 takes a free one
    #[arg(long, env = "QUIRE_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
}
