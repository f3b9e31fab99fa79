//! Both halves together: built, and served.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::Result;
use clap::Args;

use crate::bundle::Bundle;
use crate::site;
use crate::tools::{self, Profile};

/// How to run the app.
#[derive(Debug, Args)]
pub(crate) struct Run {
    /// Small and fast instead of quickly built
    #[arg(long)]
    release: bool,
    /// The address to serve at
    #[arg(long, env = "QUIRE_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
}

/// Builds both halves, then becomes the server.
pub(crate) fn run(args: &Run) -> Result<ExitCode> {
    let profile = Profile::of(args.release);
    // One bundle is enough to see the app, and is there sooner after an edit.
    let bundles = if args.release { &Bundle::SPLIT[..] } else { &[Bundle::Full] };
    // A quick build does without what sends traces, and the packages that come with it.
    let features: &[&str] = if args.release { &[] } else { &["--no-default-features"] };
    build_with(profile, bundles, features)?;
    let mut quire = tools::command(quire(profile));
    quire
        .arg("serve")
        .env("QUIRE_ADDR", args.addr.to_string())
        // A first start has something to read; a library with accounts is left alone.
        .env("QUIRE_DEMO", "true")
        .env("LEPTOS_SITE_ROOT", site::root())
        .env("LEPTOS_OUTPUT_NAME", Bundle::Full.name());
    become_it(&mut quire)
}

/// Builds both halves, one after the other: in one cargo call their features would unify,
/// and the server would try to hydrate. No `-p server` either: the default members are what
/// `cargo test` and `cargo clippy` build too, so nothing is compiled twice.
pub(crate) fn build(profile: Profile, bundles: &[Bundle]) -> Result<()> {
    build_with(profile, bundles, &[])
}

fn build_with(profile: Profile, bundles: &[Bundle], features: &[&str]) -> Result<()> {
    let start = Instant::now();
    let steps = bundles.len() + 1;
    site::build(profile, bundles, steps)?;
    println!("── {steps} of {steps}: the server");
    let mut cargo = tools::cargo(&["build", "--bin", "quire", "--profile", profile.server().0]);
    cargo.args(features);
    match profile {
        Profile::Dev => {}
        // One file to copy elsewhere. A build for development does without, so that an edit of the site costs no link.
        Profile::Release => {
            cargo.args(["--features", "server/carried-site"]).env("QUIRE_SITE", site::root());
        }
    }
    tools::run(&mut cargo)?;
    println!("built in {:.1} s", start.elapsed().as_secs_f32());
    Ok(())
}

/// The server's program.
pub(crate) fn quire(profile: Profile) -> PathBuf {
    tools::target().join(profile.server().1).join(format!("quire{}", std::env::consts::EXE_SUFFIX))
}

/// Puts the program in our place: signals reach it and its exit code is ours, with nobody in between.
#[cfg(unix)]
fn become_it(program: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(program.exec().into())
}

#[cfg(not(unix))]
fn become_it(program: &mut Command) -> Result<ExitCode> {
    let code = program.status()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
