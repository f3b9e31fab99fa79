//! Places: where a page for members says another thing to each of them.
//!
//! In a browser, and on a page that is made for one member, this says what is so for the one who looks. In the body
//! that all members share it leaves a place ([`crate::stand_in`]).

use domain::UserId;
use leptos::prelude::*;

use crate::{boot, components::likes::Likeable};

/// Whether the one who looks likes it, as an attribute has it.
pub(crate) fn likes(thing: Likeable, likes: bool) -> String {
    #[cfg(feature = "ssr")]
    if crate::stand_in::is_looking() {
        return crate::stand_in::mark(&crate::fragments::Place::Likes(thing).to_string());
    }
    let _ = thing;
    likes.to_string()
}

/// Whether a click means that they like it from then on.
pub(crate) fn would_like(thing: Likeable, likes: bool) -> String {
    #[cfg(feature = "ssr")]
    if crate::stand_in::is_looking() {
        return crate::stand_in::mark(&crate::fragments::Place::WouldLike(thing).to_string());
    }
    let _ = thing;
    (!likes).to_string()
}

/// Whether the one who looks is its author, as far as is known while the page is made.
pub(crate) fn is_author(author: Option<UserId>) -> bool {
    boot::viewer().zip(author).is_some_and(|(viewer, author)| viewer.user == author)
}

/// What its author alone is shown.
#[cfg(not(feature = "ssr"))]
pub(crate) fn for_author<V: IntoView + 'static>(author: Option<UserId>, view: impl FnOnce() -> V) -> Option<V> {
    is_author(author).then(view)
}

/// What its author alone is shown. Beside what the others get in its place, it is nothing of the author's.
#[cfg(feature = "ssr")]
pub(crate) fn for_author<V: IntoView + 'static>(author: Option<UserId>, view: impl FnOnce() -> V) -> AnyView {
    use abreast_server::http::choice;
    use leptos::tachys::html::InertElement;

    use crate::{fragments::Condition, stand_in};

    let nothing = || None::<V>.into_any();
    match author.filter(|_| stand_in::is_looking()) {
        None => is_author(author).then(view).into_any(),
        Some(author) => {
            let (own, others) = (Some(view()).into_any().to_html(), nothing().to_html());
            let both = choice(&stand_in::STAND_IN.secret, &Condition::IsAuthor(author).to_string(), &own, &others);
            InertElement::new(both).into_any()
        }
    }
}
