//! How many words a text has, counted as the server counts them, while it is typed.

use std::time::Duration;

use domain::Body;
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

/// A text is counted when no key was pressed for so long: 100 kB take longer than a letter may take to its screen.
const PAUSE: Duration = Duration::from_millis(300);

/// The words of a text, soon after it has changed.
pub fn follow(text: Signal<String>) -> Signal<u32> {
    let words = RwSignal::new(text.with_untracked(|text| count(text)).unwrap_or_default());
    let due = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |before: Option<()>| {
        text.track();
        if before.is_none() {
            return;
        }
        let look = move || {
            if let Some(count) = text.try_with_untracked(|text| count(text)).flatten() {
                words.try_set(count);
            }
        };
        let next = set_timeout_with_handle(look, PAUSE).ok();
        if let Some(last) = due.try_update_value(|due| std::mem::replace(due, next)).flatten() {
            last.clear();
        }
    });
    words.into()
}

/// `None` if it is too long to be one text.
fn count(text: &str) -> Option<u32> {
    Body::parse(text).ok().map(|text| text.words())
}
