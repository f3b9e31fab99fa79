//! Whether one's account asks for a second step at sign-in: plain forms, which load a new page.

use domain::{MySecondFactor, SecondFactor, UserId};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::second_factor::{BeginSecondFactor, MakeRecoveryCodes, TurnOffSecondFactor},
    cache::use_query,
    components::{CodeField, Loaded, PasswordField, Time},
};

/// From so few on the page asks to make new ones.
const FEW: u32 = 3;

/// Off, with a way to set it up; or on, with what is left of it.
#[component]
pub fn OwnSecondStep(viewer: UserId) -> impl IntoView {
    let reading = use_query(move || MySecondFactor { viewer });
    view! {
        <section class="card stack" aria-labelledby="second-step-title">
            <h2 id="second-step-title">"Second step at sign-in"</h2>
            <Loaded reading let:factor>
                {move || factor.get().map_or_else(|| off().into_any(), |on| view! { <On on /> }.into_any())}
            </Loaded>
        </section>
    }
}

fn off() -> impl IntoView {
    view! {
        <p data-testid="second-step-off">
            "It is off. With it, signing in takes your password and a code from an app on your phone. A person who learns your password then can’t get in."
        </p>
        <form class="form" action=BeginSecondFactor::PATH method="post" data-testid="set-up-form">
            <div class="form-actions"><button class="button" data-kind="primary">"Set up"</button></div>
        </form>
    }
}

#[component]
fn On(on: SecondFactor) -> impl IntoView {
    let SecondFactor { since, codes_left } = on;
    let left = match codes_left {
        0 => "No recovery code is left.".to_owned(),
        1 => "One recovery code is left.".to_owned(),
        more => format!("{more} recovery codes are left."),
    };
    let few = (codes_left < FEW).then(|| {
        view! {
            <div class="notice" data-kind="warn" data-testid="few-codes">
                <p class="notice-text">"Make new recovery codes soon: without one and without your app you can’t sign in."</p>
            </div>
        }
    });
    view! {
        <p data-testid="second-step-on">"It is on since "<Time at=Signal::derive(move || since) />". "{left}</p>
        {few}
        <details class="disclosure" data-testid="new-codes">
            <summary>"New recovery codes"</summary>
            <form class="form" action=MakeRecoveryCodes::PATH method="post" data-testid="new-codes-form">
                <p>"You get ten new ones. Those that you have now are good no longer."</p>
                <CodeField id="new-codes-code" hint=HINT />
                <PasswordField id="new-codes-password" name="current" label="Password now" />
                <div class="form-actions"><button class="button" data-kind="primary">"Make new codes"</button></div>
            </form>
        </details>
        <details class="disclosure" data-testid="turn-off">
            <summary>"Turn it off"</summary>
            <form class="form" action=TurnOffSecondFactor::PATH method="post" data-testid="turn-off-form">
                <p>"Your password alone lets you in then, and every other person who knows it."</p>
                <CodeField id="turn-off-code" hint=HINT />
                <PasswordField id="turn-off-password" name="current" label="Password now" />
                <div class="form-actions"><button class="button" data-kind="danger">"Turn it off"</button></div>
            </form>
        </details>
    }
}

const HINT: &str = "The six digits that your app shows now, or one of your recovery codes.";
