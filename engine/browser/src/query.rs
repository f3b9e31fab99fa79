//! `use_query`: the screen follows the answer.

use abreast_core::Query;
use leptos::prelude::*;

use crate::{
    App, Browser, Failure, Fetch,
    browser::OnScreen,
    nouns::{Answer, Event},
};

/// What came back, with the question.
type Answered<A, Q> = (Q, Result<Answer<<Q as Query>::Output, A>, <A as App>::Failure>);

/// What a query came to.
type Outcome<A, Q> = Result<<Q as Query>::Output, <A as App>::Failure>;

/// A query on screen.
pub struct Reading<A: App, Q: Query<Nouns = A::Nouns>> {
    query: Memo<Option<Q>>,
    /// The answer with its question: while the next one is asked, the last answer is still here.
    resource: Resource<Option<Answered<A, Q>>>,
    browser: StoredValue<Browser<A>>,
}

impl<A: App, Q: Query<Nouns = A::Nouns>> Clone for Reading<A, Q> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: App, Q: Query<Nouns = A::Nouns>> Copy for Reading<A, Q> {}

/// Asks a query and keeps its answer current for as long as the component lives. First paint is the
/// server's answer; later ones come from the client cache when the one judgement allows it.
pub fn use_query<A: App, Q: Fetch<A>>(query: impl Fn() -> Q + Send + Sync + 'static) -> Reading<A, Q> {
    use_query_if(move || Some(query()))
}

/// The same, for what a page asks only sometimes. Readings are made when the page is, not inside
/// what waits for another answer: server and browser must count them alike.
pub fn use_query_if<A: App, Q: Fetch<A>>(query: impl Fn() -> Option<Q> + Send + Sync + 'static) -> Reading<A, Q> {
    let browser = Browser::<A>::current();
    let query = Memo::new(move |_| query());
    // A question that is repeated while its answer is shown is the screen's own, not a person's.
    let shown = StoredValue::new(None::<Q>);
    let resource = Resource::new(
        {
            let browser = browser.clone();
            move || {
                let query = query.get();
                let version = query.as_ref().map(|query| browser.version(&query.key()).get());
                (query, version)
            }
        },
        {
            let browser = browser.clone();
            move |(query, _)| {
                let browser = browser.clone();
                let is_shown = shown.try_get_value().flatten() == query;
                let wanted = if is_shown { Event::<A>::WantedAgain } else { Event::<A>::Wanted };
                async move {
                    let query = query?;
                    let answer = if cfg!(feature = "ssr") {
                        query.clone().fetch().await
                    } else {
                        browser.read(&query, wanted).await
                    };
                    Some((query, answer))
                }
            }
        },
    );
    // Runs in the browser only: what came with the page enters the client cache.
    let admitting = browser.clone();
    Effect::new(move || {
        if let Some(Some((query, answer))) = resource.get() {
            if let Ok(answer) = answer {
                admitting.admit(&query, &answer);
            }
            shown.set_value(Some(query));
        }
    });
    // In the browser only, too: mutations tell the server the keys on screen.
    let showing = browser.clone();
    Effect::new(move |_: Option<Option<OnScreen<A>>>| query.get().map(|query| showing.show(query.key())));
    Reading { query, resource, browser: StoredValue::new(browser) }
}

impl<A: App, Q: Query<Nouns = A::Nouns>> Reading<A, Q> {
    /// The answer as it should be shown, with what clicks promise laid over; `None` while it loads.
    /// For use inside `<Transition>`.
    pub fn get(self) -> Option<Outcome<A, Q>> {
        self.answered().map(|(_, answer)| answer)
    }

    /// The same, with the question that it answers: the last one, while the next is being asked.
    pub fn answered(self) -> Option<(Q, Outcome<A, Q>)> {
        let (query, answer) = self.resource.get()??;
        let browser = self.browser.get_value();
        let key = query.key();
        if answer.is_ok() && browser.gone(&key).get() {
            return Some((query, Err(A::Failure::not_found())));
        }
        let layers = browser.layers::<Q>(&key);
        Some((query, answer.map(|answer| layers.with(|layers| layers.over(&answer.entry.value)))))
    }

    /// The question whose answer must leave the screen at once, while it is asked again: something in it is gone. That
    /// may be all of it, which the server says then, or one of many.
    pub fn evicted(self) -> Option<Q> {
        let (query, answer) = self.resource.get()??;
        (answer.is_ok() && self.browser.get_value().gone(&query.key()).get()).then_some(query)
    }

    /// Whether the shown answer may be old because nothing newer could be had.
    pub fn is_stale(self) -> bool {
        self.resource.get().flatten().is_some_and(|(_, answer)| answer.is_ok_and(|answer| answer.stale))
    }

    /// The question, if there is one just now.
    pub fn query(self) -> Option<Q> {
        self.query.get()
    }
}

/// What comes of a query's answer, told when it becomes another. On the server it is looked at anew
/// each time: answers arrive on other threads, and a memo misses for good what changes while it looks.
pub fn outcome<T>(look: impl Fn() -> T + Copy + Send + Sync + 'static) -> Signal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    if cfg!(feature = "ssr") { Signal::derive(look) } else { Memo::new(move |_| look()).into() }
}
