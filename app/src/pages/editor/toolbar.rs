//! The toolbar over a scene's text, and the same by keys.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDocument, HtmlTextAreaElement};

use super::formatting::{Edit, Format};

/// The text area that it changes.
const TEXT: &str = "scene-content";

const TOOLS: [(Format, &str, &str, &str, Option<&str>); 5] = [
    (Format::Strong, "B", "Strong", "tool-strong", Some("Control+B")),
    (Format::Emphasis, "I", "Emphasis", "tool-emphasis", Some("Control+I")),
    (Format::Link, "Link", "Link", "tool-link", Some("Control+K")),
    (Format::Quote, "Quote", "Quote", "tool-quote", None),
    (Format::Break, "* * *", "Scene break", "tool-break", None),
];

/// Buttons that change what is selected in the text.
#[component]
pub fn Toolbar() -> impl IntoView {
    let tools = TOOLS.map(|(format, shown, label, testid, keys)| {
        let title =
            keys.map_or_else(|| label.to_owned(), |keys| format!("{label} ({})", keys.replace("Control", "Ctrl")));
        // Pressed by a hand, it leaves the focus in the text, and so on a phone the keyboard stays.
        view! {
            <button class="tool" type="button" title=title aria-label=label aria-keyshortcuts=keys data-testid=testid
                on:mousedown=|event| event.prevent_default() on:click=move |_| apply(format)>{shown}</button>
        }
    });
    view! { <div class="toolbar" role="group" aria-label="Formatting">{tools.collect_view()}</div> }
}

/// Ctrl+B, Ctrl+I and Ctrl+K in the text, or with Cmd.
pub fn on_key(event: &ev::KeyboardEvent) {
    let is_command = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
    if !is_command || text_area().is_none_or(|area| event.target().as_ref() != Some(area.as_ref())) {
        return;
    }
    let format = match event.key().to_lowercase().as_str() {
        "b" => Format::Strong,
        "i" => Format::Emphasis,
        "k" => Format::Link,
        _ => return,
    };
    event.prevent_default();
    apply(format);
}

fn apply(format: Format) {
    let Some(area) = text_area() else { return };
    let (Ok(Some(start)), Ok(Some(end))) = (area.selection_start(), area.selection_end()) else { return };
    change(&area, &format.edit(&area.value(), start, end));
}

/// Changes the text as if it were typed: so the browser's own Undo takes it back.
fn change(area: &HtmlTextAreaElement, edit: &Edit) {
    area.focus().ok();
    area.set_selection_range(edit.from, edit.to).ok();
    let document = document().unchecked_into::<HtmlDocument>();
    let typed = if edit.with.is_empty() {
        document.exec_command("delete")
    } else {
        document.exec_command_with_show_ui_and_value("insertText", false, &edit.with)
    };
    if typed != Ok(true) {
        area.set_range_text_with_start_and_end(&edit.with, edit.from, edit.to).ok();
        if let Ok(input) = Event::new("input") {
            area.dispatch_event(&input).ok();
        }
    }
    area.set_selection_range(edit.selected.0, edit.selected.1).ok();
}

fn text_area() -> Option<HtmlTextAreaElement> {
    document().get_element_by_id(TEXT)?.dyn_into().ok()
}
