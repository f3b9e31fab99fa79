//! Where the link of a mail leads by which one gets no more of them: a button, because programs that look for viruses
//! open every link.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::{Head, Page};

/// The page at `/unsubscribe`.
#[component]
pub fn UnsubscribePage() -> impl IntoView {
    let (code, is_done) = use_query_map().with_untracked(|query| {
        (query.get_str("code").unwrap_or_default().to_owned(), query.get_str("done").is_some())
    });
    let inside = match (is_done, code.is_empty()) {
        (true, _) => view! {
            <p role="status" data-testid="unsubscribed">"You get no more of these mails. What is new for you stays in your "<a href="/inbox">"inbox"</a>"."</p>
        }
        .into_any(),
        (false, true) => view! {
            <p>"The address of this page has no link of a mail in it. You can end the mails on "<a href="/account">"your account’s page"</a>", too."</p>
        }
        .into_any(),
        (false, false) => view! {
            <p>"You get mails when there is something new in your inbox. This ends them, without signing in."</p>
            <form class="form" action=crate::way_back::with_field("/api/unsubscribe", "code", &code) method="post" data-testid="unsubscribe-form">
                <div class="form-actions"><button class="button" data-kind="primary">"No more mails"</button></div>
            </form>
        }
        .into_any(),
    };
    view! {
        <Page>
            <Head title="No more mails" description="End the mails about what is new." />
            <div class="sign-in"><div class="card stack"><h1>"No more mails"</h1>{inside}</div></div>
        </Page>
    }
}
