//! What a page was made of: the answers that went into it, and so what it depends on.

use std::sync::{Arc, Mutex, PoisonError};

use domain::{Entry, Policy, Seq, Tag, Tags};

/// Filled in while a page is made. Put among a request's extensions by whoever wants to keep the page.
#[derive(Debug, Clone, Default)]
pub struct Basis(Arc<Mutex<Parts>>);

#[derive(Debug, Default)]
struct Parts {
    tags: Vec<Tag>,
    as_of: Option<Seq>,
    keep_for: Option<i64>,
    spoilt: bool,
}

impl Basis {
    /// An answer that is the same for everybody went into the page.
    pub fn add<T>(&self, entry: &Entry<T>, policy: Policy) {
        let mut parts = self.lock();
        parts.tags.extend(entry.tags.iter());
        parts.as_of = Some(parts.as_of.map_or(entry.as_of, |as_of| as_of.min(entry.as_of)));
        parts.keep_for = Some(parts.keep_for.map_or(policy.keep_for, |keep_for| keep_for.min(policy.keep_for)));
    }

    /// Something went into it that must not be kept: somebody's own, what is known to be old, or "no".
    pub fn spoil(&self) {
        self.lock().spoilt = true;
    }

    /// The tags of all that went in, the lowest position among it, and the shortest lifetime; `None`
    /// if the page can't be kept.
    pub fn of_all(&self) -> Option<(Tags, Seq, Policy)> {
        let parts = self.lock();
        let (first, others) = parts.tags.split_first().filter(|_| !parts.spoilt)?;
        let tags = Tags::of(*first, others.iter().copied());
        Some((tags, parts.as_of?, Policy { keep_for: parts.keep_for? }))
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
        basis.add(&entry(Tag::Feed, 7), Policy::TALK);
        basis.add(&entry(Tag::Shelves, 5), Policy::PUBLISHED);
        assert_eq!(basis.of_all(), Some((Tags::of(Tag::Feed, [Tag::Shelves]), Seq(5), Policy::TALK)));
        basis.spoil();
        assert_eq!(basis.of_all(), None);
    }
}
