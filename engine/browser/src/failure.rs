//! What the engine must know of the error that an app's server functions fail with.

use std::fmt::Debug;

use abreast_core::Seq;
use leptos::prelude::FromServerFnError;
use serde::{Serialize, de::DeserializeOwned};

/// An app's error, in words for people.
pub trait Failure:
    Debug + Clone + PartialEq + FromServerFnError + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// What was asked for is not there.
    fn not_found() -> Self;
    /// The server can't answer just now.
    fn unavailable() -> Self;
    /// What was sent can't be understood; the detail is a decoder's, or a sentence of the engine's.
    fn unreadable(detail: &str) -> Self;
    /// More was sent than may be sent at once.
    fn too_large() -> Self;
    /// The answer is for its viewer alone, and another one asks.
    fn signed_out() -> Self;

    /// Its HTTP status.
    fn status(&self) -> u16;
    /// In how many seconds the same may be asked again, if it was too much at once.
    fn retry_after(&self) -> Option<u64> {
        None
    }

    /// The position at which the server found nothing, if it says so.
    fn not_there(&self) -> Option<Seq>;
    /// Whether the server was asked and said no, as opposed to not having been reached.
    fn is_refusal(&self) -> bool;
}
