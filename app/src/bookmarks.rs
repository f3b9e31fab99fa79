//! Bookmarks in this browser: a visitor's own, and what of a member's the library has not been told yet.

use domain::{BookmarkReport, BookmarkReports, StoryId, UserId};

use crate::{cache::Storage, draft::now};

/// The library hears of one browser's reader every so many milliseconds at most.
const EVERY: i64 = 15_000;

/// When it heard last.
const TOLD_AT: &str = "quire-bookmarks-told";

/// Those of a visitor, or those of a member that are to be told; the last read first.
pub fn all(viewer: Option<UserId>) -> Vec<BookmarkReport> {
    Storage::get(&name(viewer)).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// The one in the story that was read last.
pub fn last(viewer: Option<UserId>) -> Option<BookmarkReport> {
    all(viewer).into_iter().next()
}

/// The one in a story.
pub fn of_story(viewer: Option<UserId>, story: StoryId) -> Option<BookmarkReport> {
    all(viewer).into_iter().find(|one| one.story == story)
}

/// Notes where a reader is. What they read to the end before stays read.
pub fn note(viewer: Option<UserId>, mut report: BookmarkReport) {
    let mut all = all(viewer);
    if let Some(at) = all.iter().position(|one| one.story == report.story) {
        report.read.extend(all.remove(at).read);
    }
    report.read.sort_unstable();
    report.read.dedup();
    report.read.truncate(BookmarkReports::MOST_READ);
    all.insert(0, report);
    all.truncate(BookmarkReports::MOST);
    keep(viewer, &all);
}

/// Forgets what the library was told, unless it became another meanwhile.
pub fn forget(viewer: Option<UserId>, told: &[BookmarkReport]) {
    let left: Vec<_> = all(viewer).into_iter().filter(|one| !told.contains(one)).collect();
    keep(viewer, &left);
}

/// Forgets all of a member's.
pub fn forget_all(viewer: UserId) {
    Storage::unset(&name(Some(viewer)));
}

/// How many milliseconds it is until the library may be told.
pub fn wait() -> i64 {
    let told_at = Storage::get(TOLD_AT).and_then(|at| at.parse::<i64>().ok());
    // A clock that was set back keeps nobody waiting.
    told_at.map_or(0, |at| (at + EVERY - now().0).clamp(0, EVERY))
}

/// The library is told now, by one of this browser's tabs.
pub fn note_told() {
    Storage::set(TOLD_AT, &now().0.to_string());
}

fn keep(viewer: Option<UserId>, all: &[BookmarkReport]) {
    if all.is_empty() {
        Storage::unset(&name(viewer));
    } else if let Ok(text) = serde_json::to_string(all) {
        Storage::set(&name(viewer), &text);
    }
}

fn name(viewer: Option<UserId>) -> String {
    viewer.map_or_else(|| "quire-bookmarks".to_owned(), |viewer| format!("quire-bookmarks-{viewer}"))
}
