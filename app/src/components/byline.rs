//! A person's name, which leads to their page.

use domain::{AuthorPage, Person};
use leptos::prelude::*;

use crate::destination::Destination;

/// The name as a link to the person's page, as it is now.
#[component]
pub fn Byline(
    /// Who.
    #[prop(into)]
    of: Signal<Person>,
) -> impl IntoView {
    move || of.with(byline)
}

/// The same, once. Of a person who left only what is said in place of the name: there is no page.
pub fn byline(person: &Person) -> AnyView {
    if !person.has_page() {
        return view! { <span class="byline" data-testid="byline"><bdi>{person.name.to_string()}</bdi></span> }
            .into_any();
    }
    let page = Destination::Author(AuthorPage::first(person.handle)).to_string();
    view! { <a class="byline" data-testid="byline" href=page><bdi>{person.name.to_string()}</bdi></a> }.into_any()
}
