//! This page's clock: it stands still until the page is alive, so that the first render is the server's.

use std::time::Duration;

use domain::Millis;
use leptos::prelude::*;

use crate::draft;

/// Words like "5 minutes ago" need no finer one.
const PERIOD: Duration = Duration::from_secs(30);

const MINUTE: i64 = 60_000;

/// What time it is, as the page knows it.
#[derive(Clone, Copy)]
pub struct Clock(RwSignal<Option<Millis>>);

impl Clock {
    /// The page's.
    pub fn provide() -> Self {
        let clock = Self(RwSignal::new(None));
        provide_context(clock);
        clock
    }

    /// From now on it goes.
    pub fn start(self) {
        let tick = move || self.0.set(Some(draft::now()));
        tick();
        // Without a timer it stands at the time at which the page came alive.
        set_interval_with_handle(tick, PERIOD).ok();
    }

    /// The page's; one that stands still where there is none.
    pub(crate) fn current() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(None)))
    }

    /// `None` until the page is alive.
    pub(crate) fn now(self) -> Option<Millis> {
        self.0.get()
    }
}

/// By how many milliseconds this browser's clocks are before UTC at this moment: summer time depends on it.
pub(crate) fn offset(at: Millis) -> i64 {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds, far below 2^53")]
    let date = js_sys::Date::new(&(at.0 as f64).into());
    #[expect(clippy::cast_possible_truncation, reason = "whole minutes, less than a day")]
    let minutes = date.get_timezone_offset() as i64;
    -minutes * MINUTE
}
