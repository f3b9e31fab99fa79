//! A moment in words. The server says it in UTC; once the page is alive it is said in the reader's own time.

mod clock;
mod words;

use domain::{Millis, date::iso8601};
use leptos::prelude::*;

pub use self::clock::Clock;
pub(crate) use self::clock::offset as clock_offset;
use self::words::local;
pub use self::words::{Says, in_utc};

/// A moment, for people and for machines. The exact time, in the reader's own zone, is its hint.
#[component]
pub fn Time(#[prop(into)] at: Signal<Millis>, #[prop(optional)] says: Says) -> impl IntoView {
    let clock = Clock::current();
    let words = move || match clock.now() {
        None => in_utc(at.get(), says),
        Some(now) => local(at.get(), now, says, clock::offset),
    };
    let hint = move || clock.now().map(|now| local(at.get(), now, Says::Exact, clock::offset));
    view! { <time datetime=move || iso8601(at.get()) title=hint>{words}</time> }
}
