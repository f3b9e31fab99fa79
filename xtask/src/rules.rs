//! Which package may depend on which: the arrows of `docs/ARCHITECTURE.md`, checked.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::tools;

/// Our packages, and what of ours each may use. Tests are free. A package that may use `abreast-envelope` can make
/// the record of a commit: the engine's two halves, and the domain, which gives it a name.
const ARROWS: [(&str, &[&str]); 15] = [
    ("abreast-core", &[]),
    ("proof", &["abreast-core"]),
    ("abreast-envelope", &[]),
    ("abreast-server", &["abreast-core", "abreast-envelope"]),
    ("abreast-browser", &["abreast-core", "abreast-server", "abreast-envelope"]),
    ("abreast-standalone", &["abreast-browser", "abreast-server"]),
    ("guestbook", &["abreast-browser", "abreast-core", "abreast-server", "abreast-standalone"]),
    ("domain", &["abreast-core", "abreast-envelope"]),
    ("store", &["abreast-server", "domain"]),
    ("formats", &["domain"]),
    ("app", &["abreast-browser", "abreast-server", "domain", "formats", "store"]),
    ("frontend", &["app"]),
    ("server", &["abreast-browser", "abreast-server", "app", "domain", "formats", "store"]),
    ("services", &[]),
    ("xtask", &["services"]),
];

/// All that the pure packages may use of others': no IO, no clock, no async, no framework.
const PURE: &[(&str, &[&str])] = &[
    ("abreast-core", &["serde", "serde_urlencoded", "thiserror"]),
    (
        "domain",
        &["form_urlencoded", "pulldown-cmark", "serde", "serde_json", "similar", "thiserror", "unicode-segmentation"],
    ),
];

/// The engine has a wing of its own, which knows no noun of Quire's. These words give one away.
const ENGINE: &str = "engine";
const NOUNS: [&str; 13] = [
    "author",
    "bookshelf",
    "catalogue",
    "chapter",
    "comic",
    "manuscript",
    "novel",
    "quire",
    "scene",
    "shelf",
    "shelves",
    "stories",
    "story",
];

/// Fails with every arrow that points the wrong way.
pub(crate) fn check() -> Result<()> {
    let described = tools::read(&mut tools::cargo(&["metadata", "--no-deps", "--locked", "--format-version", "1"]))?;
    let described: Value = serde_json::from_str(&described).context("cargo metadata is not JSON")?;
    let mut wrong = Vec::new();
    for package in list(&described["packages"]) {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, may_use)) = ARROWS.iter().find(|(known, _)| *known == name) else {
            wrong.push(format!("{name} is in the workspace, but no rule says what it may use"));
            continue;
        };
        for used in list(&package["dependencies"]).iter().filter(|used| used["kind"] != "dev") {
            let other = used["name"].as_str().unwrap_or_default();
            let ours = !used["path"].is_null();
            let allowed = match (ours, name) {
                (true, _) => may_use.contains(&other),
                (false, _) => PURE.iter().find(|(pure, _)| *pure == name).is_none_or(|(_, uses)| uses.contains(&other)),
            };
            if !allowed {
                wrong.push(format!("{name} must not depend on {other}"));
            }
        }
    }
    nouns(&tools::root().join(ENGINE), &mut wrong)?;
    if !wrong.is_empty() {
        bail!("{}", wrong.join("; "));
    }
    Ok(())
}

/// Notes every noun of Quire's in a folder's files.
fn nouns(folder: &Path, wrong: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            nouns(&path, wrong)?;
            continue;
        }
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.to_lowercase();
            let words = line.split(|letter: char| !letter.is_alphanumeric());
            let noun = words
                .into_iter()
                .find(|word| NOUNS.contains(&word.strip_suffix('s').unwrap_or(word)) || NOUNS.contains(word));
            if let Some(noun) = noun {
                wrong.push(format!("{}:{number} says \"{noun}\", which is no word of the engine's", path.display()));
            }
        }
    }
    Ok(())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}
