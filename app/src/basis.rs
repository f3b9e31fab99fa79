//! What a page was made of: the answers that went into it, and so what it depends on.

use std::sync::{Arc, Mutex, PoisonError};

use domain::{Area, Areas, Entry, Policy, Seq, Tag, Tags};

/// Filled in while a page is made. The page cache puts it among a request's extensions.
#[derive(Debug, Clone, Default)]
pub struct Basis(Arc<Mutex<Parts>>);

#[derive(Debug)]
struct Parts {
    tags: Vec<Tag>,
    areas: Areas,
    as_of: Option<Seq>,
    newest: Seq,
    keep_for: Option<i64>,
    spoilt: bool,
}

impl Default for Parts {
    fn default() -> Self {
        Self { tags: vec![], areas: Areas::NONE, as_of: None, newest: Seq::ZERO, keep_for: None, spoilt: false }
    }
}

/// What a page depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// The tags of all that went in.
    pub tags: Tags,
    /// Its areas.
    pub areas: Areas,
    /// The lowest position among it.
    pub as_of: Seq,
    /// The highest: who sees the page has seen this.
    pub newest: Seq,
    /// The shortest lifetime.
    pub policy: Policy,
}

impl Basis {
    /// An answer that is the same for everybody went into the page.
    pub fn add<T>(&self, entry: &Entry<T>, policy: Policy, area: Area) {
        let mut parts = self.lock();
        parts.areas = parts.areas.with(area);
        parts.tags.extend(entry.tags.iter());
        parts.as_of = Some(parts.as_of.map_or(entry.as_of, |as_of| as_of.min(entry.as_of)));
        parts.newest = parts.newest.max(entry.as_of);
        parts.keep_for = Some(parts.keep_for.map_or(policy.keep_for, |keep_for| keep_for.min(policy.keep_for)));
    }

    /// An answer went into it that must not be kept: a personal one, one that is known to be old, or "no".
    pub fn spoil(&self) {
        self.lock().spoilt = true;
    }

    /// What the page depends on; `None` if it can't be kept.
    pub fn of_all(&self) -> Option<Whole> {
        let parts = self.lock();
        let (first, others) = parts.tags.split_first().filter(|_| !parts.spoilt)?;
        let tags = Tags::of(*first, others.iter().copied());
        let (as_of, newest, policy) = (parts.as_of?, parts.newest, Policy { keep_for: parts.keep_for? });
        Some(Whole { tags, areas: parts.areas, as_of, newest, policy })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Parts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use domain::Millis;

    use super::*;

    fn entry(tag: Tag, as_of: u64) -> Entry<()> {
        Entry { value: (), tags: Tags::of(tag, []), as_of: Seq(as_of), stored_at: Millis(0) }
    }

    #[test]
    fn a_page_is_as_old_as_its_oldest_part() {
        let basis = Basis::default();
        assert_eq!(basis.of_all(), None, "of what depends on nothing, nobody can say when it is old");
        basis.add(&entry(Tag::Feed, 7), domain::policy::TALK, Area::Community);
        basis.add(&entry(Tag::Catalogues, 5), domain::policy::PUBLISHED, Area::Reading);
        let expected = Whole {
            tags: Tags::of(Tag::Feed, [Tag::Catalogues]),
            areas: Areas::NONE.with(Area::Community).with(Area::Reading),
            as_of: Seq(5),
            newest: Seq(7),
            policy: domain::policy::TALK,
        };
        assert_eq!(basis.of_all(), Some(expected));
        basis.spoil();
        assert_eq!(basis.of_all(), None);
    }
}
