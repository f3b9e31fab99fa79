//! Where a member can mute or block the author of what they see.

use domain::Person;
use leptos::prelude::*;

use crate::{
    boot,
    bundle::rel,
    places,
    way_back::{WayBack, in_query},
};

/// A link to the page where a person is muted or blocked, which leads back here. Not for strangers, for that person, or
/// about a person who left.
#[component]
pub fn SilenceLink(
    /// Whom. Names change, and people leave, while the page is open.
    #[prop(into)]
    person: Signal<Option<Person>>,
    /// The address of the page at hand.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let now = move || person.get().filter(Person::has_page);
    let Some(first) = untrack(now).filter(|_| boot::viewer().is_some()) else { return ().into_any() };
    places::for_others(first.user, move || {
        let back = WayBack::parse(&back).unwrap_or_default().in_query("next");
        let link = move |person: Person| {
            view! {
                <a class="button" data-kind="quiet" data-size="small" data-testid="silence"
                    href=format!("/silence?{}&{back}", in_query("person", person.handle.as_str())) rel=rel("/silence")>
                    "Mute or block"<span class="visually-hidden">{format!(" {}", person.name)}</span>
                </a>
            }
        };
        move || now().map(&link)
    })
    .into_any()
}
