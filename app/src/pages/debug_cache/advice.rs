//! Advice: which lifetimes are too short or too long, with the evidence.

use domain::{Advice, Verdict};
use leptos::prelude::*;

use super::watch::Watch;

/// What this node's memory has seen of each query's lifetime; what needs an edit comes first.
#[component]
pub fn Advices(watch: Watch) -> impl IntoView {
    let advice = Memo::new(move |_| {
        let mut advice = watch.of_node(|said| said.report.advice.clone()).unwrap_or_default();
        advice.sort_by_key(|one| (place(&one.verdict), one.query.clone()));
        advice
    });
    let nothing = move || watch.of_node(|_| ()).is_some() && advice.with(Vec::is_empty);
    view! {
        <section class="card" aria-labelledby="advice-title">
            <h2 class="card-title" id="advice-title">"Lifetimes"</h2>
            <p class="page-lead" hidden=move || !nothing()>"Nothing was asked yet, so there is nothing to say."</p>
            <ul class="advice" role="list" data-testid="advice">
                <For each=move || advice.get() key=ToString::to_string children=one />
            </ul>
        </section>
    }
}

fn one(advice: Advice) -> impl IntoView + use<> {
    let (state, word) = match advice.verdict {
        Verdict::TooShort { .. } => ("warn", "too short"),
        Verdict::TooLong { .. } => ("warn", "too long"),
        Verdict::Right => ("good", "right"),
        Verdict::NotEnoughSeen { .. } => ("none", "not enough seen"),
    };
    // Names of queries stand in backquotes, for logs.
    let text = advice.to_string().replace('`', "");
    view! { <li class="advice-item"><span class="badge" data-state=state>{word}</span>" "{text}</li> }
}

const fn place(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::TooShort { .. } => 0,
        Verdict::TooLong { .. } => 1,
        Verdict::Right => 2,
        Verdict::NotEnoughSeen { .. } => 3,
    }
}
