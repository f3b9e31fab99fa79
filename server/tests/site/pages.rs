//! The site's pages.

/// The paths of those without arguments.
pub fn plain() -> impl Iterator<Item = String> {
    let paths = server::router::pages().into_iter().map(|page| page.path().to_owned());
    paths.filter(|path| !path.split('/').any(is_argument))
}

/// A path's steps, each argument the same.
pub fn shape(path: &str) -> Vec<&str> {
    path.split('/').map(|step| if is_argument(step) { "…" } else { step }).collect()
}

/// As routes have it, for the router or in a test's table.
fn is_argument(step: &str) -> bool {
    step.starts_with([':', '{'])
}
