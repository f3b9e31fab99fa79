//! A value together with the record that its commit left in the log.
//!
//! A package of its own, because visibility between packages is the only kind that the compiler
//! enforces across layers: an app gives the type a name, and only the engine's server half, which
//! commits, calls [`seal`]. All other holders of an [`Envelope`] got it from a commit, or over the wire.

use serde::{Deserialize, Serialize};

/// A value and the record of the commit that made it true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope<R, T, F> {
    record: R,
    value: T,
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    fresh: Vec<F>,
}

impl<R, T, F> Envelope<R, T, F> {
    /// What the commit left in the log.
    pub const fn record(&self) -> &R {
        &self.record
    }

    /// What was written.
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// Both, apart.
    pub fn open(self) -> (R, T) {
        (self.record, self.value)
    }

    /// The same commit, answered with something made of its value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Envelope<R, U, F> {
        Envelope { record: self.record, value: make(self.value), fresh: self.fresh }
    }

    /// The same, bringing along what was read after the commit.
    #[must_use]
    pub fn carrying(self, fresh: Vec<F>) -> Self {
        Self { fresh, ..self }
    }

    /// Takes out what it brought along.
    pub fn take_fresh(&mut self) -> Vec<F> {
        std::mem::take(&mut self.fresh)
    }
}

/// Closes a value up with its record. For the end of a transaction, and nowhere else.
pub const fn seal<R, T, F>(record: R, value: T) -> Envelope<R, T, F> {
    Envelope { record, value, fresh: Vec::new() }
}
