//! Focus mode: nothing but the sheet and the state of the text. In it, the caret's line may stay at one height.

use leptos::prelude::*;

use super::{surface::Surface, typewriter};
use crate::pages::editor::sight::Sight;

/// The attributes of the page that its style follows: style/pages/focus-mode.css.
const FOCUSED: &str = "data-focused";
const TYPEWRITER: &str = "data-typewriter";

/// Tells the page, as long as a scene is open.
pub fn keep_page_told(sight: Sight, surface: Surface) {
    Effect::new(move |before: Option<bool>| {
        let (is_on, holds) = (sight.focus.get(), sight.typewriter.get());
        tell(FOCUSED, is_on);
        tell(TYPEWRITER, is_on && holds);
        if before.is_some_and(|before| before || is_on) {
            // What had the focus may just have been hidden.
            request_animation_frame(move || {
                surface.take_focus();
                if is_on && holds {
                    typewriter::hold(surface);
                }
            });
        }
        is_on
    });
    on_cleanup(|| {
        if !cfg!(feature = "ssr") {
            tell(FOCUSED, false);
            tell(TYPEWRITER, false);
        }
    });
}

/// The way out, and the choice.
#[component]
pub fn FocusBar(sight: Sight) -> impl IntoView {
    view! {
        <div class="focus-bar">
            <button class="button" data-size="small" data-kind="quiet" type="button" data-testid="typewriter"
                aria-pressed=move || sight.typewriter.get().to_string() on:click=move |_| sight.toggle_typewriter()
            >
                "Typewriter scrolling"
            </button>
            <button class="button" data-size="small" data-kind="quiet" type="button" data-testid="leave-focus"
                title="Escape or Shift+F8" on:click=move |_| sight.toggle_focus()
            >
                "Leave focus mode"
            </button>
        </div>
    }
}

fn tell(name: &str, is_on: bool) {
    let Some(page) = document().document_element() else { return };
    if is_on {
        page.set_attribute(name, "").ok();
    } else {
        page.remove_attribute(name).ok();
    }
}
