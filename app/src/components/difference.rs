//! The difference between two texts, word by word.

use domain::Run;
use leptos::prelude::*;

/// Shows what is only in the older text struck through, and what is only in the newer one underlined.
#[component]
pub fn Difference(
    runs: Vec<Run>,
    /// What it is, for those who can't see where it stands.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let run = |run: Run| match run {
        Run::Same(text) => view! { <span>{text}</span> }.into_any(),
        Run::Gone(text) => view! { <del>{text}</del> }.into_any(),
        Run::New(text) => view! { <ins>{text}</ins> }.into_any(),
    };
    view! {
        <div class="difference" dir="auto" role="region" aria-label=label tabindex="0" data-testid="difference">
            {runs.into_iter().map(run).collect_view()}
        </div>
    }
}
