//! The reader's place in a chapter: where they are is noted while they read, and gone to when they read on.

use std::time::Duration;

use domain::{Bookmark, BookmarkReport, ChapterId, KeptSpot, Rev, Spot, StoryId};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{bookmarking::Bookmarking, mine::Opened};
use crate::{api::reading::fetch_spot, bookmarks};

/// How far below the window's upper edge one reads, in pixels: what stands higher was read.
const LINE: f64 = 80.0;
/// After so long without a scroll it is looked where the reader is.
const STILL: Duration = Duration::from_millis(800);
/// Who stays in a chapter for so long reads it.
const STAYS: Duration = Duration::from_secs(3);
/// By then what moves a page that was just opened is there: its font, its pictures.
const SETTLED: Duration = Duration::from_millis(400);

/// Keeps the place in a chapter while it is on screen. Says whether it is the nearest to one that is gone.
pub fn keep_place(story: StoryId, chapter: ChapterId, number: u32) -> RwSignal<bool> {
    let is_nearest = RwSignal::new(false);
    // The router's, because the window has the new address only after a chapter that was fetched ahead is on screen.
    let behind = use_location().hash;
    let place = Place {
        story,
        chapter,
        number,
        bookmarking: Bookmarking::current(),
        last: StoredValue::new(None),
        ended: StoredValue::new(false),
        looks: StoredValue::new(false),
        touched: StoredValue::new(false),
    };
    Effect::new(move || {
        let scroll = window_event_listener(ev::scroll, move |_| place.look_soon());
        let wheel = window_event_listener(ev::wheel, move |_| place.touch());
        let touch = window_event_listener(ev::touchstart, move |_| place.touch());
        let press = window_event_listener(ev::pointerdown, move |_| place.touch());
        let key = window_event_listener(ev::keydown, move |_| place.touch());
        on_cleanup(move || {
            for listener in [scroll, wheel, touch, press, key] {
                listener.remove();
            }
        });
        let opened = behind.with_untracked(|behind| Opened::of(behind));
        is_nearest.set(opened == Some(Opened::Nearest));
        spawn_local(place.open(opened == Some(Opened::AtSpot)));
    });
    is_nearest
}

/// A chapter on screen.
#[derive(Clone, Copy)]
struct Place {
    story: StoryId,
    chapter: ChapterId,
    number: u32,
    bookmarking: Bookmarking,
    /// Where the reader was when that was noted last.
    last: StoredValue<Option<u32>>,
    /// Whether they have been at its end.
    ended: StoredValue<bool>,
    looks: StoredValue<bool>,
    /// Whether the reader has touched the page: then it moves no more by itself.
    touched: StoredValue<bool>,
}

impl Place {
    fn touch(self) {
        self.touched.try_set_value(true);
    }

    /// Learns what is kept, and goes there if the reader wants to read on.
    async fn open(self, at_spot: bool) {
        let kept = match self.bookmarking.viewer() {
            Some(_) => fetch_spot(self.story).await.ok().flatten(),
            None => bookmarks::of_story(None, self.story).map(|here| KeptSpot {
                chapter: here.mark.chapter,
                ended: here.mark.ended,
                spot: here.spot,
                rev: Rev(0),
            }),
        };
        if self.last.is_disposed() {
            return;
        }
        let is_here = kept.is_some_and(|kept| kept.chapter == self.chapter);
        if let Some(kept) = kept {
            self.bookmarking.know(self.story, kept);
            if is_here && at_spot {
                self.last.set_value(Some(kept.spot.paragraph));
                self.go_to(kept.spot);
                set_timeout(move || self.go_to(kept.spot), SETTLED);
            }
        }
        // A chapter that is opened again at its beginning leaves the kept place alone, until it is read.
        if !is_here {
            set_timeout(move || self.look(), STAYS);
        }
    }

    /// Gently: no focus moves, and nothing once the reader has touched the page.
    fn go_to(self, spot: Spot) {
        if self.touched.try_get_value() != Some(false) {
            return;
        }
        let paragraphs = paragraphs();
        let prints: Vec<u32> =
            paragraphs.iter().map(|one| Spot::print_of(&one.text_content().unwrap_or_default())).collect();
        let Some(paragraph) = spot.find(&prints).and_then(|at| paragraphs.get(at)) else { return };
        let there = paragraph.get_bounding_client_rect();
        let into = there.height() * f64::from(spot.thousandth.min(1_000)) / 1_000.0;
        let top = window().scroll_y().unwrap_or_default() + there.top() + into - LINE;
        // To the beginning of a chapter belongs its title.
        if spot.paragraph > 0 || spot.thousandth > 0 {
            window().scroll_to_with_x_and_y(0.0, top);
        }
    }

    fn look_soon(self) {
        if self.looks.try_get_value() == Some(false) {
            self.looks.set_value(true);
            set_timeout(move || self.look(), STILL);
        }
    }

    fn look(self) {
        // The chapter may have left the screen meanwhile.
        if self.looks.try_set_value(false).is_some() {
            return;
        }
        let paragraphs = paragraphs();
        let Some((spot, at_end)) = look(&paragraphs) else { return };
        let had_ended = self.ended.get_value();
        // Who looks something up a little above has read the chapter all the same.
        let ended = at_end || (had_ended && spot.paragraph as usize * 2 >= paragraphs.len());
        if self.last.get_value() == Some(spot.paragraph) && ended == had_ended {
            return;
        }
        self.last.set_value(Some(spot.paragraph));
        self.ended.set_value(ended);
        self.bookmarking.note(BookmarkReport {
            story: self.story,
            mark: Bookmark { chapter: self.chapter, number: self.number, ended },
            spot,
            base: self.bookmarking.base(self.story),
            read: if ended && !had_ended { vec![self.chapter] } else { vec![] },
        });
    }
}

/// Where the reader is, and whether all of the text has been in view.
fn look(paragraphs: &[Element]) -> Option<(Spot, bool)> {
    let bottom = |one: &Element| one.get_bounding_client_rect().bottom();
    let window_ends = window().inner_height().ok()?.as_f64()?;
    // They stand one below the other.
    let at = paragraphs.partition_point(|one| bottom(one) <= LINE).min(paragraphs.len().checked_sub(1)?);
    let here = paragraphs.get(at)?;
    let there = here.get_bounding_client_rect();
    let into = ((LINE - there.top()) / there.height().max(1.0)).clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
    let thousandth = (into * 1_000.0) as u16;
    let print = Spot::print_of(&here.text_content()?);
    let spot = Spot { paragraph: u32::try_from(at).ok()?, print, thousandth };
    Some((spot, bottom(paragraphs.last()?) <= window_ends))
}

/// The paragraphs of the chapter on screen.
fn paragraphs() -> Vec<Element> {
    let Ok(list) = document().query_selector_all(".prose p") else { return vec![] };
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
}
