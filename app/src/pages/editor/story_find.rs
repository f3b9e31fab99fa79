//! Finding and replacing through the whole story.
//!
//! In reading order: this handle, `choice` (which matches are left out), `rows` (what the list shows), `jump` (from the
//! list to the text), `replacing` (the one write and its Undo), and the display: `panel`, `fields`, `list`.

mod choice;
mod fields;
mod jump;
mod list;
mod panel;
mod replacing;
mod rows;

use std::time::Duration;

use domain::{Needle, StoryId, StoryMatches, UserId};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use self::{choice::LeftOut, jump::Jump};
pub use self::{jump::go_on_jump, panel::StoryFindPanel};
use super::wanted::Wanted;

/// How long after the last key words are looked for.
const PAUSE: Duration = Duration::from_millis(250);

/// Finding in a story; a handle to it.
#[derive(Clone, Copy)]
pub struct StoryFinder {
    /// Whether its panel is shown.
    pub is_open: RwSignal<bool>,
    /// What is looked for, as it is typed.
    pub wanted: RwSignal<Wanted>,
    /// Whether other words are to take its place.
    is_replacing: RwSignal<bool>,
    /// What takes its place.
    with: RwSignal<String>,
    /// What the server is asked for.
    needle: Memo<Option<Needle>>,
    left_out: RwSignal<LeftOut>,
    jump: RwSignal<Option<Jump>>,
    /// What is typed in the open scene is to be kept now: the server looks in what it has.
    pub keep: Trigger,
}

impl StoryFinder {
    /// Closed.
    pub fn new() -> Self {
        let (is_open, wanted) = (RwSignal::new(false), RwSignal::new(Wanted::default()));
        let (asked, left_out) = (RwSignal::new(None::<Needle>), RwSignal::new(LeftOut::default()));
        let needle = Memo::new(move |_| asked.get());
        let timer = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move || {
            let needle = is_open.get().then(|| wanted.with(Wanted::needle)).and_then(Result::ok);
            if let Some(timer) = timer.get_value() {
                timer.clear();
            }
            let ask = move || drop(asked.try_set(needle));
            timer.set_value(set_timeout_with_handle(ask, PAUSE).ok());
        });
        Effect::new(move || {
            needle.track();
            left_out.set(LeftOut::default());
        });
        Self {
            is_open,
            wanted,
            is_replacing: RwSignal::new(false),
            with: RwSignal::new(String::new()),
            needle,
            left_out,
            jump: RwSignal::new(None),
            keep: Trigger::new(),
        }
    }

    /// The question, while there is one.
    pub fn question(self, viewer: UserId, story: StoryId) -> Option<StoryMatches> {
        self.is_open.get().then(|| self.needle.get()).flatten().map(|needle| StoryMatches { viewer, story, needle })
    }

    /// Opens, and looks for this, if it is anything.
    pub fn open(self, wanted: Option<Wanted>) {
        if let Some(wanted) = wanted.filter(|wanted| !wanted.words.is_empty()) {
            self.wanted.set(wanted);
        }
        self.keep.notify();
        self.is_open.set(true);
        panel::take_focus();
    }

    /// Closes, and goes back to the text.
    pub fn close(self) {
        self.is_open.set(false);
        panel::leave_focus();
    }

    /// Ctrl+Shift+F, or Cmd+Shift+F, opens it from wherever the focus is, with what is selected in the text.
    pub fn open_on_shortcut(self) {
        Effect::new(move || {
            let pressed = window_event_listener(ev::keydown, move |event| {
                let is_held = (event.ctrl_key() || event.meta_key()) && event.shift_key() && !event.alt_key();
                if is_held && (event.key().eq_ignore_ascii_case("f") || event.code() == "KeyF") {
                    event.prevent_default();
                    let before = self.wanted.get_untracked();
                    self.open(selected().map(|words| Wanted { words, ..before }));
                }
            });
            on_cleanup(move || pressed.remove());
        });
    }
}

/// What is selected in the text, if that is a few words.
fn selected() -> Option<String> {
    let area = document().active_element()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    let unit = |place: Result<Option<u32>, _>| usize::try_from(place.ok()??).ok();
    let (start, end) = (unit(area.selection_start())?, unit(area.selection_end())?);
    let units: Vec<u16> = area.value().encode_utf16().skip(start).take(end - start).collect();
    Some(String::from_utf16_lossy(&units)).filter(|words| !words.is_empty() && !words.contains('\n'))
}
