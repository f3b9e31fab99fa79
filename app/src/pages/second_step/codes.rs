//! New recovery codes, shown once: to be copied, printed or kept as a file. All but the copying works without a script.

use domain::RecoveryCode;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::components::Copying;

/// The codes, and what to do with them.
#[component]
pub fn Codes(
    codes: Vec<RecoveryCode>,
    /// Whether the second step was turned on a moment ago.
    is_on: bool,
) -> impl IntoView {
    let lines: Vec<String> = codes.iter().map(RecoveryCode::to_string).collect();
    let file = format!("Quire: recovery codes. Each lets you in once.\n\n{}\n", lines.join("\n"));
    let address = format!("data:text/plain;charset=utf-8,{}", utf8_percent_encode(&file, NON_ALPHANUMERIC));
    let (copying, all) = (Copying::untried(), lines.join("\n"));
    view! {
        <div class="notice" data-kind="good" role="status" data-testid="codes-made">
            <p class="notice-text">
                {if is_on {
                    "The second step is on. Your other browsers and devices are signed out."
                } else {
                    "Your recovery codes are new. Those before are good no longer."
                }}
            </p>
        </div>
        <section class="card stack" aria-labelledby="codes-title">
            <h2 id="codes-title">"Your recovery codes"</h2>
            <p>"If your phone is lost or broken, each of these lets you in once, in place of the code from the app. "<strong>"They are shown only now."</strong>" Keep them in a safe place, and not only on your phone."</p>
            <ul class="recovery-codes" data-testid="recovery-codes">
                {lines.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view()}
            </ul>
            <div class="form-actions">
                <button class="button script-only" r#type="button" on:click=move |_| copying.copy(&all) data-testid="copy-codes">
                    {move || copying.says("Copy them")}
                </button>
                <a class="button" href=address download="quire-recovery-codes.txt" rel="external" data-testid="download-codes">"Download as text"</a>
                <button class="button script-only" r#type="button" on:click=move |_| drop(window().print()) data-testid="print-codes">"Print"</button>
            </div>
            <p><a class="button" data-kind="primary" href="/account#second-step-title" data-testid="codes-kept">"I have kept them"</a></p>
        </section>
    }
}
