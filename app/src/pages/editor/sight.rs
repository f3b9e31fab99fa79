//! How a scene is looked at: with a preview, or with nothing around it. Remembered in this browser.

use leptos::prelude::*;

use crate::cache::Storage;

/// Where this browser remembers that there is nothing around the sheet, and that the caret's line stays in its place.
const FOCUS: &str = "quire-focus";
const TYPEWRITER: &str = "quire-typewriter";

/// How the sheet is shown; a handle to it. It outlives the sheet: another scene is looked at in the same way.
#[derive(Clone, Copy)]
pub struct Sight {
    /// Whether the preview is.
    pub preview: RwSignal<bool>,
    /// Whether nothing is.
    pub focus: RwSignal<bool>,
    /// Whether, then, the caret's line stays at one height.
    pub typewriter: RwSignal<bool>,
}

impl Sight {
    /// As this browser remembers it, once the page is alive.
    pub fn new() -> Self {
        let sight =
            Self { preview: RwSignal::new(false), focus: RwSignal::new(false), typewriter: RwSignal::new(false) };
        Effect::new(move || {
            sight.focus.set(Storage::get(FOCUS).is_some());
            sight.typewriter.set(Storage::get(TYPEWRITER).is_some());
        });
        sight
    }

    /// Shows the preview, or hides it.
    pub fn toggle_preview(self) {
        self.preview.update(|preview| *preview = !*preview);
    }

    /// Hides everything around the sheet, or shows it.
    pub fn toggle_focus(self) {
        self.focus.update(|focus| *focus = !*focus);
        remember(FOCUS, self.focus.get_untracked());
    }

    /// Holds the caret's line at one height, or lets it go.
    pub fn toggle_typewriter(self) {
        self.typewriter.update(|typewriter| *typewriter = !*typewriter);
        remember(TYPEWRITER, self.typewriter.get_untracked());
    }
}

fn remember(name: &str, is_on: bool) {
    if is_on {
        Storage::set(name, "on");
    } else {
        Storage::unset(name);
    }
}
