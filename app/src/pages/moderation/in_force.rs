//! What is in force: hidden things, suspended and banned people, each with the way back.

use domain::{BarredPerson, HiddenThing, OpenCases};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::moderation::{LiftBar, RestoreHidden},
    cache::action,
    components::Time,
};

/// What is in force now, if anything.
#[component]
pub fn InForce(queue: Memo<OpenCases>) -> impl IntoView {
    let hidden = Memo::new(move |_| queue.with(|queue| queue.hidden.clone()));
    let barred = Memo::new(move |_| queue.with(|queue| queue.barred.clone()));
    move || {
        let things = hidden.with(|things| {
            (!things.is_empty()).then(|| {
                view! {
                    <section class="section stack" aria-labelledby="hidden-title">
                        <h2 id="hidden-title">"Hidden now"</h2>
                        <ul class="trash-list">{things.iter().map(hidden_thing).collect_view()}</ul>
                    </section>
                }
            })
        });
        let people = barred.with(|people| {
            (!people.is_empty()).then(|| {
                view! {
                    <section class="section stack" aria-labelledby="barred-title">
                        <h2 id="barred-title">"Suspended and banned"</h2>
                        <ul class="trash-list">{people.iter().map(barred_person).collect_view()}</ul>
                    </section>
                }
            })
        });
        view! { {things} {people} }
    }
}

fn hidden_thing(thing: &HiddenThing) -> impl IntoView + use<> {
    let HiddenThing { what, title, text, author, since } = thing.clone();
    let name = if title.is_empty() {
        format!("A {} by {}", what.noun(), author.name)
    } else {
        format!("“{title}” by {}", author.name)
    };
    view! {
        <li>
            <article class="trash-row" data-testid="hidden" data-what=what.to_string()>
                <div class="trash-row-text">
                    <h3 class="trash-row-title" dir="auto">{name.clone()}</h3>
                    <p class="case-words" dir="auto">{text}</p>
                    <p class="trash-row-facts"><span class="badge">{what.noun()}</span><span>"Hidden "<Time at=Signal::derive(move || since) /></span></p>
                </div>
                <form class="trash-row-actions" action=action(RestoreHidden::PATH) method="post">
                    <input type="hidden" name="what" value=what.to_string() />
                    <button class="button" data-size="small" data-testid="restore-hidden">"Restore"<span class="visually-hidden">{format!(" {name}")}</span></button>
                </form>
            </article>
        </li>
    }
}

fn barred_person(barred: &BarredPerson) -> impl IntoView + use<> {
    let BarredPerson { person, until } = barred.clone();
    let name = person.name.to_string();
    let how = match until {
        Some(until) => view! { <span>"Suspended until "<Time at=Signal::derive(move || until) /></span> }.into_any(),
        None => view! { <span>"Banned"</span> }.into_any(),
    };
    view! {
        <li>
            <article class="trash-row" data-testid="barred">
                <div class="trash-row-text">
                    <h3 class="trash-row-title" dir="auto">{name.clone()}</h3>
                    <p class="trash-row-facts">{how}</p>
                </div>
                <form class="trash-row-actions" action=action(LiftBar::PATH) method="post">
                    <input type="hidden" name="user" value=person.user.to_string() />
                    <button class="button" data-size="small" data-testid="lift">"Lift"<span class="visually-hidden">{format!(" it for {name}")}</span></button>
                </form>
            </article>
        </li>
    }
}
