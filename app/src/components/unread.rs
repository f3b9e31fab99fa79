//! How many notices are not read, for the way to the inbox that stands on every page.

use domain::{Inbox, UserId};
use leptos::prelude::*;

use crate::cache::use_query_if;

/// How many, once a script runs; nothing if there are none.
pub fn unread(viewer: UserId) -> Signal<Option<usize>> {
    let alive = RwSignal::new(false);
    Effect::new(move || alive.set(true));
    let inbox = use_query_if(move || alive.get().then_some(Inbox { viewer }));
    let count = RwSignal::new(None);
    Effect::new(move || {
        if let Some(Ok(inbox)) = inbox.get() {
            count.set(Some(inbox.unread()).filter(|&unread| unread > 0));
        }
    });
    count.into()
}

/// Nothing: the debug page shows what other pages asked, and asks nothing by itself.
pub fn not_said(_: UserId) -> Signal<Option<usize>> {
    Signal::stored(None)
}
