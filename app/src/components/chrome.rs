//! What stands around every page.

use domain::UserId;
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

use super::{
    Icon,
    appearance_menu::AppearanceMenu,
    bookmarking::Bookmarking,
    scroll_place::keep_places,
    sign_out::SignOutForm,
    toast::{ToastRegion, Toasts},
};
use crate::{boot, bundle::rel, cache::LiveConnection, way_back::and_back};

/// The ways around.
const WAYS: [(&str, &str); 5] = [
    ("/novels", "Novels"),
    ("/comics", "Comics"),
    ("/community", "Community"),
    ("/studio", "Studio"),
    ("/publish", "Publish"),
];

/// Header, navigation and footer around a page, which brings its own `<main>` ([`super::Page`]).
#[component]
pub fn Chrome(
    /// How many notices this person has not read.
    unread: fn(UserId) -> Signal<Option<usize>>,
    children: Children,
) -> impl IntoView {
    let toasts = Toasts::provide();
    follow_navigation();
    keep_places();
    Bookmarking::provide();
    view! {
        <a class="skip-link" href="#main" rel="external">"Skip to the text"</a>
        <OfflineNotice />
        <header class="site-header">
            <div class="site-header-inner">
                <a class="wordmark" href="/" rel=rel("/") aria-label="Quire, home">
                    <Icon name="quire" class="wordmark-mark" />
                    "Quire"
                </a>
                <SiteNav unread />
                <SearchLink />
                <Account />
                <AppearanceMenu />
            </div>
        </header>
        {children()}
        <footer class="site-footer">
            <div class="site-footer-inner">
                <p>"Quire, a place to write, read and talk about stories."</p>
                <nav aria-label="About this site">
                    <ul class="site-footer-links">
                        <li><a class="site-footer-link" href="/about" rel=rel("/about")>"About"</a></li>
                        <li><a class="site-footer-link" href="/rules" rel=rel("/rules")>"Rules"</a></li>
                        <li hidden=is_elsewhere()>
                            <a class="site-footer-link" href="/debug/cache" rel=rel("/debug/cache")>"How the cache is doing"</a>
                        </li>
                    </ul>
                </nav>
            </div>
        </footer>
        <ToastRegion toasts />
    }
}

/// Whether what the footer leads to is at another address. The server knows, and what it said stays.
fn is_elsewhere() -> bool {
    #[cfg(feature = "ssr")]
    return crate::debug_access::is_elsewhere();
    #[cfg(not(feature = "ssr"))]
    false
}

/// A new page that no document was loaded for: the keyboard and screen readers go to its beginning.
fn follow_navigation() {
    let path = use_location().pathname;
    Effect::new(move |last: Option<String>| {
        let now = path.get();
        if last.is_some_and(|last| last != now) {
            // The page is put in place first.
            request_animation_frame(|| {
                let main =
                    document().get_element_by_id("main").and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok());
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                if let Some(main) = main {
                    main.focus_with_options(&options).ok();
                }
            });
        }
        now
    });
}

#[component]
fn SearchLink() -> impl IntoView {
    let path = use_location().pathname;
    let current = move || path.with(|path| path == "/search").then_some("page");
    view! {
        <a class="search-link" href="/search" rel=rel("/search") aria-current=current data-testid="search-link">
            <Icon name="search" />
            <span class="visually-hidden">"Search"</span>
        </a>
    }
}

#[component]
fn SiteNav(unread: fn(UserId) -> Signal<Option<usize>>) -> impl IntoView {
    let path = use_location().pathname;
    let way = move |(href, label, behind): (&'static str, &'static str, AnyView)| {
        let current = move || {
            let here =
                path.with(|path| path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
            here.then_some("page")
        };
        view! { <li><a class="site-nav-link" href=href rel=rel(href) aria-current=current>{label}{behind}</a></li> }
    };
    let own = boot::viewer().map(|viewer| {
        let new = unread(viewer.user);
        let is_new = move || new.get().map(|new| view! { " "<span class="badge inbox-count" data-state="info" data-testid="unread-notices">{new}<span class="visually-hidden">" new"</span></span> });
        view! {
            {way(("/library", "Library", ().into_any()))}
            {way(("/inbox", "Inbox", is_new.into_any()))}
        }
    });
    view! {
        <nav class="site-nav" aria-label="Main">
            <ul class="site-nav-list">{WAYS.map(|(href, label)| way((href, label, ().into_any())))}{own}</ul>
        </nav>
    }
}

#[component]
fn Account() -> impl IntoView {
    let inside = match boot::viewer() {
        Some(viewer) => view! {
            <a class="account-name" href="/account" rel=rel("/account") data-testid="account-name">{viewer.name.to_string()}</a>
            <SignOutForm viewer=viewer.user />
        }
        .into_any(),
        None => view! { <SignInLink /> }.into_any(),
    };
    view! { <div class="account">{inside}</div> }
}

/// Back to where one was; from the front page, and from signing in itself, to the studio as ever.
#[component]
fn SignInLink() -> impl IntoView {
    const BEGINNINGS: [&str; 3] = ["/", "/sign-in", "/register"];
    let (path, there_and_back) = (use_location().pathname, and_back("/sign-in"));
    let href = move || {
        if path.with(|path| BEGINNINGS.contains(&path.as_str())) { "/sign-in".to_owned() } else { there_and_back() }
    };
    view! { <a class="button" data-size="small" href=href rel=rel("/sign-in")>"Sign in"</a> }
}

/// Says when there is no line. The server can't know, so it appears only once a script runs.
#[component]
fn OfflineNotice() -> impl IntoView {
    let line = expect_context::<LiveConnection>().0;
    let online = RwSignal::new(true);
    Effect::new(move || {
        online.set(window().navigator().on_line());
        let on = window_event_listener(ev::online, move |_| online.set(true));
        let off = window_event_listener(ev::offline, move |_| online.set(false));
        on_cleanup(move || {
            on.remove();
            off.remove();
        });
    });
    let words = Memo::new(move |_| match (online.get(), line.get() == Some(false)) {
        (false, _) => {
            Some("You are offline. You see what was last known, and what you write is kept here until you’re back.")
        }
        (true, true) => Some("Not connected just now. What you see may be a little old; it is renewed by itself."),
        (true, false) => None,
    });
    move || {
        words.get().map(|words| {
            view! {
                <div class="notice" data-kind="offline" role="status" data-testid="offline">
                    <p class="notice-text">{words}</p>
                </div>
            }
        })
    }
}
