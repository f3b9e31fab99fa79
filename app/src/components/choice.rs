//! A choice among a few kinds.

use leptos::{html, prelude::*};

/// A select with its label; its caller holds the choice.
#[component]
pub fn Choice(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    /// Slugs and labels, in order.
    options: Vec<(&'static str, &'static str)>,
    chosen: Signal<String>,
    #[prop(into)] choose: Callback<String>,
) -> impl IntoView {
    let first = chosen.get_untracked();
    let node = NodeRef::<html::Select>::new();
    Effect::new(move || {
        if let Some(select) = node.get() {
            select.set_value(&chosen.get());
        }
    });
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            <select class="field-input" id=id node_ref=node on:change=move |event| choose.run(event_target_value(&event))>
                {options.into_iter().map(|(slug, label)| {
                    view! { <option value=slug selected=slug == first>{label}</option> }
                }).collect_view()}
            </select>
        </div>
    }
}

/// A select with its label, for a plain form.
#[component]
pub fn FormChoice(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    name: &'static str,
    /// Slugs and labels, in order.
    options: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            <select class="field-input" id=id name=name>
                {options.into_iter().map(|(slug, label)| view! { <option value=slug>{label}</option> }).collect_view()}
            </select>
        </div>
    }
}

/// The options of one of the small closed sets: slugs and labels.
pub fn kinds<K: Copy>(
    all: &[K],
    slug: fn(K) -> &'static str,
    label: fn(K) -> &'static str,
) -> Vec<(&'static str, &'static str)> {
    all.iter().map(|&kind| (slug(kind), label(kind))).collect()
}
