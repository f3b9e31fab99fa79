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
    /// A form's fields can't be read; the detail is a decoder's.
    fn unreadable(detail: &str) -> Self;

    /// The position at which the server found nothing, if it says so.
    fn not_there(&self) -> Option<Seq>;
    /// Whether the server was asked and said no, as opposed to not having been reached.
    fn is_refusal(&self) -> bool;
}
