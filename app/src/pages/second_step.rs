//! Setting up the second step at sign-in, and the recovery codes, which are shown here once.

mod codes;
mod setup;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::{codes::Codes, setup::SetUp};
use crate::{
    api::second_factor::{SecondStep, fetch_second_step},
    boot,
    components::{Failed, Head, Page},
};

/// The page at `/account/second-step`.
#[component]
pub fn SecondStepPage() -> impl IntoView {
    if boot::viewer().is_none() {
        return view! {
            <Page class="page page-narrow">
                <Head title="Second step" description="Codes for signing in." />
                <h1>"Second step at sign-in"</h1>
                <p>"Please "<a href="/sign-in?next=/account/second-step">"sign in"</a>" first."</p>
            </Page>
        }
        .into_any();
    }
    let is_on = use_query_map().with_untracked(|query| query.get_str("done") == Some("on"));
    let shown = Resource::new(|| (), |()| fetch_second_step());
    let inside = move || {
        shown.get().map(|shown| match shown {
            Ok(SecondStep::Codes(codes)) => view! { <Codes codes is_on /> }.into_any(),
            Ok(SecondStep::Setup(setup)) => view! { <SetUp setup /> }.into_any(),
            Ok(SecondStep::Nothing) => nothing().into_any(),
            Err(error) => view! { <Failed error /> }.into_any(),
        })
    };
    view! {
        <Page class="page page-narrow stack">
            <Head title="Second step" description="Codes for signing in." />
            <h1>"Second step at sign-in"</h1>
            <Transition>{inside}</Transition>
        </Page>
    }
    .into_any()
}

fn nothing() -> impl IntoView {
    view! {
        <div class="card stack" data-testid="second-step-nothing">
            <p>"There is nothing to set up here now. Recovery codes are shown once, when they are made."</p>
            <p><a class="button" href="/account#second-step-title">"To your account"</a></p>
        </div>
    }
}
