//! A list whose items have names.

use std::hash::Hash;

use leptos::prelude::*;

/// Shows each item by its key, as a signal of its own: one that changes is patched in place, so that
/// what somebody opened or typed in it stays.
#[component]
pub fn Each<T, K, F, V>(#[prop(into)] items: Signal<Vec<T>>, key: fn(&T) -> K, children: F) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Eq + Hash + Clone + Send + Sync + 'static,
    F: Fn(Memo<T>) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let one = move |first: T| {
        let wanted = key(&first);
        children(Memo::new(move |last: Option<&T>| {
            let now = items.with(|items| items.iter().find(|item| key(item) == wanted).cloned());
            // One that has left the list stays as it was until it leaves the screen.
            now.unwrap_or_else(|| last.unwrap_or(&first).clone())
        }))
    };
    view! { <For each=move || items.get() key=key children=one /> }
}
