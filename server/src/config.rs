//! What the program can be told, on its command line or in its environment.

use std::net::SocketAddr;

use clap::{Args, Parser, Subcommand};

/// A place to write, read and talk about stories.
#[derive(Debug, Parser)]
#[command(name = "quire", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
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
