//! The log as it flows: each fact, what it made old, and how word of it travelled.

use domain::{Directive, Logged, Millis, Seq, Way};
use leptos::prelude::*;

use super::{
    watch::Watch,
    words::{self, clock},
};
use crate::cache::ToldBy;

/// How many rows are shown.
const SHOWN: usize = 20;

/// A row, with how far word of it has come. Lists tell it apart by its position and how far that is.
#[derive(Debug, Clone, PartialEq)]
struct Travelled {
    row: Logged,
    /// How this node learnt of it, and how many milliseconds after the commit.
    node: Option<(Way, i64)>,
    /// How this tab was told, and how many milliseconds after the commit.
    tab: Option<(ToldBy, i64)>,
}

/// The last rows of the log.
#[component]
pub fn Log(watch: Watch) -> impl IntoView {
    let rows = Memo::new(move |_| travelled(watch));
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    view! {
        <section class="section" aria-labelledby="log-title">
            <h2 class="section-head" id="log-title">"The log"</h2>
            <p class="page-lead">
                "Every change of the library, newest first: what it made old, and when this node and this browser \
                 had applied that."
            </p>
            <p class="page-lead" hidden=move || !is_empty.get()>"Nothing to be seen. What is saved appears here."</p>
            <ol class="log-list" tabindex="0" aria-label="The last rows of the log, newest first" data-testid="log"
                hidden=is_empty>
                <For each=move || rows.get() key=|one| (one.row.receipt.seq, one.node, one.tab) children=travelled_row />
            </ol>
        </section>
    }
}

fn travelled(watch: Watch) -> Vec<Travelled> {
    let applied = watch.applied();
    let (learnt, skew) = watch
        .of_node(|said| {
            let learnt = said.report.learnt.iter().map(|one| (one.receipt.seq, one.way, one.at)).collect::<Vec<_>>();
            (learnt, said.skew)
        })
        .unwrap_or_default();
    let travelled = |row: Logged| {
        let (seq, committed) = (row.receipt.seq, row.receipt.at);
        Travelled {
            node: learnt.iter().find(|one| one.0 == seq).map(|&(_, way, at)| (way, at.since(committed))),
            tab: applied
                .iter()
                .find(|one| one.seq == seq)
                .map(|one| (one.by, Millis(one.at.0 + skew).since(committed))),
            row,
        }
    };
    watch.log().into_iter().take(SHOWN).map(travelled).collect()
}

fn travelled_row(one: Travelled) -> impl IntoView + use<> {
    let (committed, node, tab) = (one.row.receipt.at, one.node, one.tab);
    let node = match node {
        Some((way, after)) => ("done", way.label().to_owned(), format!("+{}", words::millis(after))),
        None => ("never", "known from the log’s table".to_owned(), String::new()),
    };
    let tab = match tab {
        Some((by, after)) => ("done", by.label().to_owned(), format!("+{}", words::millis(after))),
        None => ("never", "holds nothing of it".to_owned(), String::new()),
    };
    let steps = [("Committed", ("done", clock(committed), String::new())), ("This node", node), ("This browser", tab)];
    view! {
        <li class="log-row" data-testid="log-row">
            <span class="log-seq">{one.row.receipt.seq.to_string()}</span>
            <div class="log-what">
                <p class="log-change">{in_words(&one.row.change)}</p>
                <Directives directives=one.row.receipt.directives />
            </div>
            <ol class="chain">
                {steps.map(|(place, (state, how, after))| view! {
                    <li class="chain-step" data-state=state>
                        <span class="chain-place">{place}</span>
                        <span class="chain-how">{how}</span>
                        <span class="chain-after">{after}</span>
                    </li>
                })}
            </ol>
        </li>
    }
}

/// What a Change made old, as badges.
#[component]
fn Directives(directives: Vec<Directive>) -> impl IntoView {
    let badge = |directive: Directive| {
        let state = match directive {
            Directive::Refresh(_) => "info",
            Directive::Evict(_) => "danger",
        };
        view! { <li><span class="badge" data-state=state>{directive.to_string()}</span></li> }
    };
    view! { <ul class="log-tags" role="list">{directives.into_iter().map(badge).collect_view()}</ul> }
}

/// A short list of rows: what touched one answer.
#[component]
pub fn Touched(#[prop(into)] rows: Signal<Vec<Logged>>, #[prop(into)] as_of: Signal<Seq>) -> impl IntoView {
    let row = move |row: Logged| {
        let seq = row.receipt.seq;
        let after = move || if seq > as_of.get() { "after it was read" } else { "before it was read" };
        view! {
            <li class="touched-row">
                <span class="log-seq">{seq.to_string()}</span>
                <span>{in_words(&row.change)}</span>
                <span class="touched-when">{clock(row.receipt.at)}", "{after}</span>
            </li>
        }
    };
    view! {
        <ol class="touched" data-testid="touched">
            <For each=move || rows.get() key=|row| row.receipt.seq children=row />
        </ol>
    }
}

/// `SceneSaved` as two words.
fn in_words(change: &str) -> String {
    let mut text = String::with_capacity(change.len() + 2);
    for letter in change.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push(' ');
            text.push(letter.to_ascii_lowercase());
        } else {
            text.push(letter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_in_words() {
        assert_eq!(
            ["SceneSaved", "Invalidated", "unknown", ""].map(in_words),
            ["Scene saved", "Invalidated", "unknown", ""]
        );
    }
}
