//! What a form belonged to is gone: what was typed in it is still here.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Says so, and lets go of what was typed, or takes it along.
#[component]
pub fn GoneNotice(
    /// All that is typed.
    #[prop(into)]
    typed: Callback<(), String>,
    #[prop(into)] discard: Callback<()>,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    view! {
        <div class="notice" data-kind="warn" role="alert" data-testid="gone">
            <p class="notice-text">
                "What this belongs to was deleted or taken back meanwhile, so it can’t be sent. What you typed is still here."
            </p>
            <div class="notice-actions">
                <button class="button" data-size="small" type="button" on:click=move |_| copied.set(copy_text(&typed.run(())))>
                    {move || if copied.get() { "Copied" } else { "Copy it" }}
                </button>
                <button class="button" data-size="small" type="button" on:click=move |_| discard.run(())>"Discard"</button>
            </div>
        </div>
    }
}

/// Puts a text into the clipboard, if this browser lets us.
pub fn copy_text(text: &str) -> bool {
    let write = || {
        let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
        let write = Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into::<js_sys::Function>().ok()?;
        write.call1(&clipboard, &text.into()).ok()
    };
    write().is_some()
}
