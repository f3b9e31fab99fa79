//! Looking at the tiers once a second, while the page is in front.

use std::{sync::Arc, time::Duration};

use domain::{Alert, CacheEvent, Holding, Key, Logged, Millis, NodeReport, Recorder, Seq, Tier, Why};
use leptos::{prelude::*, task::spawn_local};
use web_sys::VisibilityState;

use crate::{
    AppError,
    api::caches::{fetch_log, fetch_node_report},
    cache::{Applied, Browser},
};

/// How often.
const PERIOD: Duration = Duration::from_secs(1);
/// How many events of each side are looked at.
const EVENTS: usize = 100;

/// What the node said, and how its clock stands against this browser's.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    pub report: NodeReport,
    /// Milliseconds to add to this browser's time for the node's, as well as an answer's way tells.
    pub skew: i64,
}

/// What was seen last; a handle to it.
#[derive(Clone, Copy)]
pub struct Watch {
    browser: StoredValue<Browser>,
    /// Goes up with each look at this tab's own figures.
    looks: RwSignal<u32>,
    node: RwSignal<Option<Result<Arc<Said>, AppError>>>,
    log: RwSignal<Vec<Logged>>,
    /// The reader wants the figures to stand still.
    pub paused: RwSignal<bool>,
    asking: StoredValue<bool>,
}

impl Watch {
    /// Looks for as long as the page is open. In the browser only: the first paint has no figures.
    pub fn begin() -> Self {
        let watch = Self {
            browser: StoredValue::new(Browser::current()),
            looks: RwSignal::new(0),
            node: RwSignal::new(None),
            log: RwSignal::new(vec![]),
            paused: RwSignal::new(false),
            asking: StoredValue::new(false),
        };
        Effect::new(move || {
            watch.with_browser(Browser::restore_alerts);
            watch.look();
            let tick = move || {
                if !watch.paused.get_untracked() && document().visibility_state() == VisibilityState::Visible {
                    watch.look();
                }
            };
            let ticking = set_interval_with_handle(tick, PERIOD);
            on_cleanup(move || {
                if let Ok(ticking) = ticking {
                    ticking.clear();
                }
            });
        });
        watch
    }

    /// Looks now; the server is asked one question at a time.
    pub fn look(self) {
        self.looks.try_update(|looks| *looks += 1);
        if self.asking.try_get_value() != Some(false) {
            return;
        }
        self.asking.set_value(true);
        spawn_local(async move {
            let asked = now();
            let report = fetch_node_report().await;
            let halfway = Millis(i64::midpoint(asked.0, now().0));
            let said = report.map(|report| Arc::new(Said { skew: report.at.0 - halfway.0, report }));
            let head = said.as_ref().ok().map(|said| said.report.watermark);
            self.node.try_set(Some(said));
            self.look_at_log(head).await;
            self.asking.try_set_value(false);
        });
    }

    /// The log is read again when there is more of it.
    async fn look_at_log(self, head: Option<Seq>) {
        let known = self.log.try_with_untracked(|log| log.first().map(|row| row.receipt.seq)).flatten();
        if head.is_some_and(|head| head > Seq::ZERO && known != Some(head))
            && let Ok(log) = fetch_log(vec![]).await
        {
            self.log.try_set(log);
        }
    }

    /// What of the node's word; nothing until there is one.
    pub fn of_node<T>(self, look: impl FnOnce(&Said) -> T) -> Option<T> {
        self.node.with(|node| node.as_ref()?.as_ref().ok().map(|said| look(said)))
    }

    /// Why the node doesn't say.
    pub fn refusal(self) -> Option<AppError> {
        self.node.with(|node| node.as_ref()?.as_ref().err().cloned())
    }

    /// What of the figures of the side that counts a tier, with that side's time.
    pub fn of_tier<T>(self, tier: Tier, look: impl FnOnce(&Recorder, Millis) -> T) -> Option<T> {
        if tier.is_in_browser() {
            self.of_browser(|recorder| look(recorder, now()))
        } else {
            self.of_node(|said| look(&said.report.recorder, said.report.at))
        }
    }

    /// What of this tab's figures.
    pub fn of_browser<T>(self, look: impl FnOnce(&Recorder) -> T) -> Option<T> {
        self.seen(|browser| browser.with_recorder(|recorder| look(recorder)))
    }

    /// What this tab holds.
    pub fn holdings(self) -> Vec<Holding> {
        self.seen(Browser::holdings).unwrap_or_default()
    }

    /// Why this tab judges a key as it does.
    pub fn explain(self, key: &Key) -> Option<Why> {
        self.seen(|browser| browser.explain(key)).flatten()
    }

    /// The alerts of this tab.
    pub fn alerts(self) -> Vec<Alert> {
        self.seen(Browser::alerts).unwrap_or_default()
    }

    /// What this tab was told of last.
    pub fn applied(self) -> Vec<Applied> {
        self.seen(Browser::applied).unwrap_or_default()
    }

    /// The last rows of the log.
    pub fn log(self) -> Vec<Logged> {
        self.log.get()
    }

    /// This browser's time, followed look by look; 0 before the first.
    pub fn now(self) -> Millis {
        if self.looks.get() > 0 { now() } else { Millis(0) }
    }

    /// The last events of all tiers, newest first.
    pub fn events(self) -> Vec<CacheEvent> {
        let take = |recorder: &Recorder| recorder.events().take(EVENTS).cloned().collect::<Vec<_>>();
        let mut events = self.of_browser(take).unwrap_or_default();
        events.extend(self.of_node(|said| take(&said.report.recorder)).unwrap_or_default());
        events.sort_by_key(|event| std::cmp::Reverse(event.at));
        events
    }

    /// This tab's tiers.
    pub fn with_browser<T>(self, look: impl FnOnce(&Browser) -> T) -> T {
        self.browser.with_value(look)
    }

    /// The same, looked at again each time; nothing before the first.
    fn seen<T>(self, look: impl FnOnce(&Browser) -> T) -> Option<T> {
        (self.looks.get() > 0).then(|| self.with_browser(look))
    }
}

fn now() -> Millis {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    Millis(js_sys::Date::now() as i64)
}
