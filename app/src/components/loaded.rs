//! A query on a page: its skeleton, its answer, or what went wrong.

use domain::{Query, Quire};
use leptos::{html, prelude::*};

use super::{Failed, StaleNotice, failed::FailedPart, focus::keep_through, holding::Holding};
use crate::{
    AppError,
    cache::{Reading, outcome},
};

/// Shows the answer of a query.
///
/// The children are made once for each question, and get its answer as a signal: typed text and open parts among them
/// stay when the answer changes. While there is unsent text in them, they stay even when the answer is gone.
///
/// When something in an answer is gone, all of it is hidden until it is asked again. It keeps its room, or all
/// readers of a list would be set back to its top when one of a hundred goes.
///
/// ```ignore
/// let story = use_query(move || StoryPage::first(id));
/// view! { <Loaded reading=story let:story><h1>{move || story.with(|story| story.card.title.to_string())}</h1></Loaded> }
/// ```
#[component]
pub fn Loaded<Q, F, V>(
    reading: Reading<Q>,
    /// Whether it is a part of a page, which can be read without it.
    #[prop(optional)]
    is_part: bool,
    children: F,
) -> impl IntoView
where
    Q: Query<Nouns = Quire>,
    F: Fn(Memo<Q::Output>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    view! {
        <Transition fallback=Skeleton>
            <Answered reading is_part children />
        </Transition>
    }
}

/// The same, for a second query inside the `<Transition>` of a first.
#[component]
pub fn Answered<Q, F, V>(reading: Reading<Q>, #[prop(optional)] is_part: bool, children: F) -> impl IntoView
where
    Q: Query<Nouns = Quire>,
    F: Fn(Memo<Q::Output>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    // Changes only with the question or an error, not with every answer.
    let answered = outcome(move || State::of(reading));
    let place = Holding::new(Signal::derive(move || answered.with(State::is_gone)));
    let state = held(answered, place);
    let hides = Memo::new(move |_| {
        place.track();
        answered.with(|answered| matches!(answered, State::Evicted(_))) && !place.is_typed_in()
    });
    let around = NodeRef::<html::Div>::new();
    keep_through(hides, around);
    move || match state.get() {
        State::Loading => ().into_any(),
        State::Evicted(_) => view! { <Skeleton /> }.into_any(),
        State::Failed(error) if is_part => view! { <FailedPart error /> }.into_any(),
        State::Failed(error) => view! { <Failed error /> }.into_any(),
        State::Answered(question) => {
            provide_context(place);
            let page = |answer| {
                view! {
                    <StaleNotice reading />
                    <div class="answer" node_ref=around data-evicted=move || hides.get().then_some("")>
                        {untrack(|| children(answer))}
                    </div>
                }
            };
            answer_of(reading, question).map(page).into_any()
        }
    }
}

/// What can be shown of a query.
#[derive(Clone, PartialEq)]
enum State<Q> {
    Loading,
    Answered(Q),
    /// Something in the answer is gone, and it is asked again.
    Evicted(Q),
    Failed(AppError),
}

impl<Q: Query<Nouns = Quire>> State<Q> {
    fn of(reading: Reading<Q>) -> Self {
        match reading.answered() {
            None => Self::Loading,
            Some((question, Ok(_))) => Self::Answered(question),
            Some((_, Err(error))) => reading.evicted().map_or(Self::Failed(error), Self::Evicted),
        }
    }
}

impl<Q> State<Q> {
    /// Whether the server says so.
    const fn is_gone(&self) -> bool {
        matches!(self, Self::Failed(AppError::NotFound | AppError::NotThere(_)))
    }
}

/// The shown state: an evicted answer, too, which is hidden then; and a gone one, while something is typed in it.
fn held<Q: Query<Nouns = Quire>>(state: Signal<State<Q>>, place: Holding) -> Signal<State<Q>> {
    if cfg!(feature = "ssr") {
        return state;
    }
    let shown = Memo::new(move |last: Option<&State<Q>>| {
        place.track();
        let now = state.get();
        match last {
            Some(last @ State::Answered(_)) if now.is_gone() && place.is_typed_in() => last.clone(),
            Some(last @ State::Answered(of)) if matches!(&now, State::Evicted(asked) if asked == of) => last.clone(),
            _ => now,
        }
    });
    shown.into()
}

/// The answers to one question. When the next question is answered already, the last one stays: what
/// shows it is about to go.
fn answer_of<Q: Query<Nouns = Quire>>(reading: Reading<Q>, question: Q) -> Option<Memo<Q::Output>> {
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
