//! Which pages a browser carries: the readers' few, or all of them.
//!
//! Who reads needs neither the studio nor its tools, so a build without the feature `studio` leaves
//! them out: a fifth less over the line. Whoever has all pages moves among them without loading a document; from
//! a readers' page to one of the studio's is an ordinary load.

use leptos::{config::LeptosOptions, prelude::*};

/// The readers' files in the site's `pkg` folder, without their endings. All pages' are named after
/// `LEPTOS_OUTPUT_NAME`, so that `cargo leptos` builds them like any app's.
pub const READING: &str = "reading";

/// Where the pages begin that only the full bundle has.
const STUDIO: [&str; 3] = ["/studio", "/publish", "/debug"];

/// What the page at hand is brought alive by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bundle {
    /// Every page.
    Full,
    /// What everybody may read, and signing in.
    Reading,
}

/// Whether the site has a readers' bundle: the server looks once, when it starts. A site without one,
/// as `cargo leptos` and `cargo xtask run` make it, brings every page alive with the full bundle.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, Copy)]
pub struct HasReading(bool);

#[cfg(feature = "ssr")]
impl HasReading {
    /// Looks into the site's folder.
    pub fn in_site(site: &LeptosOptions) -> Self {
        let pkg = std::path::Path::new(&*site.site_root).join(&*site.site_pkg_dir);
        Self(pkg.join(format!("{READING}.wasm")).exists())
    }
}

impl Bundle {
    /// This page's.
    pub fn current() -> Self {
        #[cfg(feature = "ssr")]
        {
            let split = use_context::<HasReading>().is_some_and(|has| has.0);
            let readers = with_context(|request: &http::request::Parts| !is_studios(request.uri.path()));
            let reading = split && readers == Some(true);
            if reading { Self::Reading } else { Self::Full }
        }
        #[cfg(not(feature = "ssr"))]
        if cfg!(feature = "studio") { Self::Full } else { Self::Reading }
    }
}

/// The `rel` of a link: `external`, which the router leaves to the browser, if this page's bundle
/// doesn't have the page that the link leads to.
pub fn rel(href: &str) -> Option<&'static str> {
    (Bundle::current() == Bundle::Reading && is_studios(href)).then_some("external")
}

/// Whether the page at this address is the studio's.
fn is_studios(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    STUDIO.iter().any(|way| path.strip_prefix(way).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Loads the page's bundle and brings the page alive. `leptos::hydration::HydrationScripts` knows of
/// one bundle only.
#[component]
pub fn Scripts(
    /// Where the site's files are.
    options: LeptosOptions,
) -> impl IntoView {
    let name = match Bundle::current() {
        Bundle::Full => options.output_name.to_string(),
        Bundle::Reading => READING.to_owned(),
    };
    let (js, wasm) = (format!("/{}/{name}.js", options.site_pkg_dir), format!("/{}/{name}.wasm", options.site_pkg_dir));
    let script =
        format!("import({js:?}).then(it => it.default({{ module_or_path: {wasm:?} }}).then(() => it.hydrate()))");
    view! {
        <link rel="modulepreload" href=js />
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
        <script type="module">{script}</script>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_studios_pages() {
        for address in ["/studio", "/studio/", "/studio/edit/story/0000000000001#scene", "/publish?x=1", "/debug/cache"]
        {
            assert!(is_studios(address), "{address}");
        }
        for address in ["/", "/studios", "/novels", "/novels/studio", "/sign-in", "/publisher", "/debugger"] {
            assert!(!is_studios(address), "{address}");
        }
    }
}
