//! The demo library's accounts, where there is one.

use leptos::prelude::*;

use crate::api::accounts::fetch_demo;

/// Who can be tried out, with the password of all. Nothing where the demo library is not.
#[component]
pub fn DemoAccounts() -> impl IntoView {
    let demo = Resource::new(|| (), |()| fetch_demo());
    let account = |(email, does): (&'static str, &'static str)| view! { <dt>{email}</dt><dd>{does}</dd> };
    let card = move || {
        view! {
            <section class="card demo-accounts" aria-labelledby="demo-title" data-testid="demo-accounts">
                <h2 class="card-title" id="demo-title">"Just looking?"</h2>
                <p>"Use a demo account. The password of each is "<code>"quire-demo"</code>"."</p>
                <dl class="demo-accounts-list">
                    {[
                        ("ada@quire.example", "writes"),
                        ("ben@quire.example", "writes, too"),
                        ("mira@quire.example", "looks after the place"),
                    ].map(account)}
                </dl>
            </section>
        }
    };
    view! { <Transition>{move || demo.get().is_some_and(|demo| demo == Ok(true)).then(card)}</Transition> }
}
