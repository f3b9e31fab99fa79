//! The benchmarks: the release build, its speed and its size.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result};

use crate::{browser, bundle::Bundle, run, site, tools, tools::Profile};

/// Builds for release, measures, and adds what a reading page weighs.
pub(crate) fn bench() -> Result<()> {
    run::build(Profile::Release, &Bundle::SPLIT)?;
    tools::run(&mut tools::cargo(&["bench", "-p", "server", "--bench", "quire"]))?;
    browser::latency()?;
    let pkg = site::root().join("pkg");
    let mut sizes = BTreeMap::new();
    println!("\n| what a page loads | raw | brotli |\n|---|---:|---:|");
    for name in
        Bundle::SPLIT.iter().flat_map(|bundle| ["wasm", "js"].map(|ending| format!("{}.{ending}", bundle.name())))
    {
        let weigh = |name: String| {
            fs::metadata(pkg.join(&name)).map(|file| file.len()).with_context(|| format!("{name} is not there"))
        };
        let (raw, brotli) = (weigh(name.clone())?, weigh(format!("{name}.br"))?);
        println!("| {name} | {raw} | {brotli} |");
        sizes.insert(name, [raw, brotli]);
    }
    let file = tools::target().join("bench").join("sizes.json");
    fs::write(&file, serde_json::to_string_pretty(&sizes)?).context("the sizes cannot be written")
}
