//! The buttons above the text. One stop of the Tab key, with arrow keys between them, as in other toolbars.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{keys, tool::Tool};
use crate::{components::Icon, pages::editor::sight::Sight};

/// All tools; `on_tool` does what one is for.
#[component]
pub fn Toolbar(
    on_tool: Callback<Tool>,
    /// Whether words are being looked for.
    #[prop(into)]
    is_finding: Signal<bool>,
    /// How the text is looked at.
    sight: Sight,
) -> impl IntoView {
    let bar = NodeRef::<html::Div>::new();
    let stop = RwSignal::new(0);
    // Which keys there are is known in the browser.
    let is_mac = RwSignal::new(false);
    Effect::new(move || is_mac.set(keys::is_mac()));
    let on_key = move |event: ev::KeyboardEvent| {
        let (key, Some(bar)) = (event.key(), bar.get_untracked()) else { return };
        let Ok(buttons) = bar.query_selector_all("button") else { return };
        let mut at = stop.get_untracked();
        // What works on the text is not there while the preview is in its place.
        for _ in Tool::ALL {
            let Some(next) = next(&key, at) else { return };
            event.prevent_default();
            let button = buttons.item(u32::try_from(next).unwrap_or_default());
            if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok())
                && button.offset_parent().is_some()
            {
                stop.set(next);
                button.focus().ok();
                return;
            }
            at = next;
        }
    };
    Effect::new(move || {
        if sight.preview.get() {
            stop.set(Tool::ALL.iter().position(|tool| *tool == Tool::Preview).unwrap_or_default());
        }
    });
    let button = move |(place, tool): (usize, Tool)| {
        let title = move || match tool.keys(is_mac.get()) {
            Some((keys, _)) => format!("{} ({keys})", tool.name()),
            None => tool.name().to_owned(),
        };
        let keys = move || tool.keys(is_mac.get()).map(|(_, keys)| keys);
        let is_open = move || (tool == Tool::Find).then(|| is_finding.get().to_string());
        let is_pressed = move || match tool {
            Tool::Preview => Some(sight.preview.get().to_string()),
            Tool::Focus => Some(sight.focus.get().to_string()),
            Tool::Bold | Tool::Italic | Tool::Link | Tool::Heading | Tool::Quote | Tool::SceneBreak | Tool::Find => {
                None
            }
        };
        // A press leaves the focus, and so the selection, in the text.
        view! {
            <button class="toolbar-button" type="button" title=title aria-label=tool.name() aria-keyshortcuts=keys
                aria-expanded=is_open aria-pressed=is_pressed tabindex=move || if stop.get() == place { "0" } else { "-1" }
                on:mousedown=move |event| event.prevent_default() on:focus=move |_| stop.set(place)
                on:click=move |_| on_tool.run(tool)
            >
                <Icon name=tool.icon() />
            </button>
        }
    };
    view! {
        <div class="toolbar" role="toolbar" aria-label="Formatting" aria-controls="scene-content" node_ref=bar on:keydown=on_key>
            {Tool::ALL.into_iter().enumerate().map(button).collect_view()}
        </div>
    }
}

/// The button that a key goes to.
fn next(key: &str, at: usize) -> Option<usize> {
    let last = Tool::ALL.len() - 1;
    match key {
        "ArrowRight" => Some(if at == last { 0 } else { at + 1 }),
        "ArrowLeft" => Some(at.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_go_around() {
        for (key, at, expected) in [
            ("ArrowRight", 0, Some(1)),
            ("ArrowRight", 8, Some(0)),
            ("ArrowLeft", 0, Some(8)),
            ("End", 2, Some(8)),
            ("Home", 2, Some(0)),
            ("a", 2, None),
        ] {
            assert_eq!(next(key, at), expected, "{key} {at}");
        }
    }
}
