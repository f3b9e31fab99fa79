//! What is held: by this node, by this browser in each area, and each answer with its judgement.

use domain::{Area, Cause, Holding, Judgement};
use leptos::prelude::*;

use super::watch::Watch;
use crate::{cache::Browser, components::count::grouped};

/// localStorage by area, and every answer in it.
#[component]
pub fn Holdings(watch: Watch) -> impl IntoView {
    let held = Memo::new(move |_| watch.holdings());
    let by_area = move || held.with(|held| Area::ALL.iter().map(|&area| area_row(held, area)).collect_view());
    let total = move || held.with(|held| size(held.iter().map(|one| one.bytes as u64).sum()));
    view! {
        <div class="section cache-columns">
            <Node watch />
            <section class="card" aria-labelledby="usage-title">
                <h2 class="card-title" id="usage-title">"localStorage by area"</h2>
                <div class="data-table-frame" tabindex="0" role="group" aria-labelledby="usage-title">
                    <table class="data-table" data-testid="usage">
                        <caption>{total}" of "{size(Browser::budget() as u64)}</caption>
                        <thead><tr>
                            <th scope="col">"Area"</th>
                            <th scope="col" data-kind="number">"Entries"</th>
                            <th scope="col" data-kind="number">"Size"</th>
                        </tr></thead>
                        <tbody>{by_area}</tbody>
                    </table>
                </div>
            </section>
        </div>
        <section class="section" aria-labelledby="holdings-title">
            <h2 class="section-head" id="holdings-title">"What this browser holds"</h2>
            <div class="data-table-frame" tabindex="0" role="group" aria-labelledby="holdings-title">
                <table class="data-table" data-testid="holdings">
                    <thead><tr>
                        <th scope="col">"Key"</th>
                        <th scope="col">"Area"</th>
                        <th scope="col" data-kind="number">"Size"</th>
                        <th scope="col" data-kind="number">"True as of"</th>
                        <th scope="col">"Judgement"</th>
                    </tr></thead>
                    <tbody>{move || held.with(|held| held.iter().map(row).collect_view())}</tbody>
                </table>
            </div>
            {move || held.with(Vec::is_empty).then(|| view! { <p class="page-lead">"Nothing just now."</p> })}
        </section>
    }
}

/// What this node's memory tier holds, and how far it has read the log.
#[component]
fn Node(watch: Watch) -> impl IntoView {
    move || {
        watch.node().map(|node| {
            view! {
                <section class="card" aria-labelledby="node-title">
                    <h2 class="card-title" id="node-title">"This node"</h2>
                    <dl class="tier-card-counts">
                        <dt>"Position of its follower in the log"</dt><dd data-testid="watermark">{node.watermark.to_string()}</dd>
                        <dt>"Entries in memory"</dt><dd>{grouped(u32::try_from(node.entries).unwrap_or(u32::MAX))}</dd>
                        <dt>"Their size"</dt><dd>{size(node.bytes)}</dd>
                    </dl>
                </section>
            }
        })
    }
}

fn area_row(held: &[Holding], area: Area) -> impl IntoView + use<> {
    let of_area = || held.iter().filter(move |one| one.area == area);
    let bytes: u64 = of_area().map(|one| one.bytes as u64).sum();
    view! {
        <tr data-area=area.slug()>
            <th scope="row">{area.slug()}</th>
            <td data-kind="number">{of_area().count()}</td>
            <td data-kind="number">{size(bytes)}</td>
        </tr>
    }
}

fn row(one: &Holding) -> impl IntoView + use<> {
    let (state, words) = match one.judgement {
        Judgement::Fresh => ("good", "fresh".to_owned()),
        Judgement::Stale(cause) => ("warn", format!("stale: {}", because(cause))),
        Judgement::Evicted(cause) => ("danger", format!("evicted: {}", because(cause))),
    };
    view! {
        <tr>
            <td><code>{one.key.to_string()}</code></td>
            <td>{one.area.slug()}</td>
            <td data-kind="number">{size(one.bytes as u64)}</td>
            <td data-kind="number">{one.as_of.to_string()}</td>
            <td><span class="badge" data-state=state>{words}</span></td>
        </tr>
    }
}

fn because(cause: Cause) -> String {
    match cause {
        Cause::Tag(tag, seq) => format!("{tag:?} changed at {seq}"),
        Cause::Floor(seq) => format!("the log is unknown before {seq}"),
    }
}

/// Bytes for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
