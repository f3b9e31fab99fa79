//! A moment in words: absolute and in UTC, so that server and browser say the same.

use domain::{
    Millis,
    date::{MONTHS, civil, iso8601},
};
use leptos::prelude::*;

/// A moment, for people and for machines.
#[component]
pub fn Time(#[prop(into)] at: Signal<Millis>, #[prop(optional)] class: &'static str) -> impl IntoView {
    view! { <time class=(!class.is_empty()).then_some(class) datetime=move || iso8601(at.get())>{move || human(at.get())}</time> }
}

/// As in `22 November 2026, 10:42 UTC`.
pub fn human(at: Millis) -> String {
    let ((year, month, day), (hour, minute, _)) = civil(at);
    format!("{day} {} {year}, {hour:02}:{minute:02} UTC", MONTHS[month - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn for_people() {
        assert_eq!(human(Millis(1_795_344_120_000)), "22 November 2026, 10:42 UTC");
    }
}
