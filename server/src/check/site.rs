//! The site's files.

use std::path::Path;

use leptos::config::get_configuration;

use super::Finding;
use crate::site::{Carried, Site};

/// What every page loads, of a site that is split and of one that is not.
const BUNDLES: [&str; 2] = ["reading", "quire"];

pub(super) fn check() -> Vec<Finding> {
    let options = match get_configuration(None) {
        Ok(configuration) => configuration.leptos_options,
        Err(error) => {
            return vec![Finding::new(
                format!("The LEPTOS_ variables can't be read: {error}."),
                "quire serve does not start.",
                "Leave them out, except for LEPTOS_SITE_ROOT.",
            )];
        }
    };
    let site = Site::find(&options);
    let has =
        |bundle: &str| ["js", "wasm"].iter().all(|end| site.has(&format!("{}/{bundle}.{end}", options.site_pkg_dir)));
    if !BUNDLES.into_iter().any(has) {
        return vec![Finding::new(
            format!("The site's files are not in {} (LEPTOS_SITE_ROOT).", options.site_root),
            "Pages have no script and no fonts: forms work, and nothing is live.",
            "Name the folder that cargo xtask build filled, or leave LEPTOS_SITE_ROOT out if the program carries them.",
        )];
    }
    of_another_build(&site).into_iter().collect()
}

/// A folder that wins over what the program carries, and is not of the same build.
fn of_another_build(site: &Site) -> Option<Finding> {
    let (Site::Folder(folder), Some(Site::Carried(carried))) = (site, Site::carried()) else { return None };
    let file = differs(folder, &carried)?;
    Some(Finding::new(
        format!("The site's files in {} are not of this build: {file} differs.", folder.display()),
        "Pages may not come alive, or talk to functions that are not there.",
        "Leave LEPTOS_SITE_ROOT out: the program carries its own files.",
    ))
}

/// A file that is another one in the folder, or is not there.
fn differs(folder: &Path, carried: &Carried) -> Option<String> {
    let other = |path: &&str| std::fs::read(folder.join(path)).ok().as_deref() != carried.bytes(path);
    carried.paths().find(other).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::site::File;

    #[test]
    fn a_file_of_another_build_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("same.js"), "same").expect("a file");
        let check = |name: &str, text: &'static str, expected: Option<&str>| {
            let file = File { bytes: text.into(), modified: SystemTime::now() };
            let carried = [(name.to_owned(), file)].into_iter().collect();
            assert_eq!(differs(folder.path(), &carried).as_deref(), expected, "{name}");
        };
        check("same.js", "same", None);
        check("same.js", "other", Some("same.js"));
        check("absent.js", "same", Some("absent.js"));
    }
}
