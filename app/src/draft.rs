//! A draft: typed and unsaved text, kept in this browser until a save is acknowledged.
//!
//! Every form keeps its own, so two tabs at one text don't overwrite each other's. A form that is opened takes
//! over one that it finds, and can't know whether the form that wrote it is still open somewhere: if it is, it
//! hears that its draft was taken, and puts it back.

use std::time::Duration;

use domain::{Millis, Rev, UserId, date::MONTHS};
use leptos::prelude::set_timeout;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use web_sys::StorageEvent;

use crate::cache::Storage;

/// The texts of a form.
pub trait Fields: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Their names on screen, and the texts.
    fn parts(&self) -> Vec<(&str, &str)>;

    /// Whether the server would keep the same of both: it takes spaces off the ends.
    fn same(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.parts(), other.parts());
        ours.len() == theirs.len()
            && ours.iter().zip(theirs).all(|((_, ours), (_, theirs))| ours.trim_end() == theirs.trim_end())
    }
}

/// A draft as localStorage keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft<F> {
    /// The texts.
    pub fields: F,
    /// The revision they were begun from.
    pub base: Rev,
    /// When they were kept.
    pub at: Millis,
    /// The revision and the texts of the working copy that they were begun from, where there is such a thing.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub known: Option<(Rev, F)>,
}

/// By then a form whose draft was taken over has kept its text anew.
const SURELY_KEPT: Duration = Duration::from_secs(1);

/// What stands in a draft's place for a moment when another form takes it over.
const TAKEN: &str = "taken";

/// The prefix of the names of a text's drafts in localStorage. The viewer is in it: no other person is offered them.
pub fn prefix(viewer: UserId, kind: &str, id: impl std::fmt::Display) -> String {
    format!("{}{kind}-{id}", prefix_of_all(viewer))
}

/// How the names of all of a viewer's drafts begin.
pub fn prefix_of_all(viewer: UserId) -> String {
    format!("quire-draft-{viewer}-")
}

/// A name for the draft of a form that opens. In the browser only.
pub fn own_name(prefix: &str) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 2^52")]
    let chance = (js_sys::Math::random() * 4_503_599_627_370_496.0) as u64;
    format!("{prefix}-{chance:x}")
}

/// Forgets all drafts whose names begin so.
pub fn forget_all(prefix: &str) {
    for name in Storage::names(prefix) {
        Storage::unset(&name);
    }
}

/// Where this tab notes whose drafts go, once their account is deleted.
const LEAVING: &str = "quire-leaving";

/// Notes that a person is about to delete their account. It may be refused: nothing of theirs goes yet.
pub fn note_leaving(viewer: UserId) {
    Storage::set_of_tab(LEAVING, &prefix_of_all(viewer));
}

/// Forgets the drafts of the person who deleted their account in this tab.
pub fn forget_of_leaver() {
    if let Some(prefix) = Storage::of_tab(LEAVING) {
        forget_all(&prefix);
        Storage::unset_of_tab(LEAVING);
    }
}

/// Whether another tab says that it took over the draft of this name.
pub fn was_taken(event: &StorageEvent, name: &str) -> bool {
    event.key().as_deref() == Some(name) && event.new_value().as_deref() == Some(TAKEN)
}

impl<F: Fields> Draft<F> {
    /// The drafts of a text that other forms wrote, with their names: this tab's last one first, then the newest.
    pub fn left(prefix: &str) -> Vec<(String, Self)> {
        let own = Storage::of_tab(prefix);
        for name in Storage::names(prefix) {
            sweep(&name);
        }
        let mut left: Vec<(String, Self)> = Storage::names(prefix)
            .into_iter()
            .filter_map(|name| Self::find(&name).map(|draft| (name, draft)))
            .collect();
        left.sort_by_key(|(name, draft)| (own.as_ref() != Some(name), std::cmp::Reverse(draft.at)));
        left
    }

    /// Takes over this draft of another form's: it is kept under a name of ours from now on. False if storage
    /// would not take it, and then nothing is changed.
    pub fn take_over(&self, from: &str, prefix: &str, name: &str) -> bool {
        if !self.keep(prefix, name) {
            return false;
        }
        // It tells a form that is still open in another tab, which keeps its text anew, and may do so at once: taken
        // out now, that would go too.
        Storage::set(from, TAKEN);
        let from = from.to_owned();
        set_timeout(move || sweep(&from), SURELY_KEPT);
        true
    }

    /// Keeps it. False if storage would not take it.
    pub fn keep(&self, prefix: &str, name: &str) -> bool {
        // Loaded anew, or restored with its browser, a tab finds its own again even where others have theirs.
        Storage::set_of_tab(prefix, name);
        serde_json::to_string(self).is_ok_and(|text| Storage::set(name, &text))
    }

    /// Forgets the draft of this name if it says just this.
    pub fn forget(name: &str, fields: &F) {
        if Self::find(name).is_some_and(|draft| draft.fields.same(fields)) {
            Storage::unset(name);
        }
    }

    /// The draft of this name. One that can't be read was not written by this version.
    fn find(name: &str) -> Option<Self> {
        serde_json::from_str(&Storage::get(name)?).ok()
    }
}

/// Whether there are drafts whose names begin so.
pub fn is_any(prefix: &str) -> bool {
    Storage::names(prefix).iter().any(|name| !is_taken(name))
}

/// Whether a draft was here, and is another form's now.
fn is_taken(name: &str) -> bool {
    Storage::get(name).as_deref() == Some(TAKEN)
}

/// Takes out what is left of a draft that was taken over.
fn sweep(name: &str) {
    if is_taken(name) {
        Storage::unset(name);
    }
}

/// The time, by this browser's clock.
pub fn now() -> Millis {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    Millis(js_sys::Date::now() as i64)
}

/// A time as people say it, with its day unless that is today, and as machines read it. In the browser only.
pub fn times(at: Millis) -> (String, String) {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds, far below 2^53")]
    let date = |at: Millis| js_sys::Date::new(&(at.0 as f64).into());
    let (then, today) = (date(at), date(now()));
    let clock = format!("{:02}:{:02}", then.get_hours(), then.get_minutes());
    let day = |date: &js_sys::Date| (date.get_full_year(), date.get_month(), date.get_date());
    let words = if day(&then) == day(&today) {
        clock
    } else if now().0 - at.0 < 6 * 24 * 60 * 60 * 1_000 {
        format!("{}, {clock}", WEEK.get(then.get_day() as usize).unwrap_or(&""))
    } else {
        let month = MONTHS.get(then.get_month() as usize).unwrap_or(&"");
        format!("{} {month} {}, {clock}", then.get_date(), then.get_full_year())
    };
    (words, String::from(then.to_iso_string()))
}

const WEEK: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
