//! Where each node's follower stands against the head of the log.

use domain::{NodeStatus, Seq};
use leptos::prelude::*;

use super::{
    watch::Watch,
    words::{self, NONE},
};
use crate::components::Each;

/// Each node that is heard of: alone, or by way of Redis.
#[component]
pub fn Nodes(watch: Watch) -> impl IntoView {
    let nodes = Memo::new(move |_| {
        let nodes = watch.of_node(|said| said.report.nodes.clone()).unwrap_or_default();
        // Two nodes may be called alike: their place in the list tells them apart.
        nodes.into_iter().enumerate().collect::<Vec<(usize, NodeStatus)>>()
    });
    let head =
        Memo::new(move |_| nodes.with(|nodes| nodes.iter().map(|(_, node)| node.watermark).max().unwrap_or_default()));
    let alone = Memo::new(move |_| watch.of_node(|said| said.report.breaker_open));
    let words = move || match alone.get() {
        None => "",
        Some(None) => "Without Redis nodes don’t hear of each other: this is the one that answered.",
        Some(Some(true)) => "Redis does not answer just now, so nothing new is heard of the others.",
        Some(Some(false)) => "Each says once a second how far it is.",
    };
    view! {
        <section class="card" aria-labelledby="nodes-title">
            <h2 class="card-title" id="nodes-title">"Nodes"</h2>
            <div class="data-table-frame" tabindex="0" role="region" aria-label="Table of nodes">
                <table class="data-table" data-testid="nodes">
                    <caption>{words}</caption>
                    <thead><tr>
                        <th scope="col">"Node"</th>
                        <th scope="col" data-kind="number">"Position"</th>
                        <th scope="col" data-kind="number">"Behind"</th>
                        <th scope="col" data-kind="number">"Log read"</th>
                        <th scope="col" data-kind="number">"Entries"</th>
                    </tr></thead>
                    <tbody>
                        <Each items=nodes key=|(place, _)| *place children=move |node| view! { <Row node head /> } />
                    </tbody>
                </table>
            </div>
            <Memory watch />
        </section>
    }
}

#[component]
fn Row(node: Memo<(usize, NodeStatus)>, head: Memo<Seq>) -> impl IntoView {
    let of = move |pick: fn(&NodeStatus) -> String| move || node.with(|(_, node)| pick(node));
    let behind = move || head.get().0 - node.with(|(_, node)| node.watermark.0).min(head.get().0);
    let is_this = node.with_untracked(|(place, _)| *place == 0);
    // The first is this one: its position has the name that tests and people look for.
    let position = is_this.then_some("watermark");
    view! {
        <tr data-testid="node">
            <th scope="row">
                {of(|node| node.name.clone())}
                {is_this.then(|| view! { " "<span class="badge">"this one"</span> })}
                <span class="table-note">{of(|node| format!("version {}", node.version))}</span>
            </th>
            <td data-kind="number" data-testid=position>{of(|node| node.watermark.to_string())}</td>
            <td data-kind="number">{move || behind().to_string()}</td>
            <td data-kind="number">
                {of(|node| node.confirmed.map_or_else(|| "must look".to_owned(), |ago| format!("{} ago", words::millis(ago))))}
            </td>
            <td data-kind="number">{of(|node| words::number(node.entries as u64))}</td>
        </tr>
    }
}

/// How full this node's memory is.
#[component]
fn Memory(watch: Watch) -> impl IntoView {
    let used = Memo::new(move |_| watch.of_node(|said| (said.report.bytes, said.report.budget)));
    let text = move || {
        used.get().map_or_else(
            || NONE.to_owned(),
            |(bytes, budget)| format!("{} of {} in this node’s memory", words::size(bytes), words::size(budget)),
        )
    };
    let full = move || used.get().map_or(0, |(bytes, budget)| (bytes * 100).checked_div(budget).unwrap_or_default());
    view! {
        <div class="progress cache-memory">
            <progress class="progress-bar" max="100" value=move || full().to_string() aria-label="This node’s memory"></progress>
            <span>{text}</span>
        </div>
    }
}
