//! The document around every page.

use leptos::{
    attr::{Attribute, custom::custom_attribute},
    prelude::*,
};
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::components::Router;

use crate::{
    app_shell,
    appearance::Appearance,
    boot::Boot,
    bundle::{Bundle, NotAlive, Scripts},
    cache::{Browser, LiveConnection, Prefetch},
    components::{Chrome, Clock},
    file_names::{icons, name_of},
    pages::Pages,
    site_url::address_of,
};

/// The header in which a page tells the server its nonce, which takes it out again.
pub const NONCE: &str = "x-quire-nonce";

/// What stories are set in, and so what is on every first screen.
const FIRST_FONT: &str = "/fonts/literata-latin-roman.woff2";

/// What is shown with a link to any page.
const CARD: &str = "/card.png";

static ALL: Pages = Pages::of(Bundle::Full);

/// The whole document, as the server sends it.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    document_of(options, false, all())
}

/// What is in the document's body, with every page there is.
pub fn all() -> impl IntoView {
    view! { <App pages=&ALL /> }
}

/// The document without a page ([`crate::app_shell`]).
pub fn app_shell(options: LeptosOptions) -> impl IntoView {
    document_of(options, true, ())
}

fn document_of(options: LeptosOptions, is_app_shell: bool, app: impl IntoView + 'static) -> impl IntoView {
    #[cfg(feature = "ssr")]
    tell_nonce();
    let appearance = Appearance::current();
    view! {
        <!DOCTYPE html>
        <html
            lang="en"
            data-theme=appearance.attribute("theme")
            data-size=appearance.attribute("size")
            data-lines=appearance.attribute("lines")
            data-measure=appearance.attribute("measure")
            data-font=appearance.attribute("font")
            data-edge=appearance.attribute("edge")
            data-icons=icons()
            data-app-shell=is_app_shell.then_some("")
        >
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <link rel="icon" href=name_of("/favicon.svg") type="image/svg+xml" />
                <link rel="apple-touch-icon" href=name_of("/icon-180.png") />
                <link rel="manifest" href="/manifest.webmanifest" />
                <meta name="theme-color" content="#23574a" />
                <link rel="preload" href=name_of(FIRST_FONT) r#as="font" r#type="font/woff2" crossorigin="" />
                <link rel="stylesheet" href=name_of("/quire.css") />
                <link rel="alternate" r#type="application/atom+xml" title="New chapters" href="/feed.atom" />
                <meta content="Quire" {..property("og:site_name")} />
                <meta content=address_of(CARD) {..property("og:image")} />
                <meta name="twitter:card" content="summary_large_image" />
                <AutoReload options=options.clone() />
                {is_alive().then(|| view! { <Scripts options at_once=is_app_shell /> })}
                <MetaTags />
            </head>
            <body>
                {app}
                <NotAlive />
            </body>
        </html>
    }
}

/// An attribute of `meta` that HTML does not know; the Open Graph has it from `RDFa`.
fn property(name: &'static str) -> impl Attribute {
    custom_attribute("property", name)
}

#[cfg(feature = "ssr")]
fn tell_nonce() {
    let nonce = leptos::nonce::use_nonce().and_then(|nonce| http::HeaderValue::from_str(nonce.as_inner()).ok());
    if let (Some(response), Some(nonce)) = (use_context::<leptos_axum::ResponseOptions>(), nonce) {
        response.insert_header(http::HeaderName::from_static(NONCE), nonce);
    }
}

/// Everything inside the document's body.
#[component]
pub fn App(
    /// What there is at each address.
    pages: &'static Pages,
) -> impl IntoView {
    provide_meta_context();
    let boot = Boot::provide();
    let browser = Browser::provide((&boot).into());
    // Before a page asks: what it shows is there already.
    if app_shell::is_here() {
        browser.restore();
    }
    let connection = LiveConnection::provide();
    let prefetch = Prefetch::provide(browser.clone(), connection);
    let clock = Clock::provide();
    // Effects run in the browser only, once the page has been hydrated: tests wait for this mark.
    Effect::new(move || {
        if !app_shell::is_here() {
            browser.restore();
            boot.remember();
        }
        browser.carry_counts();
        browser.listen();
        browser.go_live(connection);
        prefetch.listen();
        clock.start();
        if let Some(body) = document().body() {
            body.dataset().set("hydrated", "").ok();
        }
    });
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Quire".to_owned() } else { format!("{title} · Quire") } />
        <Router><Chrome unread=pages.unread>{page(pages)}</Chrome></Router>
    }
}

/// The page at this address, or the notice in its place.
fn page(pages: &Pages) -> AnyView {
    #[cfg(feature = "ssr")]
    if let Some(refused) = crate::refused::Refused::current() {
        return view! { <crate::pages::RefusedPage refused /> }.into_any();
    }
    pages.routes()
}

/// Whether a script brings the page alive. One that says why a form was refused stands at the form's address, where
/// no script would find it.
fn is_alive() -> bool {
    #[cfg(feature = "ssr")]
    return crate::refused::Refused::current().is_none();
    #[cfg(not(feature = "ssr"))]
    true
}
