//! Debian's packages: installed where we may, named where not.

use std::process::Stdio;

use anyhow::{Result, bail};

use crate::tools;

/// Installs these packages, if we are root on a Debian; else says how, and what for.
pub(crate) fn install(packages: &[&str], what_for: &str) -> Result<()> {
    let install = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if tools::find("apt-get").is_none() || !is_root()? {
        bail!("{what_for}: `sudo {install}`");
    }
    for words in ["apt-get update -q", &install] {
        let mut words = words.split(' ');
        let mut apt = tools::command(words.next().unwrap_or_default());
        apt.args(words).env("DEBIAN_FRONTEND", "noninteractive");
        // What is installed is not started: tests start servers of their own.
        apt.env("RUNLEVEL", "1");
        tools::run(apt.stdin(Stdio::null()))?;
    }
    Ok(())
}

/// Whether we may do anything.
pub(crate) fn is_root() -> Result<bool> {
    Ok(tools::read(tools::command("id").arg("-u"))?.trim() == "0")
}
