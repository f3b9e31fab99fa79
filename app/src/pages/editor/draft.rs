//! A draft: what is typed and not saved, kept in this browser until a save is acknowledged.

use domain::{Millis, Rev, UserId};
use serde::{Deserialize, Serialize};

use super::sheet::Fields;
use crate::cache::Storage;

/// A draft as localStorage keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft<F> {
    /// The texts.
    pub fields: F,
    /// The revision they were begun from.
    pub base: Rev,
    /// When they were kept.
    pub at: Millis,
}

/// The name of a draft in localStorage. The viewer is in it: nobody is offered another's text.
pub fn name(viewer: UserId, kind: &str, id: impl std::fmt::Display) -> String {
    format!("quire-draft-{viewer}-{kind}-{id}")
}

impl<F: Fields> Draft<F> {
    /// The draft of this name. One that can't be read was not written by this version.
    pub fn find(name: &str) -> Option<Self> {
        serde_json::from_str(&Storage::get(name)?).ok()
    }

    /// Keeps it. False if storage would not take it.
    pub fn keep(&self, name: &str) -> bool {
        serde_json::to_string(self).is_ok_and(|text| Storage::set(name, &text))
    }

    /// Forgets the draft of this name if it says just this: another tab's is not ours to lose.
    pub fn forget(name: &str, fields: &F) {
        if Self::find(name).is_some_and(|draft| draft.fields.same(fields)) {
            Storage::unset(name);
        }
    }
}

/// The time, by this browser's clock.
pub fn now() -> Millis {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    Millis(js_sys::Date::now() as i64)
}
