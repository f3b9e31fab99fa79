//! What a new query or mutation says in many places, written once: the rows that repeat its name, and a file for each
//! part of it.
//!
//! What only a person can decide is left as a `compile_error!` that says what is missing: nothing that is written here
//! compiles before it is decided.

mod argument;
mod change;
mod edits;
mod mutation;
mod name;
mod query;
mod template;

use std::path::Path;

use anyhow::Result;
use clap::{Parser, Subcommand};

use self::edits::Edits;
use crate::tools;

/// What to write.
#[derive(Debug, Parser)]
pub(crate) struct New {
    #[command(subcommand)]
    part: Part,
}

#[derive(Debug, Subcommand)]
enum Part {
    /// A query, from the registry to the statement that reads it, and its page
    Query(query::Query),
    /// A mutation, from its server function to its transaction
    Mutation(mutation::Mutation),
}

/// Writes into the sources, and says what is left to decide.
pub(crate) fn new(new: &New) -> Result<()> {
    for file in new.write(tools::root())? {
        println!("{file}");
    }
    tools::run(&mut tools::cargo(&["fmt", "--all"]))?;
    println!("What is left to decide is a `compile_error!`: `cargo check` lists them.");
    Ok(())
}

impl New {
    /// As on the command line, from the word `new` on.
    pub(crate) fn parse_words(words: impl IntoIterator<Item = String>) -> Result<Self> {
        Ok(Self::try_parse_from(words)?)
    }

    /// Writes into this tree, unformatted, and names the files.
    pub(crate) fn write(&self, tree: &Path) -> Result<Vec<String>> {
        let mut edits = Edits::of(tree);
        match &self.part {
            Part::Query(query) => query.write(&mut edits)?,
            Part::Mutation(mutation) => mutation.write(&mut edits)?,
        }
        edits.save()
    }
}
