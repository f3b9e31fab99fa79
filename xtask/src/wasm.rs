//! The browser's half: `frontend` compiled to WebAssembly, and the script that loads it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::bundle::Bundle;
use crate::snip;
use crate::tools::{self, Profile};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles `frontend` and says where its wasm is, until the next bundle is compiled.
pub(crate) fn compile(bundle: Bundle, profile: Profile) -> Result<PathBuf> {
    install_target()?;
    let (name, folder) = profile.wasm();
    let mut build = tools::cargo(&["build", "-p", "frontend", "--lib", "--target", TARGET, "--profile", name]);
    tools::run(build.args(bundle.features()))?;
    Ok(tools::target().join(TARGET).join(folder).join("frontend.wasm"))
}

/// Makes the bundle's `.js` and `.wasm` of it.
pub(crate) fn bind(bundle: Bundle, wasm: &Path, pkg: &Path, profile: Profile) -> Result<()> {
    let name = bundle.name();
    let mut bindgen = Bindgen::new();
    match profile {
        Profile::Dev => bindgen.input_path(wasm),
        Profile::Release => bindgen.input_bytes(name, snip::without_lazy_hydration(wasm)?),
    };
    // The page names the module itself, so the script needs no path of its own.
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.out_name(name).typescript(false).omit_default_module_path(true).generate(pkg))
        .map_err(|error| anyhow!("wasm-bindgen: {error:#}"))?;
    let (bound, served) = (pkg.join(format!("{name}_bg.wasm")), pkg.join(format!("{name}.wasm")));
    match profile {
        Profile::Dev => fs::rename(&bound, &served).context("the wasm cannot be renamed"),
        Profile::Release => shrink(&bound, &served),
    }
}

/// How wasm-opt is told to. It inlines to save bytes, but what it inlines differs at each place: the
/// readers' bundle gets a twentieth smaller by it, and a tenth bigger once it is compressed.
const SHRINKING: [&str; 6] = [
    "-Oz",
    "--converge",
    "--skip-pass=inlining",
    "--skip-pass=inlining-optimizing",
    "--strip-debug",
    "--strip-producers",
];

/// Lets wasm-opt take out what the compiler left in, if it can be found.
fn shrink(bound: &Path, served: &Path) -> Result<()> {
    let local = tools::root().join("end2end/node_modules/.bin/wasm-opt");
    let Some(wasm_opt) = Some(local).filter(|file| file.exists()).or_else(|| tools::find("wasm-opt")) else {
        eprintln!("note: wasm-opt is missing, so the page is bigger than need be: `npm ci` in end2end brings it");
        return fs::rename(bound, served).context("the wasm cannot be renamed");
    };
    tools::run(tools::command(wasm_opt).args(SHRINKING).arg(bound).arg("-o").arg(served))?;
    fs::remove_file(bound).context("the unshrunk wasm cannot be removed")
}

/// Brings the compiler's half for the browser, where rustup can.
pub(crate) fn install_target() -> Result<()> {
    let sysroot = tools::read(tools::command("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    if tools::find("rustup").is_none() {
        bail!(
            "this Rust cannot compile for {TARGET}, and there is no rustup to add it: install that target for {}",
            sysroot.trim()
        );
    }
    eprintln!("adding the target {TARGET}");
    let mut add = tools::command("rustup");
    add.args(["target", "add", TARGET]);
    // rustup's proxy says which toolchain runs us; without it, rust-toolchain.toml does.
    if let Ok(toolchain) = env::var("RUSTUP_TOOLCHAIN") {
        add.args(["--toolchain", &toolchain]);
    }
    tools::run(&mut add)
}
