//! What a page was made of: the answers that went into it, and so what it depends on.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use abreast_core::{Policy, Seq};

use crate::{
    App,
    nouns::{Area, Entry, Tag, Tags, Viewer},
};

/// Filled in while a page is made. The layer that keeps pages puts it among a request's extensions.
#[derive(Debug)]
pub struct Basis<A: App> {
    parts: Arc<Mutex<Parts<A>>>,
    is_of: Option<Viewer<A>>,
    left_out: Option<Viewer<A>>,
}

#[derive(Debug)]
struct Parts<A: App> {
    tags: Vec<Tag<A>>,
    areas: u64,
    as_of: Option<Seq>,
    newest: Seq,
    keep_for: Option<i64>,
    spoilt: bool,
}

/// What a page depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Whole<A: App> {
    /// The tags of all that went in.
    pub(super) tags: Tags<A>,
    /// Its areas: a bit for each, at its [`App::place_of`].
    pub(super) areas: u64,
    /// The lowest position among it.
    pub(super) as_of: Seq,
    /// The highest: a reader of the page has seen this.
    pub(super) newest: Seq,
    /// The shortest lifetime.
    pub(super) policy: Policy,
}

impl<A: App> Basis<A> {
    /// Of a page that is this member's own: their answers may be in it.
    pub(super) fn of(viewer: Viewer<A>) -> Self {
        Self { is_of: Some(viewer), ..Self::default() }
    }

    /// Of a body for all: the answers of the stand-in are put into it as it goes out.
    pub(super) fn without(left_out: Option<Viewer<A>>) -> Self {
        Self { left_out, ..Self::default() }
    }

    /// Whether the page may have the answers of this viewer in it.
    pub fn is_of(&self, viewer: Viewer<A>) -> bool {
        self.is_of == Some(viewer)
    }

    /// Whether answers of this viewer are not to be asked for: the page has places for them.
    pub fn leaves_out(&self, viewer: Viewer<A>) -> bool {
        self.left_out == Some(viewer)
    }

    /// An answer that may be in the page went into it.
    pub fn add<T>(&self, entry: &Entry<T, A>, policy: Policy, area: Area<A>) {
        let mut parts = self.lock();
        parts.areas |= 1 << A::place_of(area);
        parts.tags.extend(entry.tags.iter());
        parts.as_of = Some(parts.as_of.map_or(entry.as_of, |as_of| as_of.min(entry.as_of)));
        parts.newest = parts.newest.max(entry.as_of);
        parts.keep_for = Some(parts.keep_for.map_or(policy.keep_for, |keep_for| keep_for.min(policy.keep_for)));
    }

    /// An answer went into it that must not be kept: another person's, one that is known to be old, or "no".
    pub fn spoil(&self) {
        self.lock().spoilt = true;
    }

    /// What the page depends on; `None` if it can't be kept.
    pub(super) fn of_all(&self) -> Option<Whole<A>> {
        let parts = self.lock();
        let (first, others) = parts.tags.split_first().filter(|_| !parts.spoilt)?;
        let tags = Tags::<A>::of(*first, others.iter().copied());
        let (as_of, newest, policy) = (parts.as_of?, parts.newest, Policy { keep_for: parts.keep_for? });
        Some(Whole { tags, areas: parts.areas, as_of, newest, policy })
    }

    fn lock(&self) -> MutexGuard<'_, Parts<A>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<A: App> Clone for Basis<A> {
    fn clone(&self) -> Self {
        Self { parts: Arc::clone(&self.parts), ..*self }
    }
}

impl<A: App> Default for Basis<A> {
    fn default() -> Self {
        let parts = Parts { tags: vec![], areas: 0, as_of: None, newest: Seq::ZERO, keep_for: None, spoilt: false };
        Self { parts: Arc::new(Mutex::new(parts)), is_of: None, left_out: None }
    }
}

#[cfg(test)]
mod tests {
    use abreast_core::Millis;

    use super::*;
    use crate::example::{Area, Example, Tag};

    fn entry(tag: Tag, as_of: u64) -> Entry<(), Example> {
        Entry::<_, Example> { value: (), tags: Tags::<Example>::of(tag, []), as_of: Seq(as_of), stored_at: Millis(0) }
    }

    #[test]
    fn a_page_is_as_old_as_its_oldest_part() {
        let basis = Basis::<Example>::default();
        assert_eq!(basis.of_all(), None, "a page that depends on nothing could never be made old");
        basis.add(&entry(Tag::List, 7), Policy::minutes(10), Area::Reading);
        basis.add(&entry(Tag::Page(1), 5), Policy::minutes(60), Area::Writing);
        let expected = Whole {
            tags: Tags::<Example>::of(Tag::List, [Tag::Page(1)]),
            areas: 0b11,
            as_of: Seq(5),
            newest: Seq(7),
            policy: Policy::minutes(10),
        };
        assert_eq!(basis.of_all(), Some(expected));
        basis.spoil();
        assert_eq!(basis.of_all(), None);
    }
}
