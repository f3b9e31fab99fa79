//! What this browser holds: in each area, and each answer with its judgement.

use domain::{Area, Holding};
use leptos::prelude::*;

use super::{
    watch::Watch,
    why::{Asking, Verdict},
    words::{self, NONE, clock, size},
};
use crate::{
    cache::Browser,
    components::{Choice, Each, kinds},
};

/// localStorage by area.
#[component]
pub fn Usage(watch: Watch) -> impl IntoView {
    let held = Memo::new(move |_| watch.holdings());
    let total = Memo::new(move |_| size(held.with(|held| held.iter().map(|one| one.bytes as u64).sum())));
    view! {
        <section class="card" aria-labelledby="usage-title">
            <h2 class="card-title" id="usage-title">"localStorage by area"</h2>
            <div class="data-table-frame" tabindex="0" role="region" aria-label="Table of localStorage by area">
                <table class="data-table" data-testid="usage">
                    <caption>{total}" of "{size(Browser::budget() as u64)}</caption>
                    <thead><tr>
                        <th scope="col">"Area"</th>
                        <th scope="col" data-kind="number">"Entries"</th>
                        <th scope="col" data-kind="number">"Size"</th>
                        <th scope="col" data-kind="number">"Updated"</th>
                    </tr></thead>
                    <tbody>{Area::ALL.iter().map(|&area| view! { <AreaRow held area /> }).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn AreaRow(held: Memo<Vec<Holding>>, area: Area) -> impl IntoView {
    let of = Memo::new(move |_| {
        held.with(|held| {
            let of_area = || held.iter().filter(move |one| one.area == area);
            let last = of_area().map(|one| one.stored_at).max().filter(|last| last.0 > 0);
            (of_area().count(), of_area().map(|one| one.bytes as u64).sum::<u64>(), last)
        })
    });
    view! {
        <tr data-area=area.slug()>
            <th scope="row">{area.slug()}</th>
            <td data-kind="number">{move || of.get().0}</td>
            <td data-kind="number">{move || size(of.get().1)}</td>
            <td data-kind="number">{move || of.get().2.map_or_else(|| NONE.to_owned(), clock)}</td>
        </tr>
    }
}

/// Every answer on this browser's cache.
#[component]
pub fn Holdings(watch: Watch, asking: Asking) -> impl IntoView {
    let (text, area, order) =
        (RwSignal::new(String::new()), RwSignal::new("all".to_owned()), RwSignal::new("key".to_owned()));
    let held = Memo::new(move |_| {
        let mut held = watch.holdings();
        text.with(|text| held.retain(|one| one.key.as_str().contains(text.trim())));
        area.with(|area| held.retain(|one| area == "all" || one.area.slug() == area));
        match order.get().as_str() {
            "size" => held.sort_by_key(|one| std::cmp::Reverse(one.bytes)),
            "new" => held.sort_by_key(|one| std::cmp::Reverse(one.stored_at)),
            _ => {}
        }
        held
    });
    let is_empty = Memo::new(move |_| held.with(Vec::is_empty));
    let areas = [("all", "All")].into_iter().chain(kinds(Area::ALL, Area::slug, Area::label)).collect::<Vec<_>>();
    let orders = vec![("key", "Key"), ("new", "Newest first"), ("size", "Largest first")];
    view! {
        <section class="section" aria-labelledby="holdings-title">
            <h2 class="section-head" id="holdings-title">"What this browser holds"</h2>
            <div class="form-row cache-filter">
                <div class="field">
                    <label class="field-label" for="holdings-text">"Keys with"</label>
                    <input class="field-input" id="holdings-text" autocomplete="off" spellcheck="false"
                        on:input=move |event| text.set(event_target_value(&event)) />
                </div>
                <Choice id="holdings-area" label="Area" options=areas chosen=area.into() choose=move |slug| area.set(slug) />
                <Choice id="holdings-order" label="Order" options=orders chosen=order.into() choose=move |slug| order.set(slug) />
            </div>
            <div class="data-table-frame" tabindex="0" role="region" aria-label="Table of what this browser holds">
                <table class="data-table" data-testid="holdings">
                    <thead><tr>
                        <th scope="col">"Key, and what it depends on"</th>
                        <th scope="col">"Area"</th>
                        <th scope="col" data-kind="number">"Size"</th>
                        <th scope="col" data-kind="number">"True as of"</th>
                        <th scope="col" data-kind="number">"Age"</th>
                        <th scope="col">"Judgement"</th>
                        <th scope="col"><span class="visually-hidden">"Why"</span></th>
                    </tr></thead>
                    <tbody><Each items=held key=|one| one.key.clone() children=move |one| view! { <Row one watch asking /> } /></tbody>
                </table>
            </div>
            <p class="page-lead" hidden=move || !is_empty.get()>"Nothing of the kind just now."</p>
        </section>
    }
}

#[component]
fn Row(one: Memo<Holding>, watch: Watch, asking: Asking) -> impl IntoView {
    let (key, area) = one.with_untracked(|one| (one.key.clone(), one.area));
    let tags = move || one.with(|one| one.tags.iter().map(|tag| tag.to_string()).collect::<Vec<_>>().join(", "));
    let age = Memo::new(move |_| {
        let (now, stored_at) = (watch.now(), one.with(|one| one.stored_at));
        if stored_at.0 > 0 { words::millis(now.since(stored_at) / 1_000 * 1_000) } else { "marked old".to_owned() }
    });
    let judgement = Memo::new(move |_| one.with(|one| one.judgement));
    let text = key.to_string();
    let label = format!("Why is {text} judged so?");
    view! {
        <tr>
            <td><code>{text}</code><span class="table-note">{tags}</span></td>
            <td>{area.slug()}</td>
            <td data-kind="number">{move || size(one.with(|one| one.bytes as u64))}</td>
            <td data-kind="number">{move || one.with(|one| one.as_of.to_string())}</td>
            <td data-kind="number">{age}</td>
            <td>{move || view! { <Verdict judgement=judgement.get() /> }}</td>
            <td data-kind="action">
                <a class="button" data-kind="quiet" data-size="small" href="#why" rel="external" aria-label=label
                    on:click=move |_| asking.of_browser(&key)>"Why?"</a>
            </td>
        </tr>
    }
}
