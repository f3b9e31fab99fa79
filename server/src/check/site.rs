//! The site's files.

use std::path::Path;

use leptos::config::get_configuration;

use super::Finding;

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
    let root = Path::new(&*options.site_root);
    let pkg = root.join(&*options.site_pkg_dir);
    let has_script =
        BUNDLES.iter().any(|name| ["js", "wasm"].iter().all(|end| pkg.join(format!("{name}.{end}")).is_file()));
    if has_script {
        return vec![];
    }
    vec![Finding::new(
        format!("The site's files are not in {} (LEPTOS_SITE_ROOT).", root.display()),
        "Pages have no script and no fonts: forms work, and nothing is live.",
        "Name the folder that cargo xtask build filled.",
    )]
}
