//! The first page.

use leptos::prelude::*;

/// A line from the server, which proves that both halves are one app.
#[server(endpoint = "greeting")]
pub async fn fetch_greeting(
    /// What was counted.
    count: u32,
) -> Result<String, ServerFnError> {
    // Nothing to wait for yet: the store will be asked here.
    std::future::ready(Ok(format!("The server has heard of {count}."))).await
}

/// Counts clicks, and tells the server.
#[component]
pub fn Home() -> impl IntoView {
    let (count, set_count) = signal(0);
    let greeting = Resource::new(move || count.get(), fetch_greeting);
    view! {
        <h1>"Quire"</h1>
        <button on:click=move |_| set_count.update(|n| *n += 1)>"Clicked " {count}</button>
        <Transition>
            <p>{move || greeting.get().map(Result::unwrap_or_default)}</p>
        </Transition>
    }
}
