//! The time in this browser: its wall clock, and its monotonic one.

use std::cell::Cell;

use domain::{Clocks, Millis};
use leptos::prelude::window;

/// By the wall clock: for people, and for records that outlive this page.
pub(super) fn now() -> Millis {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    Millis(js_sys::Date::now() as i64)
}

/// By both clocks: for leases.
pub(super) fn clocks() -> Clocks {
    Clocks { wall: now(), monotonic: monotonic() }
}

fn monotonic() -> Millis {
    thread_local! {
        static UNKNOWN: Cell<i64> = const { Cell::new(0) };
    }
    match window().performance() {
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds of a page's life")]
        Some(performance) => Millis(performance.now() as i64),
        // A browser without such a clock: each reading is a day after the last, so no lease ever runs.
        None => Millis(UNKNOWN.replace(UNKNOWN.get() + 86_400_000)),
    }
}
