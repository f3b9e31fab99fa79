//! The site's root: everything the server hands out as files.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

use crate::bundle::Bundle;
use crate::tools::{self, Profile};
use crate::wasm;

/// Where the site is put together.
pub(crate) fn root() -> PathBuf {
    tools::target().join("site")
}

/// Brings the site up to date, with these bundles and no other: an old one would not fit the pages. Each is one of the
/// build's steps, which are counted on the screen.
pub(crate) fn build(profile: Profile, bundles: &[Bundle], steps: usize) -> Result<()> {
    let pkg = root().join("pkg");
    fs::create_dir_all(&pkg).with_context(|| format!("{} cannot be made", pkg.display()))?;
    for bundle in Bundle::ALL.into_iter().filter(|bundle| !bundles.contains(bundle)) {
        take_away(bundle, &pkg)?;
    }
    for (step, &bundle) in bundles.iter().enumerate() {
        println!("── {} of {steps}: the browser's half, {}", step + 1, bundle.describes());
        bring(bundle, &pkg, profile)?;
    }
    publish(&tools::root().join("public"), &root())
}

/// Brings a bundle up to date.
fn bring(bundle: Bundle, pkg: &Path, profile: Profile) -> Result<()> {
    let compiled = wasm::compile(bundle, profile)?;
    let stamp = tools::target().join(format!("site.{}.stamp", bundle.name()));
    let [js, wasm] = files(bundle, pkg);
    let made = [compiled.clone(), js.clone(), wasm.clone()];
    let as_left = fingerprint(profile, &made);
    if as_left.is_some() && fs::read_to_string(&stamp).ok() == as_left {
        return Ok(());
    }
    take_away(bundle, pkg)?;
    wasm::bind(bundle, &compiled, pkg, profile)?;
    if profile == Profile::Release {
        let sizes = [compress(&js)?, compress(&wasm)?];
        println!("{}: {} kB over the line", bundle.name(), sizes.iter().sum::<usize>() / 1000);
    }
    let now = fingerprint(profile, &made).context("the site was not made")?;
    fs::write(&stamp, now).with_context(|| format!("{} cannot be written", stamp.display()))
}

fn files(bundle: Bundle, pkg: &Path) -> [PathBuf; 2] {
    ["js", "wasm"].map(|ending| pkg.join(format!("{}.{ending}", bundle.name())))
}

/// Its compressed copies too: one left from a release would be served instead of the file beside it.
fn take_away(bundle: Bundle, pkg: &Path) -> Result<()> {
    for file in files(bundle, pkg) {
        for path in [beside(&file, ".br"), beside(&file, ".gz"), file] {
            remove(&path)?;
        }
    }
    Ok(())
}

/// Tells whether any of the files is another one than last time.
fn fingerprint(profile: Profile, files: &[PathBuf]) -> Option<String> {
    let mut text = format!("{profile:?}");
    for file in files {
        let about = fs::metadata(file).ok()?;
        let changed = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        write!(text, " {}@{}", about.len(), changed.as_nanos()).ok()?;
    }
    Some(text)
}

/// Copies `public`, and removes what is no longer there.
fn publish(public: &Path, site: &Path) -> Result<()> {
    for entry in fs::read_dir(site).context("the site cannot be read")? {
        let entry = entry?;
        if entry.file_name() != "pkg" {
            remove(&entry.path())?;
        }
    }
    copy(public, site)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("{} cannot be made", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("{} cannot be read", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).with_context(|| format!("{} cannot be copied", entry.path().display()))?;
        }
    }
    Ok(())
}

fn remove(path: &Path) -> Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", path.display()))
        }
        _ => Ok(()),
    }
}

/// The path with an ending more.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Lays `.br` and `.gz` beside the file, so that the server need not compress on each request. Says
/// how much of it goes over the line to a browser of today.
fn compress(path: &Path) -> Result<usize> {
    let plain = fs::read(path)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&plain)?;
    fs::write(beside(path, ".gz"), gzip.finish()?)?;
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut plain.as_slice(), &mut packed, &settings)?;
    fs::write(beside(path, ".br"), &packed)?;
    let name = path.strip_prefix(root()).unwrap_or(path).display();
    println!("{name}: {} kB, brotli {} kB", plain.len() / 1000, packed.len() / 1000);
    Ok(packed.len())
}
