//! Bookmarking: a tab tells the library where its reader is, every quarter of a minute at most.
//!
//! What is to be told is in localStorage until the library has it. So it outlives the page, and what a visitor read
//! comes into their account as soon as they sign in.

use std::time::Duration;

use domain::{BookmarkReport, BookmarkReports, KeptSpot, Rev, StoryId, UserId};
use leptos::{ev, prelude::*, task::spawn_local};

use crate::{
    AppError,
    api::reading::{KeepBookmarks, keep_spot},
    bookmarks, boot,
    cache::{Mutation, use_mutation},
};

/// What a tab knows of its reader's place; a handle to it.
#[derive(Clone, Copy)]
pub struct Bookmarking {
    viewer: Option<UserId>,
    keep: Mutation<KeepBookmarks>,
    /// What the library keeps of a story.
    known: StoredValue<Option<(StoryId, KeptSpot)>>,
    is_due: StoredValue<bool>,
}

impl Bookmarking {
    /// For the whole page. What is left from before is told soon.
    pub(super) fn provide() {
        let bookmarking = Self {
            viewer: boot::viewer().map(|viewer| viewer.user),
            keep: use_mutation(),
            known: StoredValue::new(None),
            is_due: StoredValue::new(false),
        };
        provide_context(bookmarking);
        Effect::new(move || {
            if bookmarking.viewer.is_none() {
                return;
            }
            bookmarking.due();
            window_event_listener(ev::pagehide, move |_| {
                if bookmarks::wait() == 0 {
                    bookmarking.tell();
                }
            });
        });
    }

    /// That of the page at hand.
    pub fn current() -> Self {
        expect_context()
    }

    /// Whose.
    pub const fn viewer(self) -> Option<UserId> {
        self.viewer
    }

    /// What the library keeps of a story is known.
    pub fn know(self, story: StoryId, kept: KeptSpot) {
        self.known.set_value(Some((story, kept)));
    }

    /// The revision of what it keeps, as far as is known.
    pub fn base(self, story: StoryId) -> Rev {
        self.known(story).map_or(Rev(0), |kept| kept.rev)
    }

    /// Notes where the reader is; the library is told when it may be.
    pub fn note(self, report: BookmarkReport) {
        bookmarks::note(self.viewer, report);
        if self.viewer.is_some() {
            self.due();
        }
    }

    fn due(self) {
        if self.is_due.get_value() {
            return;
        }
        self.is_due.set_value(true);
        // The first second belongs to what is on screen.
        let wait = bookmarks::wait().max(1_000);
        set_timeout(move || self.tell(), Duration::from_millis(wait.unsigned_abs()));
    }

    fn tell(self) {
        self.is_due.set_value(false);
        let (own, mut of_visitor) = (bookmarks::all(self.viewer), bookmarks::all(None));
        // As many as fit into one request; the others are told the next time.
        of_visitor.truncate(BookmarkReports::MOST.saturating_sub(own.len()));
        if own.is_empty() && of_visitor.is_empty() {
            return;
        }
        // Another tab may have told something meanwhile.
        if bookmarks::wait() > 0 {
            return self.due();
        }
        bookmarks::note_told();
        spawn_local(async move {
            let told = match own.as_slice() {
                [report] if of_visitor.is_empty() && self.is_in_known_chapter(report) => {
                    keep_spot(report.story, report.mark.chapter, report.spot, report.base).await
                }
                _ => self.keep(&own, &of_visitor).await,
            };
            match told {
                // Too often, or no line: another time.
                Err(error) if !is_final(&error) => return,
                Err(_) | Ok(None) => {}
                Ok(Some(kept)) => {
                    if let Some(report) = own.first() {
                        self.know(report.story, kept);
                    }
                }
            }
            bookmarks::forget(self.viewer, &own);
            bookmarks::forget(None, &of_visitor);
        });
    }

    async fn keep(self, own: &[BookmarkReport], of_visitor: &[BookmarkReport]) -> Result<Option<KeptSpot>, AppError> {
        let mut reports = own.to_vec();
        // What a visitor had read is late by now: it moves nothing back.
        reports.extend(of_visitor.iter().cloned());
        let reports = BookmarkReports::try_from(reports).map_err(|error| AppError::Invalid(error.to_string()))?;
        self.keep.send(KeepBookmarks { reports }).await
    }

    /// Whether nothing changed but where in the chapter the reader is.
    fn is_in_known_chapter(self, report: &BookmarkReport) -> bool {
        let is_known = |kept: KeptSpot| kept.chapter == report.mark.chapter && kept.ended == report.mark.ended;
        report.read.is_empty() && self.known(report.story).is_some_and(is_known)
    }

    fn known(self, story: StoryId) -> Option<KeptSpot> {
        self.known.get_value().filter(|(of, _)| *of == story).map(|(_, kept)| kept)
    }
}

/// Whether it makes no sense to tell the same again.
const fn is_final(error: &AppError) -> bool {
    matches!(error, AppError::NotFound | AppError::NotThere(_) | AppError::Invalid(_) | AppError::Full(_))
}
