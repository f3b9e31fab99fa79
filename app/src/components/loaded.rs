//! A query on a page: its skeleton, its answer, or what went wrong.

use domain::Query;
use leptos::prelude::*;

use super::{Failed, StaleNotice};
use crate::{
    AppError,
    cache::{Reading, outcome},
};

/// Shows the answer of a query.
///
/// The children are made once a question, and get its answer as a signal: what somebody typed or
/// opened among them stays when the answer changes.
///
/// ```ignore
/// let story = use_query(move || StoryPage::first(id));
/// view! { <Loaded reading=story let:story><h1>{move || story.with(|story| story.card.title.to_string())}</h1></Loaded> }
/// ```
#[component]
pub fn Loaded<Q, F, V>(reading: Reading<Q>, children: F) -> impl IntoView
where
    Q: Query,
    F: Fn(Memo<Q::Output>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    view! {
        <Transition fallback=Skeleton>
            <Answered reading children />
        </Transition>
    }
}

/// The same, for a second query inside the `<Transition>` of a first.
#[component]
pub fn Answered<Q, F, V>(reading: Reading<Q>, children: F) -> impl IntoView
where
    Q: Query,
    F: Fn(Memo<Q::Output>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    // Changes only with the question or an error, not with every answer.
    let state = outcome(move || State::of(reading));
    move || match state.get() {
        State::Loading => ().into_any(),
        State::Failed(error) => view! { <Failed error /> }.into_any(),
        State::Answered(question) => {
            let page = |answer| view! { <StaleNotice reading /> {untrack(|| children(answer))} };
            answer_of(reading, question).map(page).into_any()
        }
    }
}

/// What can be shown of a query.
#[derive(Clone, PartialEq)]
enum State<Q> {
    Loading,
    Answered(Q),
    Failed(AppError),
}

impl<Q: Query> State<Q> {
    fn of(reading: Reading<Q>) -> Self {
        match reading.answered() {
            None => Self::Loading,
            Some((question, Ok(_))) => Self::Answered(question),
            Some((_, Err(error))) => Self::Failed(error),
        }
    }
}

/// The answers to one question. When the next question is answered already, the last one stays: what
/// shows it is about to go.
fn answer_of<Q: Query>(reading: Reading<Q>, question: Q) -> Option<Memo<Q::Output>> {
    let first = untrack(|| reading.answered())?.1.ok()?;
    Some(Memo::new(move |last: Option<&Q::Output>| match reading.answered() {
        Some((of, Ok(answer))) if of == question => answer,
        _ => last.unwrap_or(&first).clone(),
    }))
}

/// Lines still on their way.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton" aria-busy="true" aria-label="Loading" role="status">
            <span class="skeleton-line" data-size="title"></span>
            <span class="skeleton-line"></span>
            <span class="skeleton-line"></span>
            <span class="skeleton-line" data-size="short"></span>
        </div>
    }
}
