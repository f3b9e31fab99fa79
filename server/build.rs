//! Puts `style/main.css` and all it imports into one file, which the server carries. The browser
//! would do the same, in one more round trip and a request a file; `cargo leptos` wouldn't.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../style");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut css = String::new();
    for line in fs::read_to_string(folder.join("main.css"))?.lines() {
        match import(line) {
            Some((file, layer)) => {
                let text = fs::read_to_string(folder.join(file)).map_err(|error| format!("{file}: {error}"))?;
                css.extend(["@layer ", layer, " {\n", &text, "}\n"]);
            }
            None if line.contains("@import") => return Err(format!("not of the form bundled here: {line}").into()),
            None => css.extend([line, "\n"]),
        }
    }
    // A file that is new in the site's folder is one that the program carries.
    println!("cargo:rerun-if-env-changed=QUIRE_SITE");
    if let (Ok(site), Some(_)) = (env::var("QUIRE_SITE"), env::var_os("CARGO_FEATURE_CARRIED_SITE")) {
        println!("cargo:rerun-if-changed={site}");
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("quire.css"), css)?;
    Ok(())
}

/// The file and the layer that an `@import "file" layer(name);` names.
fn import(line: &str) -> Option<(&str, &str)> {
    line.trim().strip_prefix("@import \"")?.strip_suffix(");")?.split_once("\" layer(")
}
