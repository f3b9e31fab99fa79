//! Which pages a browser loads: the readers' few, these with the studio, or the debug page.
//!
//! A reader needs neither the studio nor its tools, and an author doesn't need the debug page, so each has a build of
//! its own. A link to a page of the same bundle is followed without loading a document; a link to a page of another
//! bundle is an ordinary load.

#[cfg(not(feature = "ssr"))]
use std::sync::OnceLock;

use leptos::{config::LeptosOptions, prelude::*};

use crate::file_names::name_of;

/// What the page at hand is brought alive by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bundle {
    /// Every page: what `cargo leptos` and `cargo xtask run` build, for a site that isn't split.
    Full,
    /// What everybody may read, and signing in.
    Reading,
    /// The author's pages, a person's own account, and the readers' pages.
    Studio,
    /// The debug page alone.
    Monitoring,
}

/// Whose page is at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Reading,
    Studio,
    Monitoring,
}

/// The bundle that this browser has loaded.
#[cfg(not(feature = "ssr"))]
static LOADED: OnceLock<Bundle> = OnceLock::new();

/// Where the pages begin that aren't the readers'.
const ELSEWHERE: [(&str, Part); 14] = [
    ("/studio", Part::Studio),
    ("/publish", Part::Studio),
    ("/account", Part::Studio),
    ("/library", Part::Studio),
    ("/inbox", Part::Studio),
    ("/reset-password", Part::Studio),
    ("/forgot-password", Part::Studio),
    ("/unsubscribe", Part::Studio),
    ("/confirm-email", Part::Studio),
    ("/report", Part::Studio),
    ("/silence", Part::Studio),
    ("/moderation", Part::Studio),
    ("/admin", Part::Studio),
    ("/debug", Part::Monitoring),
];

/// Whether the site has a bundle for each part: the server looks once, when it starts. Every page of a site
/// without them is brought alive by the full bundle.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, Copy)]
pub struct IsSplit(bool);

#[cfg(feature = "ssr")]
impl IsSplit {
    /// Looks among the site's files: `has` knows which there are.
    pub fn in_site(site: &LeptosOptions, has: impl Fn(&str) -> bool) -> Self {
        let parts = [Bundle::Reading, Bundle::Studio, Bundle::Monitoring];
        Self(parts.iter().all(|bundle| has(&format!("{}/{}.wasm", site.site_pkg_dir, bundle.name(site)))))
    }
}

impl Bundle {
    /// This page's.
    pub fn current() -> Self {
        #[cfg(feature = "ssr")]
        {
            let split = use_context::<IsSplit>().is_some_and(|is| is.0);
            match with_context(|request: &http::request::Parts| Part::at(request.uri.path())).filter(|_| split) {
                None => Self::Full,
                Some(Part::Reading) => Self::Reading,
                Some(Part::Studio) => Self::Studio,
                Some(Part::Monitoring) => Self::Monitoring,
            }
        }
        #[cfg(not(feature = "ssr"))]
        LOADED.get().copied().unwrap_or(Self::Full)
    }

    /// It has been loaded.
    #[cfg(not(feature = "ssr"))]
    pub(crate) fn note_loaded(self) {
        LOADED.get_or_init(|| self);
    }

    /// What its files in the site's `pkg` folder are called, without their endings. The full one's are named
    /// after `LEPTOS_OUTPUT_NAME`, so that `cargo leptos` builds them like any app's.
    fn name(self, options: &LeptosOptions) -> &str {
        match self {
            Self::Full => &options.output_name,
            Self::Reading => "reading",
            Self::Studio => "studio",
            Self::Monitoring => "monitoring",
        }
    }

    pub(crate) const fn has(self, part: Part) -> bool {
        match self {
            Self::Full => true,
            Self::Reading => matches!(part, Part::Reading),
            Self::Studio => matches!(part, Part::Reading | Part::Studio),
            Self::Monitoring => matches!(part, Part::Monitoring),
        }
    }
}

impl Part {
    fn at(address: &str) -> Self {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let begins = |way: &str| path.strip_prefix(way).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        ELSEWHERE.into_iter().find(|(way, _)| begins(way)).map_or(Self::Reading, |(_, part)| part)
    }
}

/// The `rel` of a link: `external`, which the router leaves to the browser, if this page's bundle
/// doesn't have the page that the link leads to.
pub fn rel(href: &str) -> Option<&'static str> {
    (!Bundle::current().has(Part::at(href))).then_some("external")
}

/// Loads the page's bundle and brings the page alive. `leptos::hydration::HydrationScripts` knows of
/// one bundle only, and loads it before the page's text and font, which a reader waits for.
#[component]
pub fn Scripts(
    /// Where the site's files are.
    options: LeptosOptions,
    /// Whether there is nothing to read before it has run.
    at_once: bool,
) -> impl IntoView {
    let bundle = Bundle::current();
    let file = |ending: &str| name_of(&format!("/{}/{}.{ending}", options.site_pkg_dir, bundle.name(&options)));
    let (js, wasm) = (file("js"), file("wasm"));
    let is_for_readers = matches!(bundle, Bundle::Full | Bundle::Reading);
    let at_once = at_once || bundle != Bundle::Reading;
    let preloads = at_once.then(|| {
        view! {
            <link rel="modulepreload" href=js.clone() />
            <link rel="preload" href=wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="" />
        }
    });
    let script =
        format!("const JS = {js:?}, WASM = {wasm:?}, AT_ONCE = {at_once}, READING = {is_for_readers};\n{START}");
    view! {
        {preloads}
        <script type="module" nonce=leptos::nonce::use_nonce()>{script}</script>
    }
}

/// Loads the script at once where people work, and elsewhere once the page stands and its browser has nothing to do, or
/// is touched. A load that fails is tried again for 20 seconds; then [`NotAlive`] says so.
const START: &str = include_str!("bundle/start.js");

/// Says that the page's script could not be loaded. Hidden, until that has happened.
#[component]
pub fn NotAlive() -> impl IntoView {
    view! {
        <div id="not-alive" class="toast-region" hidden>
            <p class="toast" data-kind="danger" role="status">
                "Part of this page could not be loaded, so it does not update by itself. " <a href="">"Load it again"</a>
            </p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(part: Part, addresses: &[&str]) {
        for address in addresses {
            assert_eq!(Part::at(address), part, "{address}");
        }
    }

    #[test]
    fn whose_page_is_at_an_address() {
        check(Part::Studio, &["/studio", "/studio/", "/studio/edit/story/0000000000001#scene", "/publish?x=1"]);
        check(Part::Monitoring, &["/debug/cache", "/debug/cache?x#why", "/debug"]);
        check(
            Part::Reading,
            &["/", "/studios", "/novels", "/novels/studio", "/sign-in?next=/studio", "/publisher", "/debugger"],
        );
    }

    #[test]
    fn each_page_is_at_an_address_of_its_bundle() {
        for (path, part) in crate::pages::PAGES {
            assert_eq!(Part::at(path), *part, "{path}");
        }
    }

    #[test]
    fn only_the_full_bundle_has_the_debug_page_beside_others() {
        for (bundle, has) in [
            (Bundle::Full, [true, true, true]),
            (Bundle::Reading, [true, false, false]),
            (Bundle::Studio, [true, true, false]),
            (Bundle::Monitoring, [false, false, true]),
        ] {
            assert_eq!([Part::Reading, Part::Studio, Part::Monitoring].map(|part| bundle.has(part)), has, "{bundle:?}");
        }
    }
}
