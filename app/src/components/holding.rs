//! Holding: what a form stands in stays on the screen while something is typed in it that was not sent, though it
//! is gone elsewhere by now.
//!
//! A page ([`Loaded`](super::Loaded)) and each item of a list ([`Each`](super::Each)) is such a place. Forms say so
//! themselves ([`Kept`](super::Kept)), to the place that they stand in, which says so to the one around it.

use std::sync::Arc;

use leptos::prelude::*;

/// A place in which forms stand; a handle to it.
#[derive(Clone, Copy)]
pub struct Holding {
    /// Each form, and each place, in it: whether something is typed there.
    inside: StoredValue<Vec<Inside>>,
    gone: Signal<bool>,
    around: StoredValue<Option<Holding>>,
    /// How often something that was typed in it went away.
    freed: RwSignal<u32>,
}

type Inside = Arc<dyn Fn() -> bool + Send + Sync>;

impl Holding {
    /// A place within the one at hand, and whether it is gone. The component that shows it provides it.
    pub fn new(gone: impl Into<Signal<bool>>) -> Self {
        let around = Self::at_hand();
        let place = Self {
            inside: StoredValue::default(),
            gone: gone.into(),
            around: StoredValue::new(around),
            freed: RwSignal::new(0),
        };
        if let Some(around) = around {
            around.enter(move || place.is_typed_in());
        }
        place
    }

    /// The one that a form stands in.
    pub fn at_hand() -> Option<Self> {
        use_context()
    }

    /// A form is in it, for as long as the component at hand is.
    pub fn enter(self, is_typed_in: impl Fn() -> bool + Send + Sync + 'static) {
        let form: Inside = Arc::new(is_typed_in);
        self.inside.try_update_value(|inside| inside.push(Arc::clone(&form)));
        on_cleanup(move || {
            self.inside.try_update_value(|inside| inside.retain(|one| !Arc::ptr_eq(one, &form)));
        });
    }

    /// Whether something is typed in it just now that was not sent.
    pub fn is_typed_in(self) -> bool {
        // Not called while it is looked at: one of them may be on its way out.
        self.inside.try_get_value().is_some_and(|inside| inside.iter().any(|is_typed_in| is_typed_in()))
    }

    /// Whether it is gone, or something that it stands in.
    pub fn is_gone(self) -> bool {
        self.gone.try_get() == Some(true) || self.around.try_get_value().flatten().is_some_and(Self::is_gone)
    }

    /// What was typed in it was sent, or is not wanted any more.
    pub fn free(self) {
        self.freed.try_update(|freed| *freed += 1);
        if let Some(around) = self.around.try_get_value().flatten() {
            around.free();
        }
    }

    /// Looks again when what was typed in it goes away.
    pub fn track(self) {
        self.freed.track();
    }

    /// Whether to show something in it: as long as `there` says so, and while something is typed in it.
    pub fn keeps(self, there: impl Fn() -> bool + Send + Sync + 'static) -> Memo<bool> {
        Memo::new(move |last| {
            self.track();
            there() || (last == Some(&true) && self.is_typed_in())
        })
    }
}

/// A list as it is now, with those of its last items that are held: each stands after what it stood after.
pub fn with_held<T: Clone, K: PartialEq>(now: &[T], last: &[T], key: fn(&T) -> K, held: &[K]) -> Vec<T> {
    let mut items = now.to_vec();
    for (place, item) in last.iter().enumerate().filter(|(_, item)| held.contains(&key(item))) {
        let stands = |items: &[T], wanted: &T| items.iter().position(|item| key(item) == key(wanted));
        if stands(&items, item).is_none() {
            let before = last[..place].iter().rev().find_map(|before| stands(&items, before));
            items.insert(before.map_or(0, |before| before + 1), item.clone());
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_stays_where_it_stood() {
        for (now, last, held, expected) in [
            ("abc", "abc", "", "abc"),
            ("ac", "abc", "", "ac"),
            ("ac", "abc", "b", "abc"),
            ("bc", "abc", "a", "abc"),
            ("ab", "abc", "c", "abc"),
            ("d", "abc", "bc", "bcd"),
            ("dac", "abc", "b", "dabc"),
            ("", "abc", "abc", "abc"),
            ("abc", "", "z", "abc"),
        ] {
            let list = |text: &str| text.chars().collect::<Vec<_>>();
            let items = with_held(&list(now), &list(last), |letter| *letter, &list(held));
            assert_eq!(items.iter().collect::<String>(), expected, "{now} after {last}, {held} held");
        }
    }
}
