//! Optimistic layers: what a click promises, laid over the confirmed Entry until the log confirms it.
//!
//! Nothing is snapshotted and restored: a layer is a patch, the value on screen is the confirmed
//! one with all patches applied, and a failed layer is simply taken away. So two overlapping
//! failures leave nothing behind, and an answer that lands in between is patched anew.

use std::sync::Arc;

use crate::seq::Seq;

/// Which layer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LayerId(u64);

/// A change to a value that is not confirmed yet.
pub type Patch<T> = Arc<dyn Fn(&mut T) + Send + Sync>;

/// The layers over one query's value.
#[derive(Clone)]
pub struct Layers<T> {
    next: u64,
    layers: Vec<Layer<T>>,
}

#[derive(Clone)]
struct Layer<T> {
    id: LayerId,
    patch: Patch<T>,
    /// The position at which the server says that it is done.
    acknowledged: Option<Seq>,
}

impl<T> Default for Layers<T> {
    fn default() -> Self {
        Self { next: 0, layers: vec![] }
    }
}

impl<T: Clone> Layers<T> {
    /// Lays a patch on top.
    pub fn push(&mut self, patch: Patch<T>) -> LayerId {
        let id = LayerId(self.next);
        self.next += 1;
        self.layers.push(Layer { id, patch, acknowledged: None });
        id
    }

    /// The server has done it, at `seq`: the layer stays until an Entry that contains it arrives.
    pub fn acknowledge(&mut self, id: LayerId, seq: Seq) {
        for layer in self.layers.iter_mut().filter(|layer| layer.id == id) {
            layer.acknowledged = Some(seq);
        }
    }

    /// The server refused: the layer is taken away, the others stay.
    pub fn withdraw(&mut self, id: LayerId) {
        self.layers.retain(|layer| layer.id != id);
    }

    /// An Entry read at `as_of` is here: what it contains needs no layer any more.
    pub fn confirm(&mut self, as_of: Seq) {
        self.layers.retain(|layer| layer.acknowledged.is_none_or(|seq| seq > as_of));
    }

    /// The value as it will be once everything is confirmed.
    pub fn over(&self, confirmed: &T) -> T {
        let mut value = confirmed.clone();
        for layer in &self.layers {
            (layer.patch)(&mut value);
        }
        value
    }

    /// Whether nothing is laid over.
    pub fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn add(n: i64) -> Patch<i64> {
        Arc::new(move |value| *value += n)
    }

    #[test]
    fn two_overlapping_failures_leave_nothing_behind() {
        let mut layers = Layers::default();
        let (first, second) = (layers.push(add(1)), layers.push(add(10)));
        assert_eq!(layers.over(&100), 111);
        layers.withdraw(first);
        assert_eq!(layers.over(&100), 110);
        layers.withdraw(second);
        assert_eq!(layers.over(&100), 100);
        assert!(layers.is_empty());
    }

    #[test]
    fn an_acknowledged_layer_waits_for_an_entry_that_contains_it() {
        let mut layers = Layers::default();
        let layer = layers.push(add(1));
        layers.acknowledge(layer, Seq(7));
        layers.confirm(Seq(6));
        assert_eq!(layers.over(&100), 101, "the entry is older than the write");
        layers.confirm(Seq(7));
        assert_eq!(layers.over(&101), 101, "the entry contains the write");
    }

    proptest! {
        /// Whatever the interleaving, once all is settled the screen shows the confirmed value.
        #[test]
        fn settled_means_confirmed(fates in proptest::collection::vec(any::<bool>(), 0..12)) {
            let mut layers = Layers::default();
            let mut truth = 0;
            let ids: Vec<_> = fates.iter().map(|_| layers.push(add(1))).collect();
            for (place, (id, done)) in ids.into_iter().zip(&fates).enumerate() {
                if *done {
                    truth += 1;
                    layers.acknowledge(id, Seq(place as u64 + 1));
                } else {
                    layers.withdraw(id);
                }
            }
            layers.confirm(Seq(fates.len() as u64));
            prop_assert_eq!(layers.over(&truth), truth);
        }
    }
}
