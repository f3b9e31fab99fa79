//! Looking at the tiers once a second, while somebody looks at the page.

use std::time::Duration;

use domain::{CacheEvent, Holding, NodeReport, Tally, Tier};
use leptos::{prelude::*, task::spawn_local};
use web_sys::VisibilityState;

use crate::{AppError, api::caches::fetch_node_report, cache::Browser};

/// How often.
const PERIOD: Duration = Duration::from_secs(1);
/// How many events are shown.
const EVENTS: usize = 50;

/// What was seen last; a handle to it.
#[derive(Clone, Copy)]
pub struct Watch {
    browser: StoredValue<Browser>,
    /// Goes up with each look at this tab's own figures.
    looks: RwSignal<u32>,
    node: RwSignal<Option<Result<NodeReport, AppError>>>,
    asking: StoredValue<bool>,
}

impl Watch {
    /// Looks for as long as the page is open. In the browser only: the first paint has no figures.
    pub fn begin() -> Self {
        let watch = Self {
            browser: StoredValue::new(Browser::current()),
            looks: RwSignal::new(0),
            node: RwSignal::new(None),
            asking: StoredValue::new(false),
        };
        Effect::new(move || {
            watch.look();
            let ticking = set_interval_with_handle(move || watch.look(), PERIOD);
            on_cleanup(move || {
                if let Ok(ticking) = ticking {
                    ticking.clear();
                }
            });
        });
        watch
    }

    /// Looks now, unless the page is hidden; the server is asked one question at a time.
    pub fn look(self) {
        if document().visibility_state() != VisibilityState::Visible {
            return;
        }
        self.looks.try_update(|looks| *looks += 1);
        if self.asking.try_get_value() != Some(false) {
            return;
        }
        self.asking.set_value(true);
        spawn_local(async move {
            let report = fetch_node_report().await;
            self.node.try_set(Some(report));
            self.asking.try_set_value(false);
        });
    }

    /// The counts of a tier.
    pub fn tally(self, tier: Tier) -> Option<Tally> {
        if tier.is_in_browser() {
            (self.looks.get() > 0).then(|| self.with_browser(|browser| browser.with_recorder(|own| own.tally(tier))))
        } else {
            self.node().map(|node| node.recorder.tally(tier))
        }
    }

    /// What the node says, if it does.
    pub fn node(self) -> Option<NodeReport> {
        self.node.get().and_then(Result::ok)
    }

    /// Why the node doesn't say.
    pub fn refusal(self) -> Option<AppError> {
        self.node.get().and_then(Result::err)
    }

    /// What this tab holds.
    pub fn holdings(self) -> Vec<Holding> {
        if self.looks.get() == 0 { vec![] } else { self.with_browser(Browser::holdings) }
    }

    /// The last events of all tiers, newest first.
    pub fn events(self) -> Vec<CacheEvent> {
        if self.looks.get() == 0 {
            return vec![];
        }
        let take = |recorder: &domain::Recorder| recorder.events().take(EVENTS).cloned().collect::<Vec<_>>();
        let mut events = self.with_browser(|browser| browser.with_recorder(|own| take(own)));
        if let Some(node) = self.node() {
            events.extend(take(&node.recorder));
        }
        events.sort_by_key(|event| std::cmp::Reverse(event.at));
        events.truncate(EVENTS);
        events
    }

    fn with_browser<T>(self, look: impl FnOnce(&Browser) -> T) -> T {
        self.browser.with_value(look)
    }
}
