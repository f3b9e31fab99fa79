//! Several lines of text in a form.

use leptos::{ev::KeyboardEvent, prelude::*};
use web_sys::{HtmlTextAreaElement, wasm_bindgen::JsCast};

/// A labelled text area that has its text before a script runs.
#[component]
pub fn TextArea(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The field's name in the form.
    #[prop(default = "text")]
    name: &'static str,
    /// What to write here.
    #[prop(into)]
    label: String,
    /// Its first text.
    #[prop(optional, into)]
    value: String,
    /// Lines that are always visible.
    #[prop(default = 3)]
    rows: u32,
    /// The most characters that fit.
    most: usize,
    /// Whether it may be empty.
    #[prop(optional)]
    may_be_empty: bool,
    /// Whether Ctrl+Enter sends its form, or Cmd+Enter.
    #[prop(optional)]
    sends: bool,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" r#for=id.clone()>{label}</label>
            // Leptos writes a text area's children into the page as they are: hence `escaped`.
            <textarea
                class="field-input"
                dir="auto"
                id=id
                name=name
                rows=rows
                maxlength=most
                required=!may_be_empty
                inner_html=escaped(&value)
                aria-keyshortcuts=sends.then_some("Control+Enter Meta+Enter")
                on:keydown=move |event| if sends { send_by_key(&event) }
            ></textarea>
        </div>
    }
}

fn send_by_key(event: &KeyboardEvent) {
    let is_it = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
    if !is_it || event.repeat() || event.is_composing() {
        return;
    }
    let area = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
    if let Some(form) = area.and_then(|area| area.form()) {
        event.prevent_default();
        // As by its button: what is required is asked for.
        form.request_submit().ok();
    }
}

/// The text as HTML that shows it.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_leaves_its_element() {
        assert_eq!(super::escaped("</textarea><b>&lt;"), "&lt;/textarea&gt;&lt;b&gt;&amp;lt;");
    }
}
