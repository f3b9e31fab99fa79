//! What a form belonged to is gone: what was typed in it is still here.

use leptos::prelude::*;

use super::copying::Copying;

/// Says so, and lets go of what was typed, or takes it along.
#[component]
pub fn GoneNotice(
    /// All that is typed.
    #[prop(into)]
    typed: Callback<(), String>,
    #[prop(into)] discard: Callback<()>,
) -> impl IntoView {
    let copying = Copying::untried();
    view! {
        <div class="notice" data-kind="warn" role="alert" data-testid="gone">
            <p class="notice-text">
                "What this belongs to was deleted or taken back meanwhile, so it can’t be sent. What you typed is still here."
            </p>
            <div class="notice-actions">
                <button class="button" data-size="small" type="button" on:click=move |_| copying.copy(&typed.run(()))>
                    {move || copying.says("Copy it")}
                </button>
                <button class="button" data-size="small" type="button" on:click=move |_| discard.run(())>"Discard"</button>
            </div>
        </div>
    }
}
