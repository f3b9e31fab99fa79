//! What a mutation is answered with.

use crate::{Fresh, Receipt};

/// The answer to every mutation: what was written, and what that made old. Only a commit makes one.
///
/// ```compile_fail
/// # let receipt: domain::Receipt = unimplemented!();
/// let forged: domain::Changed<()> = domain::Changed { record: receipt, value: () };
/// ```
pub type Changed<T> = abreast_envelope::Envelope<Receipt, T, Fresh>;
