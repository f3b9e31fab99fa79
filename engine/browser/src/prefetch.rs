//! Prefetch: the signs that a page is about to be opened, and whether they are a reason to fetch it.
//!
//! Every link counts to a page with queries of its own ([`App::queries_at`]). A link that is likely to be followed says
//! so by `use:likely`.

use std::{cell::OnceCell, time::Duration};

use abreast_core::Sign;
use js_sys::Reflect;
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

use crate::{App, Browser, LiveConnection, host::is_in_front};

/// How long a pointer rests on a link that it doesn't just pass over.
const RESTING: Duration = Duration::from_millis(80);

/// When a link that is likely to be followed is taken for followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Once it is in view.
    Seen,
    /// As soon as the page is there.
    Shown,
}

/// This page's.
#[derive(Clone)]
pub struct Prefetch<A: App> {
    browser: Browser<A>,
    connection: LiveConnection,
}

impl<A: App> Prefetch<A> {
    /// Of this page.
    pub fn provide(browser: Browser<A>, connection: LiveConnection) -> Self {
        let prefetch = Self { browser, connection };
        provide_context(prefetch.clone());
        prefetch
    }

    /// From now on looks where the pointer and the keyboard are.
    pub fn listen(&self) {
        let resting = StoredValue::new(None::<(String, TimeoutHandle)>);
        let leave = move || {
            if let Some((_, timeout)) = resting.try_update_value(Option::take).flatten() {
                timeout.clear();
            }
        };
        let come = {
            let prefetch = self.clone();
            move |event: &web_sys::Event| {
                let address = address_below(event);
                if resting.with_value(|resting| resting.as_ref().map(|(address, _)| address) == address.as_ref()) {
                    return;
                }
                leave();
                let Some(address) = address else { return };
                let (prefetch, to) = (prefetch.clone(), address.clone());
                let timeout = set_timeout_with_handle(move || prefetch.foresee(&to, Sign::Pointed), RESTING);
                resting.set_value(timeout.ok().map(|timeout| (address, timeout)));
            }
        };
        let focus = come.clone();
        window_event_listener(ev::pointerover, move |event| come(&event));
        window_event_listener(ev::focusin, move |event| focus(&event));
        let prefetch = self.clone();
        window_event_listener(ev::pointerdown, move |event| {
            if let Some(address) = address_below(&event) {
                leave();
                prefetch.foresee(&address, Sign::Pressed);
            }
        });
    }

    fn foresee(&self, address: &str, sign: Sign) {
        let mut queries = A::queries_at(address, self.browser.viewer());
        if queries.is_empty() || !self.is_welcome() {
            return;
        }
        // Of a page that is only likely, its main question; the rest when it is surer.
        queries.truncate(if sign == Sign::Likely { 1 } else { queries.len() });
        // Those foreseen last go first.
        queries.into_iter().rev().for_each(|query| self.browser.foresee(query, sign));
    }

    /// Whether this visitor has bytes to spare, and the server can be asked without waiting for it.
    fn is_welcome(&self) -> bool {
        let navigator = window().navigator();
        let of_connection = |name: &str| {
            let connection = Reflect::get(&navigator, &"connection".into()).ok()?;
            Reflect::get(&connection, &name.into()).ok()
        };
        let saves = of_connection("saveData").is_some_and(|saves| saves.is_truthy());
        let slow =
            of_connection("effectiveType").and_then(|kind| kind.as_string()).is_some_and(|kind| kind.ends_with("2g"));
        let reduces = || {
            let asked = window().match_media("(prefers-reduced-data: reduce)");
            asked.ok().flatten().is_some_and(|asked| asked.matches())
        };
        let connected = navigator.on_line() && self.connection.0.get_untracked() != Some(false);
        connected && !saves && !slow && is_in_front() && !reduces()
    }
}

/// `use:likely=Some(When::Seen)` on a link: what it leads to is fetched when the browser is idle.
pub fn likely<A: App>(link: Element, when: Option<When>) {
    let Some((prefetch, when)) = use_context::<Prefetch<A>>().zip(when) else { return };
    match when {
        When::Seen => once_seen(prefetch, &link),
        // Its address is not there until the whole link is.
        When::Shown => queue_microtask(move || {
            if let Some(address) = link.get_attribute("href") {
                prefetch.foresee(&address, Sign::Likely);
            }
        }),
    }
}

/// One observer serves all links of a page. One that left the page is seen no more.
fn once_seen<A: App>(prefetch: Prefetch<A>, link: &Element) {
    thread_local! { static SIGHT: OnceCell<Option<IntersectionObserver>> = const { OnceCell::new() } }
    SIGHT.with(|sight| {
        let sight = sight.get_or_init(|| {
            let see = move |entries: js_sys::Array, sight: IntersectionObserver| {
                for entry in entries.iter().filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok()) {
                    if entry.is_intersecting() {
                        sight.unobserve(&entry.target());
                        if let Some(address) = entry.target().get_attribute("href") {
                            prefetch.foresee(&address, Sign::Likely);
                        }
                    }
                }
            };
            let see = Closure::<dyn Fn(js_sys::Array, IntersectionObserver)>::new(see).into_js_value();
            IntersectionObserver::new(see.unchecked_ref()).ok()
        });
        if let Some(sight) = sight {
            sight.observe(link);
        }
    });
}

/// The address of the link that an event happened in.
fn address_below(event: &web_sys::Event) -> Option<String> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    element.closest("a[href]").ok()??.get_attribute("href")
}
