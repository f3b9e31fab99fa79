//! A list whose items have names.

use std::{collections::HashMap, hash::Hash};

use leptos::prelude::*;

use super::holding::{Holding, with_held};

/// Shows each item by its key, as a signal of its own: one that changes is patched in place, so that
/// text and open parts in it stay. One that leaves the list stays, too, while something is typed in it.
#[component]
pub fn Each<T, K, F, V>(#[prop(into)] items: Signal<Vec<T>>, key: fn(&T) -> K, children: F) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Eq + Hash + Clone + Send + Sync + 'static,
    F: Fn(Memo<T>) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let places = StoredValue::new(HashMap::<K, Holding>::new());
    let around = Holding::at_hand();
    let shown = Memo::new(move |last: Option<&Vec<T>>| {
        if let Some(around) = around {
            around.track();
        }
        let held: Vec<K> = places.with_value(|places| {
            places.iter().filter(|(_, place)| place.is_typed_in()).map(|(key, _)| key.clone()).collect()
        });
        items.with(|items| with_held(items, last.map_or(&[], Vec::as_slice), key, &held))
    });
    let one = move |first: T| {
        let wanted = key(&first);
        let (named, forgotten) = (wanted.clone(), wanted.clone());
        let place =
            Holding::new(Signal::derive(move || !items.with(|items| items.iter().any(|item| key(item) == named))));
        provide_context(place);
        places.update_value(|places| {
            places.insert(wanted.clone(), place);
        });
        on_cleanup(move || {
            places.try_update_value(|places| places.remove(&forgotten));
        });
        children(Memo::new(move |last: Option<&T>| {
            let now = items.with(|items| items.iter().find(|item| key(item) == wanted).cloned());
            // One that has left the list stays as it was until it leaves the screen.
            now.unwrap_or_else(|| last.unwrap_or(&first).clone())
        }))
    };
    view! { <For each=move || shown.get() key=key children=one /> }
}
