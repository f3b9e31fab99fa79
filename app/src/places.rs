//! Places: where a page for members says another thing to each of them.
//!
//! In a browser, and on a page that is made for one member, this says what is so for the one who looks. In the body
//! that all members share it leaves a place ([`crate::stand_in`]).

use domain::{BegunStory, ChapterId, ReadOn, Silence, StoryId, UserId};
use leptos::prelude::*;

use crate::{
    boot,
    components::{continued, follow_button::Followable, likes::Likeable, mine},
};

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

/// Whether the one who looks follows it, as an attribute has it.
pub(crate) fn follows(thing: Followable, follows: bool) -> String {
    #[cfg(feature = "ssr")]
    if crate::stand_in::is_looking() {
        return crate::stand_in::mark(&crate::fragments::Place::Follows(thing).to_string());
    }
    let _ = thing;
    follows.to_string()
}

/// Whether a click means that they follow it from then on.
pub(crate) fn would_follow(thing: Followable, follows: bool) -> String {
    #[cfg(feature = "ssr")]
    if crate::stand_in::is_looking() {
        return crate::stand_in::mark(&crate::fragments::Place::WouldFollow(thing).to_string());
    }
    let _ = thing;
    (!follows).to_string()
}

/// What a button says that follows, or no longer.
pub(crate) fn following(thing: Followable, follows: bool) -> String {
    #[cfg(feature = "ssr")]
    if crate::stand_in::is_looking() {
        return crate::stand_in::mark(&crate::fragments::Place::Following(thing).to_string());
    }
    thing.words(follows).to_owned()
}

/// How the one who looks silences this person, as an attribute has it.
pub(crate) fn silence(person: Option<UserId>, silence: Option<Silence>) -> String {
    #[cfg(feature = "ssr")]
    if let Some(person) = person.filter(|_| crate::stand_in::is_looking()) {
        return crate::stand_in::mark(&crate::fragments::Place::Silence(person).to_string());
    }
    let _ = person;
    silence.map_or("none", Silence::slug).to_owned()
}

/// Whether they read a chapter of the page's story to its end, as an attribute has it.
pub(crate) fn has_read(chapter: ChapterId, has_read: bool) -> String {
    #[cfg(feature = "ssr")]
    if crate::stand_in::is_looking() {
        return crate::stand_in::mark(&crate::fragments::Place::HasRead(chapter).to_string());
    }
    let _ = chapter;
    has_read.to_string()
}

/// The address where they go on in the page's story, whose first chapter this is.
pub(crate) fn read_on_at(story: StoryId, first: ChapterId, read_on: Option<&ReadOn>) -> String {
    #[cfg(feature = "ssr")]
    if crate::stand_in::is_looking() {
        return crate::stand_in::mark(&crate::fragments::Place::ReadOnAt(first).to_string());
    }
    mine::address(story, first, read_on)
}

/// What the link there says.
pub(crate) fn read_on_words(read_on: Option<&ReadOn>) -> String {
    #[cfg(feature = "ssr")]
    if crate::stand_in::is_looking() {
        return crate::stand_in::mark(&crate::fragments::Place::ReadOnWords.to_string());
    }
    mine::words(read_on)
}

/// The stories that they are in the midst of.
pub(crate) fn begun(stories: &[BegunStory]) -> AnyView {
    #[cfg(feature = "ssr")]
    if crate::stand_in::is_looking() {
        let mark = crate::stand_in::mark(&crate::fragments::Place::Begun.to_string());
        return leptos::tachys::html::InertElement::new(mark).into_any();
    }
    continued(stories)
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
    match author.filter(|_| crate::stand_in::is_looking()) {
        None => is_author(author).then(view).into_any(),
        Some(author) => either(author, Some(view()), None::<V>),
    }
}

/// What every member but this person is shown.
#[cfg(not(feature = "ssr"))]
pub(crate) fn for_others<V: IntoView + 'static>(person: UserId, view: impl FnOnce() -> V) -> Option<V> {
    (!is_author(Some(person))).then(view)
}

/// What every member but this person is shown.
#[cfg(feature = "ssr")]
pub(crate) fn for_others<V: IntoView + 'static>(person: UserId, view: impl FnOnce() -> V) -> AnyView {
    if crate::stand_in::is_looking() {
        return either(person, None::<V>, Some(view()));
    }
    (!is_author(Some(person))).then(view).into_any()
}

/// In a body, what a person is shown, and what the others are.
#[cfg(feature = "ssr")]
fn either<V: IntoView + 'static>(person: UserId, own: Option<V>, others: Option<V>) -> AnyView {
    use abreast_server::http::choice;
    use leptos::tachys::html::InertElement;

    use crate::{fragments::Condition, stand_in};

    let (own, others) = (own.into_any().to_html(), others.into_any().to_html());
    let both = choice(&stand_in::STAND_IN.secret, &Condition::IsAuthor(person).to_string(), &own, &others);
    InertElement::new(both).into_any()
}
