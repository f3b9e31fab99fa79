//! What managers decided about the viewer: why, and the place to answer once.

use domain::{ActKind, Decision, Decisions, Grounds, UserId};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::moderation::AnswerDecision,
    cache::{action, use_query},
    components::{Each, Loaded, TextArea, Time},
};

/// The decisions, if there are any.
#[component]
pub fn OwnDecisions(viewer: UserId) -> impl IntoView {
    let reading = use_query(move || Decisions { viewer });
    view! {
        <Loaded reading let:decisions>
            <section class="stack" aria-labelledby="decisions-title" data-testid="decisions" hidden=move || decisions.with(Vec::is_empty)>
                <h2 id="decisions-title">"From those who look after this place"</h2>
                <Each items=decisions key=|decision: &Decision| decision.act let:decision><DecisionCard decision /></Each>
            </section>
        </Loaded>
    }
}

#[component]
fn DecisionCard(decision: Memo<Decision>) -> impl IntoView {
    let Decision { act, at, kind, told, until, text, .. } = decision.get_untracked();
    let says = decision.with_untracked(says);
    let may_answer = matches!(kind, ActKind::Hide | ActKind::Suspend | ActKind::Ban);
    let answer = Memo::new(move |_| decision.with(|decision| decision.answer.clone()));
    let place = move || match answer.get() {
        Some(answer) => {
            view! { <p class="case-words" dir="auto" data-testid="own-answer">"Your answer: "{answer}</p> }.into_any()
        }
        None if may_answer => view! {
            <details class="disclosure">
                <summary>"Answer"</summary>
                <form class="form" action=action(AnswerDecision::PATH) method="post" data-testid="answer-form">
                    <input type="hidden" name="decision" value=act.to_string() />
                    <TextArea id=format!("answer-{act}") label="What they should know" most=Grounds::MAX_CHARACTERS />
                    <p class="field-hint">"You can answer once. They read it with what they wrote to you."</p>
                    <div class="form-actions"><button class="button" data-size="small">"Send the answer"</button></div>
                </form>
            </details>
        }
        .into_any(),
        None => ().into_any(),
    };
    view! {
        <div class="notice" data-kind=if may_answer { "warn" } else { "info" } data-testid="decision">
            <div class="notice-text stack">
                <p><strong>{says}</strong>" "<Time at=Signal::derive(move || at) /></p>
                {until.map(|until| view! { <p>"Until "<Time at=Signal::derive(move || until) />"."</p> })}
                {(!told.is_empty()).then(|| view! { <p class="case-words" dir="auto" data-testid="told">{told}</p> })}
                {(kind == ActKind::Hide && !text.is_empty()).then(|| view! { <blockquote class="case-text" dir="auto">{text}</blockquote> })}
                {place}
            </div>
        </div>
    }
}

/// What was done, to the person concerned.
fn says(decision: &Decision) -> String {
    let what = decision.what.map(|what| match decision.title.as_str() {
        "" => format!("Your {}", what.noun()),
        title => format!("Your {} “{title}”", what.noun()),
    });
    match (decision.kind, what) {
        (ActKind::Hide, Some(what)) => format!("{what} is hidden: you and managers alone can read it."),
        (ActKind::Restore, Some(what)) => format!("{what} is not hidden any more."),
        (ActKind::Suspend, _) => "Your account is suspended: you can read, and change nothing.".to_owned(),
        (ActKind::Ban, _) => "Your account was banned.".to_owned(),
        (ActKind::Lift, _) => "You can do again what you could before.".to_owned(),
        (kind, _) => kind.label().to_owned(),
    }
}
