//! The stylesheet: `style/main.css` with all it imports, as one file.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Puts every imported file where its `@import "file" layer(name);` stands. The browser would do the
/// same, in one more round trip and a request a file.
pub(crate) fn bundle(folder: &Path) -> Result<String> {
    let read = |name: &str| {
        let file = folder.join(name);
        fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))
    };
    let mut css = String::new();
    for line in read("main.css")?.lines() {
        if let Some((file, layer)) = import(line) {
            css.extend(["@layer ", layer, " {\n", &read(file)?, "}\n"]);
        } else {
            css.extend([line, "\n"]);
        }
    }
    Ok(css)
}

/// The file and the layer an import names.
fn import(line: &str) -> Option<(&str, &str)> {
    line.trim().strip_prefix("@import \"")?.strip_suffix(");")?.split_once("\" layer(")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_import_into_a_layer_is_one() {
        assert_eq!(import("@import \"pages/home.css\" layer(pages);"), Some(("pages/home.css", "pages")));
        assert_eq!(import("@layer reset, pages;"), None);
    }

    #[test]
    fn every_import_of_the_stylesheet_is_found() -> Result<()> {
        let css = bundle(&crate::tools::root().join("style"))?;
        assert!(!css.contains("@import"), "an import was left for the browser");
        Ok(())
    }
}
