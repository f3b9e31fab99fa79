//! The session that the page was loaded with. When it ends, in any tab, nothing of it stays on screen.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use abreast_core::{Directive, Seq};
use leptos::prelude::window_event_listener_untyped;

use super::Browser;
use crate::{
    App,
    live::happen,
    nouns::{self, LineEvent, Tag},
    records,
};

/// How long the page that follows signing out may take before this tab closes what it shows by itself.
const LEAVING: Duration = Duration::from_secs(5);

/// Whether a tab signs out, and whether it closed what it showed.
#[derive(Default)]
pub(super) struct Ending {
    signing_out: AtomicBool,
    closed: AtomicBool,
}

impl<A: App> Browser<A> {
    /// This tab signs out: its page is about to give way to another, and then its browser's other tabs are told. What
    /// localStorage keeps of the session goes at once.
    pub fn sign_out(&self) {
        records::clear(self.host());
        self.0.ending.signing_out.store(true, Ordering::Relaxed);
        let told = self.clone();
        window_event_listener_untyped("pagehide", move |_| {
            if let Some(live) = told.0.live.get() {
                happen(live, LineEvent::<A>::SignedOut);
            }
        });
        let late = self.clone();
        let stay = move || {
            late.0.ending.signing_out.store(false, Ordering::Relaxed);
            late.ask_session();
        };
        self.host().later(LEAVING, Box::new(stay));
    }

    /// The session's tag, held over the line for as long as the page is open. Whether it ended before is
    /// asked otherwise, so it is known as far as all else.
    pub(super) fn session_tag(&self, others: &[(Tag<A>, Seq)]) -> Option<(Tag<A>, Seq)> {
        let known = others.iter().map(|(_, known)| *known).max().unwrap_or_else(|| self.seen());
        self.0.boot.session.map(|session| (session, known))
    }

    /// Whether these say that the page's session is over.
    pub(super) fn ends_session(&self, directives: &[nouns::Directive<A>]) -> bool {
        self.0.boot.session.is_some_and(|session| directives.contains(&Directive::Evict(session)))
    }

    /// Asks the server whether the page's session is still there; closes what it shows if it is not.
    pub(crate) fn ask_session(&self) {
        if self.0.boot.session.is_some() {
            self.compare_session();
        }
    }

    /// The same, also for a page without a session: it may have been put aside before its browser signed in.
    pub(super) fn compare_session(&self) {
        let browser = self.clone();
        self.host().spawn(Box::pin(async move {
            // Without an answer nothing is known; it is asked again with the next line.
            if let Ok(session) = A::fetch_session().await
                && session != browser.0.boot.session
            {
                browser.close_session();
            }
        }));
    }

    /// Takes all off the screen at once and loads the page anew, as it is for those who are not signed in. Drafts
    /// stay in localStorage, under the name of their writer.
    pub(super) fn close_session(&self) {
        // The tab that signs out is being led elsewhere; to load its page again would keep it here.
        if self.0.ending.signing_out.load(Ordering::Relaxed) || self.0.ending.closed.swap(true, Ordering::Relaxed) {
            return;
        }
        records::clear(self.host());
        self.host().close_page();
    }
}
