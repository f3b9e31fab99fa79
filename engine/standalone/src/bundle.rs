//! Builds the browser's half before the server serves it, as `cargo leptos` would.

use std::{
    env,
    error::Error,
    path::{Path, PathBuf},
    process::Command,
};

use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// Brings the browser's half of a package up to date, and says in which folder it is.
pub(crate) fn build(package: &str, manifest: &str) -> Result<PathBuf, Box<dyn Error>> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let target = target_folder()?;
    let mut build = Command::new(cargo);
    build.current_dir(manifest);
    build.args(["build", "--bin", package, "--target", TARGET, "--no-default-features", "--features", "hydrate"]);
    if !build.arg("--target-dir").arg(&target).status()?.success() {
        return Err("the browser's half can't be compiled".into());
    }
    let wasm = target.join(TARGET).join("debug").join(package).with_extension("wasm");
    let pkg = target.join(package);
    Bindgen::new().input_path(wasm).web(true)?.typescript(false).omit_default_module_path(false).generate(&pkg)?;
    Ok(pkg)
}

/// The folder that this program was built in.
fn target_folder() -> Result<PathBuf, Box<dyn Error>> {
    let program = env::current_exe()?;
    let folder = program.parent().and_then(Path::parent).ok_or("this program is in no folder of cargo's")?;
    Ok(folder.to_owned())
}
