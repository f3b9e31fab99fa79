//! The session that the page was loaded with. When it ends, in whichever tab, nothing of it stays on screen.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use domain::{Directive, LineEvent, Seq, Tag};
use leptos::{prelude::*, task::spawn_local};

use super::Browser;
use crate::{
    api::accounts::fetch_session,
    cache::{Storage, live::happen},
};

/// How long the page that follows signing out may take before this tab closes what it shows by itself.
const LEAVING: Duration = Duration::from_secs(5);

/// Whether a tab signs out, and whether it closed what it showed.
#[derive(Default)]
pub(super) struct Ending {
    signing_out: AtomicBool,
    closed: AtomicBool,
}

impl Browser {
    /// This tab signs out: its page is about to give way to another, and then its browser's other tabs are told.
    pub fn sign_out(&self) {
        self.0.ending.signing_out.store(true, Ordering::Relaxed);
        let told = self.clone();
        window_event_listener_untyped("pagehide", move |_| {
            if let Some(live) = told.0.live.get() {
                happen(live, LineEvent::SignedOut);
            }
        });
        let late = self.clone();
        let stay = move || {
            late.0.ending.signing_out.store(false, Ordering::Relaxed);
            late.ask_session();
        };
        set_timeout(stay, LEAVING);
    }

    /// The session's tag, held over the line for as long as the page is open. Whether it ended before is
    /// asked otherwise, so it is known as far as all else.
    pub(super) fn session_tag(&self, others: &[(Tag, Seq)]) -> Option<(Tag, Seq)> {
        let known = others.iter().map(|(_, known)| *known).max().unwrap_or_else(|| self.seen());
        self.0.boot.session.map(|session| (Tag::Session(session), known))
    }

    /// Whether these say that the page's session is over.
    pub(super) fn ends_session(&self, directives: &[Directive]) -> bool {
        let ended = |session| directives.contains(&Directive::Evict(Tag::Session(session)));
        self.0.boot.session.is_some_and(ended)
    }

    /// Asks the server whether the page's session is still there; closes what it shows if it is not.
    pub(in crate::cache) fn ask_session(&self) {
        if self.0.boot.session.is_none() {
            return;
        }
        let browser = self.clone();
        spawn_local(async move {
            // Without an answer nothing is known; it is asked again with the next line.
            if let Ok(session) = fetch_session().await
                && session != browser.0.boot.session
            {
                browser.close_session();
            }
        });
    }

    /// Takes all off the screen at once and loads the page anew, as it is for those who are not signed in. Drafts
    /// stay in localStorage, under the name of who wrote them.
    pub(super) fn close_session(&self) {
        // The tab that signs out is being led elsewhere; to load its page again would keep it here.
        if self.0.ending.signing_out.load(Ordering::Relaxed) || self.0.ending.closed.swap(true, Ordering::Relaxed) {
            return;
        }
        if let Some(body) = document().body() {
            body.set_hidden(true);
        }
        Storage::clear();
        window().location().reload().ok();
    }
}
