//! Which page of a list an address asks for.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page in the address, from 0: people count from 1. The first, if it names none that can be.
pub(crate) fn page_asked() -> Memo<u32> {
    let params = use_query_map();
    Memo::new(move |_| {
        let number = params.with(|params| params.get_str("page").and_then(|page| page.parse::<u32>().ok()));
        number.and_then(|number| number.checked_sub(1)).unwrap_or_default()
    })
}
