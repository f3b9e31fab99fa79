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
    /// Whom.
    person: Person,
    /// The address of the page at hand.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    if boot::viewer().is_none() || !person.has_page() {
        return ().into_any();
    }
    let who = person.user;
    places::for_others(who, move || {
        let back = WayBack::parse(&back).unwrap_or_default().in_query("next");
        view! {
            <a class="button" data-kind="quiet" data-size="small" data-testid="silence"
                href=format!("/silence?{}&{back}", in_query("person", person.handle.as_str())) rel=rel("/silence")>
                "Mute or block"<span class="visually-hidden">{format!(" {}", person.name)}</span>
            </a>
        }
    })
    .into_any()
}
