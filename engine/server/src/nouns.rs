//! The pure half with an app's nouns in it, so that the rest reads as if there were one app.

use abreast_core as core;

use crate::App;

/// The family of an app's nouns.
pub(crate) type Nouns<A> = <A as App>::Nouns;
/// Something cached data can depend on.
pub(crate) type Tag<A> = <Nouns<A> as core::Nouns>::Tag;
/// A page family.
pub(crate) type Area<A> = <Nouns<A> as core::Nouns>::Area;
/// A person who may be told what others may not.
pub(crate) type Viewer<A> = <Nouns<A> as core::Nouns>::Viewer;
/// What an answer depends on.
pub(crate) type Tags<A> = core::Tags<Tag<A>>;
/// What every tier must do about a tag.
pub(crate) type Directive<A> = core::Directive<Tag<A>>;
/// One row of the log.
pub(crate) type LogRow<A> = core::LogRow<Nouns<A>>;
/// A cached answer to one of the app's questions.
pub(crate) type Entry<V, A> = core::Entry<V, Tag<A>>;
/// What a write is answered with.
pub(crate) type Changed<T, A> = abreast_envelope::Envelope<core::Receipt<Nouns<A>>, T, core::Fresh<Nouns<A>>>;
