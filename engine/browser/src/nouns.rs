//! The pure half with an app's nouns in it, so that the rest reads as if there were one app.

use abreast_core as core;

use crate::App;

pub(crate) type Tag<A> = <<A as App>::Nouns as core::Nouns>::Tag;
pub(crate) type Viewer<A> = <<A as App>::Nouns as core::Nouns>::Viewer;
pub(crate) type Directive<A> = core::Directive<Tag<A>>;
pub(crate) type Answer<V, A> = core::Answer<V, Tag<A>>;
pub(crate) type CatchUp<A> = core::CatchUp<Tag<A>>;
pub(crate) type Record<A> = core::Record<<A as App>::Nouns>;
pub(crate) type Event<A> = core::Event<<A as App>::Nouns>;
pub(crate) type Effect<A> = core::Effect<Tag<A>>;
pub(crate) type ClientCache<A> = core::ClientCache<<A as App>::Nouns>;
pub(crate) type Receipt<A> = core::Receipt<<A as App>::Nouns>;
pub(crate) type Fresh<A> = core::Fresh<<A as App>::Nouns>;
pub(crate) type LineEvent<A> = core::LineEvent<<A as App>::Nouns>;
pub(crate) type LineEffect<A> = core::LineEffect<<A as App>::Nouns>;
pub(crate) type Shown<A> = core::observe::sample::Shown<Tag<A>>;
pub(crate) type Checked<A> = core::observe::sample::Checked<Tag<A>>;
pub(crate) type Samples<A> = core::observe::sample::Samples<Tag<A>>;
/// What a query of an app is answered with.
pub type AnswerTo<A, Q> = core::Answer<<Q as core::Query>::Output, Tag<A>>;
/// What a mutation of an app is answered with.
pub type Changed<T, A> = abreast_envelope::Envelope<Receipt<A>, T, Fresh<A>>;
