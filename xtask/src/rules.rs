//! Which package may depend on which: the arrows of `docs/ARCHITECTURE.md`, checked.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::tools;

/// Our packages, and what of ours each may use. Tests are free. Whoever may use `envelope` can make
/// the record of a commit: the store, and the domain, which gives it a name.
const ARROWS: [(&str, &[&str]); 9] = [
    ("envelope", &[]),
    ("domain", &["envelope"]),
    ("store", &["domain", "envelope"]),
    ("app", &["domain", "store"]),
    ("frontend", &["app"]),
    ("server", &["app", "domain", "store"]),
    ("services", &[]),
    ("proof", &["domain"]),
    ("xtask", &["services"]),
];

/// All that the domain may use of others': no IO, no clock, no async, no framework.
const DOMAIN_USES: &[&str] = &["pulldown-cmark", "serde", "serde_json", "serde_urlencoded", "thiserror"];

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
                (false, "domain") => DOMAIN_USES.contains(&other),
                (false, _) => true,
            };
            if !allowed {
                wrong.push(format!("{name} must not depend on {other}"));
            }
        }
    }
    if !wrong.is_empty() {
        bail!("{}", wrong.join("; "));
    }
    Ok(())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}
